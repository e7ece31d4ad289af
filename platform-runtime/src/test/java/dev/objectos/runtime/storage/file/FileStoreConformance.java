package dev.objectos.runtime.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every store of files, whatever it keeps them in. */
public abstract class FileStoreConformance {

    /** The store, with whatever the tests before have left there. */
    protected abstract FileStore store();

    /** A size that the store treats as large. */
    protected abstract int large();

    @Test
    void givesBackWhatWasPutWholeAndInParts() throws IOException {
        put("a/whole", bytes("0123456789"));
        assertThat(read("a/whole", 0, 10)).isEqualTo("0123456789");
        assertThat(read("a/whole", 3, 4)).startsWith("3456");
        assertThat(read("a/whole", 7, 3)).isEqualTo("789");
        put("a/whole", bytes("other"));
        assertThat(read("a/whole", 0, 5)).isEqualTo("other");
    }

    @Test
    void keepsNothingAsWellAsMuch() throws IOException {
        put("b/empty", new byte[0]);
        var content = new byte[2 * large() + 1];
        new Random(1).nextBytes(content);
        for (int size : new int[]{large() - 1, large(), large() + 1, content.length}) {
            byte[] some = java.util.Arrays.copyOf(content, size);
            put("b/large", some);
            try (InputStream back = store().open("b/large", 0, size)) {
                assertThat(back.readNBytes(size)).isEqualTo(some);
            }
        }
        try (InputStream middle = store().open("b/large", large() - 2, 4)) {
            assertThat(middle.readNBytes(4)).isEqualTo(java.util.Arrays.copyOfRange(content, large() - 2, large() + 2));
        }
    }

    @Test
    void canBeLeftInTheMiddleOfAReading() throws IOException {
        put("c/left", new byte[large()]);
        for (int i = 0; i < 5; i++) {
            try (InputStream content = store().open("c/left", 0, large())) {
                assertThat(content.readNBytes(10)).hasSize(10);
            }
        }
        assertThat(read("c/left", 0, 3)).hasSize(3);
    }

    @Test
    void forgetsWhatIsRemovedAndWhatWasNeverThere() throws IOException {
        put("d/gone", bytes("x"));
        store().remove("d/gone");
        store().remove("d/gone");
        assertThatThrownBy(() -> read("d/gone", 0, 1)).isInstanceOf(IOException.class);
        try (Stream<String> keys = store().unchangedFor(Duration.ofSeconds(-60))) {
            assertThat(keys).doesNotContain("d/gone");
        }
    }

    @Test
    void keepsNothingOfWhatBreaksOff() throws IOException {
        InputStream breaking = new java.io.SequenceInputStream(new ByteArrayInputStream(new byte[large() + 1]),
                new InputStream() {

                    @Override
                    public int read() throws IOException {
                        throw new IOException("broken off");
                    }
                });
        assertThatThrownBy(() -> store().put("e/broken", breaking)).isInstanceOf(IOException.class)
                .hasMessage("broken off");
        assertThatThrownBy(() -> read("e/broken", 0, 1)).isInstanceOf(IOException.class);
    }

    @Test
    void tellsWhatHasNotChangedForSomeTime() throws IOException {
        put("f/one", bytes("1"));
        put("f/two", bytes("2"));
        try (Stream<String> keys = store().unchangedFor(Duration.ofSeconds(-60))) {
            assertThat(keys).contains("f/one", "f/two");
        }
        try (Stream<String> keys = store().unchangedFor(Duration.ofMinutes(5))) {
            assertThat(keys).isEmpty();
        }
    }

    @Test
    void saysThatItCanBeUsed() throws IOException {
        assertThat(store().check()).isNotBlank();
        store().abandon(Duration.ofHours(1));
    }

    protected final void put(String key, byte[] content) throws IOException {
        store().put(key, new ByteArrayInputStream(content));
    }

    protected final String read(String key, long from, int length) throws IOException {
        try (InputStream content = store().open(key, from, length)) {
            return new String(content.readNBytes(length), StandardCharsets.UTF_8);
        }
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
