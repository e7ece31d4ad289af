package dev.objectos.runtime.storage.file;

import static dev.objectos.runtime.pipeline.TestingWrites.refusal;
import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.pipeline.TestingWrites;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.storage.Files.Announced;
import dev.objectos.runtime.storage.Files.Parts;
import dev.objectos.runtime.storage.NewFile;
import dev.objectos.runtime.storage.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Files from their upload to the day when nobody holds them, over a real folder and database. */
class StoredFilesTest {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 1, 2, 3};

    @TempDir
    private static Path folder;

    private static TestingWrites writes;
    private static TestingFiles testing;
    private static StoredFiles files;
    private static FileCollector collector;
    private static Session ada;
    private static Session bob;

    @BeforeAll
    static void publish() {
        writes = TestingWrites.of("stored_files", """
                name: papers
                fields:
                  title: {type: text}
                  scan: {type: file}
                  picture: {type: image, max_size: 20}
                  pages: {type: file, multiple: true}
                """, """
                name: folders
                fields: {cover: {type: image}}
                """);
        ada = writes.session();
        UUID user = writes.create("user", Map.of("name", "Bob", "email", "bob@example.com", "username", "bob"),
                Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM)).id();
        bob = new Session(Session.DEFAULT_TENANT, new UserIdentity(user, "bob@example.com", "Bob", "bob"), Set.of(),
                false, Locale.ENGLISH, ada.zone(), Origin.REST);
        testing = new TestingFiles(writes, folder);
        files = testing.files(testing.onDisk(), TestingFiles.settings());
        collector = testing.collector(testing.onDisk());
    }

    @AfterAll
    static void close() {
        writes.close();
    }

    @Test
    void keepsTheBytesAndWhatIsKnownOfThem() throws IOException {
        StoredFile file = store("C:\\Users\\x\\Rechnung Österreich \"1\".PNG", "IMAGE/PNG; q=1", PNG, ada);
        assertThat(file.name()).isEqualTo("Rechnung Österreich _1_.PNG");
        assertThat(file.contentType()).isEqualTo("image/png");
        assertThat(file.size()).isEqualTo(PNG.length);
        assertThat(file.sha256()).hasSize(64);
        assertThat(files.find(file.id(), ada)).isEqualTo(file);
        try (InputStream all = files.open(file, 0, PNG.length); InputStream rest = files.open(file, 8, 100)) {
            assertThat(all.readAllBytes()).isEqualTo(PNG);
            assertThat(rest.readAllBytes()).containsExactly(0, 1, 2, 3);
        }
        for (Session other : List.of(bob, writes.session(TestingWrites.OTHER_TENANT))) {
            assertThat(refusal(() -> files.find(file.id(), other)).code()).isEqualTo(RuntimeError.RESOURCE_NOT_FOUND);
            assertThat(refusal(() -> files.remove(file.id(), other)).code())
                    .isEqualTo(RuntimeError.RESOURCE_NOT_FOUND);
        }
    }

    @Test
    void takesNothingThatIsNotWhatItSaysOrIsTooLarge() throws IOException {
        long before = stored();
        assertThat(refusal(() -> store("a.png", "image/png", "<html>".getBytes(StandardCharsets.UTF_8), ada))
                .fields()).extracting(FieldError::field).containsExactly("file");
        assertThat(refusal(() -> store("a.exe", "application/octet-stream", new byte[]{'M', 'Z', 0}, ada)).code())
                .isEqualTo(RuntimeError.VALIDATION_FAILED);
        assertThat(refusal(() -> store("a.bin", "application/x-any", new byte[1_001], ada)).code())
                .isEqualTo(RuntimeError.PAYLOAD_TOO_LARGE);
        assertThat(refusal(() -> files.announce(new NewFile("a", "text/plain"), 1_001, ada)).code())
                .isEqualTo(RuntimeError.PAYLOAD_TOO_LARGE);
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void takesTheBytesOfAnAnnouncedFileByItsLinkAlone() throws IOException {
        Announced announced = files.announce(new NewFile("a.txt", "text/plain"), 5, ada);
        assertThat(refusal(() -> files.complete(announced.id(), ada)).code())
                .isEqualTo(RuntimeError.VALIDATION_FAILED);
        assertThat(refusal(() -> files.receive(announced.token(), bytes("shor"))).code())
                .isEqualTo(RuntimeError.VALIDATION_FAILED);
        assertThat(refusal(() -> files.receive(announced.token(), bytes("longer"))).code())
                .isEqualTo(RuntimeError.PAYLOAD_TOO_LARGE);
        String forged = announced.token().substring(1) + announced.token().charAt(0);
        assertThat(refusal(() -> files.receive(forged, bytes("right"))).code())
                .isEqualTo(RuntimeError.RESOURCE_NOT_FOUND);
        files.receive(announced.token(), bytes("right"));
        assertThat(files.complete(announced.id(), ada).size()).isEqualTo(5);
        assertThat(refusal(() -> files.complete(announced.id(), bob)).code())
                .isEqualTo(RuntimeError.RESOURCE_NOT_FOUND);
        assertThat(refusal(() -> files.receive(announced.token(), bytes("again"))).code())
                .isEqualTo(RuntimeError.CONCURRENT_UPDATE);

        StoredFile file = files.find(announced.id(), ada);
        String link = files.downloadToken(file);
        assertThat(files.byDownloadToken(link)).isEqualTo(file);
        assertThat(refusal(() -> files.byDownloadToken(announced.token())).code())
                .isEqualTo(RuntimeError.RESOURCE_NOT_FOUND);
        StoredFiles later = testing.files(testing.onDisk(), TestingFiles.settings(),
                Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));
        assertThat(refusal(() -> later.byDownloadToken(link)).code()).isEqualTo(RuntimeError.RESOURCE_NOT_FOUND);
    }

    @Test
    void countsTheBytesOfOneWhereSeveralSendThem() throws IOException, InterruptedException {
        Announced announced = files.announce(new NewFile("a.txt", "text/plain"), 1, ada);
        var senders = new ArrayList<Callable<?>>();
        for (String content : List.of("a", "b", "c", "d")) {
            senders.add(() -> {
                files.receive(announced.token(), bytes(content));
                return content;
            });
        }
        List<Object> results = TestingWrites.together(senders);
        assertThat(results).filteredOn(String.class::isInstance).hasSize(1);
        StoredFile file = files.complete(announced.id(), ada);
        try (InputStream content = files.open(file, 0, file.size())) {
            assertThat(results).contains(new String(content.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void putsPartsTogether() throws IOException {
        StoredFiles large = testing.files(testing.onDisk(), TestingFiles.settings(DataSize.ofMegabytes(1), null));
        var whole = new byte[150_000];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (byte) (i * 7 + 1);
        }
        Parts parts = large.announceParts(new NewFile("a.bin", "application/x-any"), whole.length, 65_536, ada);
        assertThat(parts.total()).isEqualTo(3);
        receive(large, parts, 2, whole, ada);
        receive(large, parts, 0, whole, ada);
        assertThat(large.progress(parts.id(), ada).parts()).isOne();
        assertThat(refusal(() -> large.completeParts(parts.id(), ada))).hasMessageContaining("[1]");
        assertThat(refusal(() -> receive(large, parts, 1, whole, bob)).code())
                .isEqualTo(RuntimeError.RESOURCE_NOT_FOUND);
        assertThat(refusal(() -> large.receivePart(parts.id(), 1, parts.token(), bytes("short"), ada)).code())
                .isEqualTo(RuntimeError.VALIDATION_FAILED);
        receive(large, parts, 1, whole, ada);
        StoredFile file = large.completeParts(parts.id(), ada);
        assertThat(large.completeParts(parts.id(), ada)).isEqualTo(file);
        assertThat(large.progress(parts.id(), ada).complete()).isTrue();
        try (InputStream content = large.open(file, 0, file.size())) {
            assertThat(content.readAllBytes()).isEqualTo(whole);
        }
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left.filter(path -> path.toString().contains(".part-"))).isEmpty();
        }
    }

    @Test
    void givesRecordsTheFilesThatTheWriterMayGive() throws IOException {
        StoredFile scan = store("scan.pdf", "application/pdf", "%PDF-1".getBytes(StandardCharsets.UTF_8), ada);
        StoredFile foreign = store("b.txt", "text/plain", new byte[]{'b'}, bob);
        UUID paper = writes.create("papers", values("title", "t", "scan", scan.id().toString())).id();
        assertThat(files.find(scan.id(), bob)).isEqualTo(scan);
        assertThat(
                writes.create("folders", values("cover", store("p.png", "image/png", PNG, ada).id().toString())).id())
                .isNotNull();

        assertThat(fields(values("scan", foreign.id().toString()))).containsExactly("invalid_reference");
        assertThat(fields(values("scan", UUID.randomUUID().toString()))).containsExactly("invalid_reference");
        assertThat(fields(values("scan", "http://example.com/x.png"))).containsExactly("invalid_file");
        assertThat(fields(values("picture", scan.id().toString()))).containsExactly("invalid_type");
        assertThat(fields(values("picture", store("l.png", "image/png",
                java.util.Arrays.copyOf(PNG, 30), ada).id().toString()))).containsExactly("max_size");
        assertThat(fields(values("pages", List.of(scan.id().toString(), foreign.id().toString()))))
                .containsExactly("invalid_reference");

        // What somebody sees in a record they may give to another one.
        writes.create("papers", values("scan", scan.id().toString()), bob);
        writes.update("papers", paper, values("title", "u", "scan", scan.id().toString()));
        assertThat(refusal(() -> files.remove(scan.id(), ada)).code()).isEqualTo(RuntimeError.DELETE_RESTRICTED);
        files.remove(foreign.id(), bob);
        assertThat(refusal(() -> files.find(foreign.id(), bob)).code()).isEqualTo(RuntimeError.RESOURCE_NOT_FOUND);
    }

    @Test
    void removesWhatNobodyHolds() throws IOException {
        StoredFile unbound = store("u.txt", "text/plain", new byte[]{1}, ada);
        StoredFile held = store("h.txt", "text/plain", new byte[]{2}, ada);
        StoredFile replaced = store("r.txt", "text/plain", new byte[]{3}, ada);
        StoredFile binned = store("b.txt", "text/plain", new byte[]{4}, ada);
        StoredFile fresh = store("f.txt", "text/plain", new byte[]{5}, ada);
        files.announce(new NewFile("never.txt", "text/plain"), 5, ada);
        UUID paper = writes.create("papers", values("scan", replaced.id().toString(), "pages",
                List.of(held.id().toString()))).id();
        writes.update("papers", paper, values("scan", null));
        UUID deleted = writes.create("papers", values("scan", binned.id().toString())).id();
        writes.delete("papers", deleted);
        age(unbound, held, replaced, binned);
        collector.collect();
        assertThat(kept(unbound, held, replaced, binned, fresh)).containsExactlyInAnyOrder(held, binned, fresh);
        assertThatThrownBy(() -> files.open(replaced, 0, 1)).isInstanceOf(PlatformException.class);

        writes.bin().purge("papers", deleted, ada);
        age(held, binned);
        collector.collect();
        assertThat(kept(held, binned)).containsExactly(held);

        Path lost = folder.resolve(ada.tenant() + "/zz/" + UUID.randomUUID() + "." + UUID.randomUUID());
        Files.createDirectories(lost.getParent());
        Files.write(lost, new byte[]{1});
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                Files.setLastModifiedTime(path, java.nio.file.attribute.FileTime.fromMillis(0));
            }
        }
        collector.sweep();
        assertThat(lost).doesNotExist();
        assertThat(kept(held, fresh)).containsExactlyInAnyOrder(held, fresh);
        try (InputStream content = files.open(held, 0, 1)) {
            assertThat(content.readAllBytes()).containsExactly(2);
        }
    }

    private static void receive(StoredFiles large, Parts parts, int part, byte[] whole, Session session)
            throws IOException {
        int from = part * 65_536;
        large.receivePart(parts.id(), part, parts.token(),
                new ByteArrayInputStream(whole, from, Math.min(65_536, whole.length - from)), session);
    }

    /** The codes that a record with those values is refused with. */
    private static List<String> fields(Map<String, @Nullable Object> values) {
        return refusal(() -> writes.create("papers", values)).fields().stream().map(FieldError::code).toList();
    }

    private static List<StoredFile> kept(StoredFile... some) {
        return Stream.of(some).filter(file -> {
            try {
                files.find(file.id(), Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM));
                return true;
            } catch (PlatformException e) {
                return false;
            }
        }).toList();
    }

    private static void age(StoredFile... some) {
        for (StoredFile file : some) {
            writes.platform("update platform.file set checked_at = now() - interval '25 hours', "
                    + "stored_at = now() - interval '25 hours' where id = '" + file.id() + "' returning id");
        }
    }

    private static long stored() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    private static StoredFile store(String name, String type, byte[] content, Session session) throws IOException {
        return files.store(new NewFile(name, type), new ByteArrayInputStream(content), session);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
