package dev.objectos.runtime.plugin.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.spi.PluginFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a plugin. */
class GrantedFilesTest {

    @TempDir
    private Path folder;

    private PluginFiles files(String... approved) {
        return files(1_000, approved);
    }

    private PluginFiles files(long quota, String... approved) {
        return files(false, quota, approved);
    }

    private PluginFiles files(boolean shared, long quota, String... approved) {
        Path own = folder.resolve("acme-asks");
        return new GrantedFiles("acme-asks", List.of(approved), own, () -> 10, quota,
                new FileRoom("acme-asks", own, shared));
    }

    private static InputStream content(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void denied(org.assertj.core.api.ThrowableAssert.ThrowingCallable step) {
        assertThatThrownBy(step).isInstanceOfSatisfying(PlatformException.class,
                refused -> assertThat(refused.code()).isEqualTo(RuntimeError.PERMISSION_DENIED));
    }

    @Test
    void keepsFilesBelowWhatIsApproved() throws IOException {
        PluginFiles files = files("reports/", "state.json");
        assertThat(files.list("reports")).isEmpty();
        assertThat(files.write("reports/2026/june.csv", content("1,2"))).isEqualTo(3);
        files.write("state.json", content("{}"));
        files.write("reports/2026/june.csv", content("1,2,3"));
        assertThat(files.read("reports/./2026//june.csv")).hasContent("1,2,3");
        assertThat(files.list("reports")).singleElement()
                .satisfies(entry -> assertThat(entry.path() + entry.folder()).isEqualTo("reports/2026true"));
        assertThat(files.list("reports/2026")).extracting(PluginFiles.Entry::path, PluginFiles.Entry::size)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("reports/2026/june.csv", 5L));
        assertThat(files.delete("reports/2026/june.csv")).isTrue();
        assertThat(files.delete("reports/2026/june.csv")).isFalse();
        assertThatThrownBy(() -> files.read("reports/2026/june.csv")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> files.write("other.json", content(""))).hasMessageContaining("permissions.files");
        denied(() -> files.list(""));
        denied(() -> files.write("reports", content("")));
    }

    @Test
    void allTogetherTakeNoMoreRoomThanThePluginHas() throws IOException {
        PluginFiles files = files(12, "reports/");
        files.write("reports/a", content("12345678"));
        assertThatThrownBy(() -> files.write("reports/b", content("12345")))
                .isInstanceOfSatisfying(PlatformException.class,
                        refused -> assertThat(refused.code()).isEqualTo(RuntimeError.QUOTA_EXCEEDED));
        assertThat(files.list("reports")).hasSize(1);
        files.write("reports/b", content("1234"));
        files.write("reports/a", content("87654321"));
        assertThat(files.read("reports/a")).hasContent("87654321");
        files.delete("reports/a");
        files.write("reports/c", content("12345678"));
        assertThatThrownBy(() -> files(12, "reports/").write("reports/d", content("1"))).hasMessageContaining("room");
    }

    @Test
    void nodesThatShareTheFolderShareTheRoom() throws IOException {
        PluginFiles here = files(true, 12, "reports/");
        PluginFiles there = files(true, 12, "reports/");
        there.write("reports/kept", content("1"));
        here.write("reports/a", content("12345678"));
        assertThatThrownBy(() -> there.write("reports/b", content("12345"))).hasMessageContaining("room");
        assertThat(there.list("reports")).extracting(PluginFiles.Entry::path).containsExactly("reports/a",
                "reports/kept");
        there.write("reports/a", content("87654321"));
        here.delete("reports/a");
        there.write("reports/b", content("1234567890"));
    }

    /** Each of both is written in full before either takes its place. */
    @Test
    void ofTwoNodesThatWriteAtTheSameTimeNotBothTakeTheLastRoom() throws IOException {
        PluginFiles here = files(true, 12, "reports/");
        PluginFiles there = files(true, 12, "reports/");
        var meanwhile = new InputStream() {

            private boolean asked;

            @Override
            public int read() throws IOException {
                if (!asked) {
                    asked = true;
                    there.write("reports/b", content("12345678"));
                    return 'x';
                }
                return -1;
            }
        };
        here.write("reports/a", content("1234"));
        assertThatThrownBy(() -> here.write("reports/c", meanwhile)).hasMessageContaining("room");
        assertThat(here.list("reports")).extracting(PluginFiles.Entry::path).containsExactly("reports/a",
                "reports/b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reports/../../secret.key", "reports/..", "..", "/etc/passwd", "reports\\..\\x", "C:/x",
            "reports/\u0000", "reportsx/a", "reports/.part-1"})
    void leadsNowhereElse(String path) {
        PluginFiles files = files("reports/");
        denied(() -> files.read(path));
        denied(() -> files.write(path, content("x")));
        denied(() -> files.delete(path));
        denied(() -> files.list(path));
    }

    @Test
    void followsNoLinks() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.key"), "secret");
        Path reports = Files.createDirectories(folder.resolve("acme-asks/reports"));
        Files.createSymbolicLink(reports.resolve("up"), folder);
        Files.createSymbolicLink(reports.resolve("key"), secret);
        PluginFiles files = files("reports/");
        denied(() -> files.read("reports/up/secret.key"));
        denied(() -> files.read("reports/key"));
        denied(() -> files.write("reports/key", content("x")));
        denied(() -> files.delete("reports/up/secret.key"));
        assertThat(files.list("reports")).isEmpty();
        assertThat(secret).hasContent("secret");
    }

    @Test
    void aFileThatIsTooLargeLeavesTheOldOne() throws IOException {
        PluginFiles files = files("a.txt");
        files.write("a.txt", content("short"));
        assertThatThrownBy(() -> files.write("a.txt", content("much too long")))
                .isInstanceOfSatisfying(PlatformException.class,
                        refused -> assertThat(refused.code()).isEqualTo(RuntimeError.PAYLOAD_TOO_LARGE));
        assertThat(files.read("a.txt")).hasContent("short");
        try (Stream<Path> left = Files.list(folder.resolve("acme-asks"))) {
            assertThat(left).hasSize(1);
        }
    }
}
