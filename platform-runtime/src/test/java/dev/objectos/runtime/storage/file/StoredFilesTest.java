package dev.objectos.runtime.storage.file;

import static dev.objectos.runtime.pipeline.TestingWrites.refusal;
import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.pipeline.ReadPipeline;
import dev.objectos.runtime.pipeline.TestingWrites;
import dev.objectos.runtime.plan.ReadPlanner;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.sql.QueryExecutor;
import dev.objectos.runtime.storage.FileUsage;
import dev.objectos.runtime.storage.Files.Announced;
import dev.objectos.runtime.storage.Files.Parts;
import dev.objectos.runtime.storage.NewFile;
import dev.objectos.runtime.storage.StoredFile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import javax.crypto.spec.SecretKeySpec;
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
        files = files(onDisk(), Clock.systemUTC());
        collector = new FileCollector(writes.databases().worker(), onDisk(), writes.catalogs()::current, settings());
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
        StoredFiles later = files(onDisk(), Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));
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
        StoredFiles large = files(onDisk(), settings(DataSize.ofMegabytes(1), null));
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

    @Test
    void refusesWhatIsMoreThanATenantMayHaveWithTheNumbers() throws IOException {
        Session other = writes.session(TestingWrites.OTHER_TENANT);
        StoredFiles limited = files(onDisk(), settings(DataSize.ofBytes(1_000), DataSize.ofBytes(100)));
        long before = usage(limited, other).bytes();
        assertThat(before).isLessThanOrEqualTo(40);
        StoredFile file = limited.store(new NewFile("a", "text/plain"), content(60 - (int) before), other);
        assertThat(usage(limited, other)).isEqualTo(new FileUsage(usage(limited, other).files(), 60, 100L));

        PlatformException stored = refusal(
                () -> limited.store(new NewFile("b", "text/plain"), content(41), other));
        assertThat(stored.code()).isEqualTo(RuntimeError.PAYLOAD_TOO_LARGE);
        assertThat(stored).hasMessageContaining("100 bytes").hasMessageContaining("60 are in use");
        assertThat(stored.members()).containsEntry("quota", 100L).containsEntry("used", 60L);
        PlatformException announced = refusal(
                () -> limited.announce(new NewFile("b", "text/plain"), 41, other));
        assertThat(announced.code()).isEqualTo(RuntimeError.PAYLOAD_TOO_LARGE);
        assertThat(announced.members()).containsEntry("used", 60L);

        limited.announce(new NewFile("c", "text/plain"), 40, other);
        assertThat(usage(limited, other).bytes()).as("what is announced has its room").isEqualTo(100);
        assertThat(refusal(() -> limited.store(new NewFile("d", "text/plain"), content(1), other)).code())
                .isEqualTo(RuntimeError.PAYLOAD_TOO_LARGE);
        limited.remove(file.id(), other);
        assertThat(usage(limited, other).bytes()).isEqualTo(before + 40);
        assertThat(refusal(() -> limited.usage(other)).code()).isEqualTo(RuntimeError.PERMISSION_DENIED);
    }

    @Test
    void countsRightWhereManySendAtOnce() throws InterruptedException {
        UUID tenant = UUID.randomUUID();
        Session crowd = Session.system(tenant, Origin.SYSTEM);
        StoredFiles limited = files(onDisk(), settings(DataSize.ofBytes(1_000), DataSize.ofBytes(50)));
        var senders = new ArrayList<Callable<?>>();
        for (int i = 0; i < 12; i++) {
            senders.add(() -> limited.store(new NewFile("a", "text/plain"), content(10), crowd));
        }
        List<Object> results = TestingWrites.together(senders);
        assertThat(results).filteredOn(StoredFile.class::isInstance).hasSize(5);
        assertThat(results).filteredOn(PlatformException.class::isInstance).hasSize(7)
                .allSatisfy(refusal -> assertThat(((PlatformException) refusal).code())
                        .isEqualTo(RuntimeError.PAYLOAD_TOO_LARGE));
        assertThat(counted(tenant)).isEqualTo("50 50");
    }

    @Test
    void countsNoMoreWhatIsRemovedByItself() throws IOException {
        UUID tenant = UUID.randomUUID();
        Session owner = Session.system(tenant, Origin.SYSTEM);
        StoredFile file = store("o.txt", "text/plain", new byte[7], owner);
        files.announce(new NewFile("never.txt", "text/plain"), 5, owner);
        assertThat(counted(tenant)).isEqualTo("12 12");
        age(file);
        collector.collect();
        assertThat(counted(tenant)).isEqualTo("5 5");
    }

    @Test
    void leavesFilesWhereTheyAreAndMovesThemWhereThatIsWanted(@TempDir Path elsewhere) throws IOException {
        StoredFile old = store("old.txt", "text/plain", "old".getBytes(StandardCharsets.UTF_8), ada);
        var stores = new FileStores(List.of(new DiskFileStore(folder), new ElsewhereStore(elsewhere)), null);
        StoredFiles after = files(stores, settings());
        StoredFile young = after.store(new NewFile("new.txt", "text/plain"), bytes("new"), ada);
        assertThat(text(after, old)).isEqualTo("old");
        assertThat(text(after, young)).isEqualTo("new");
        assertThat(refusal(() -> text(files, young)).code()).as("a node that does not know the store")
                .isEqualTo(RuntimeError.UNAVAILABLE);

        var moving = new FileCollector(writes.databases().worker(), stores, writes.catalogs()::current, settings());
        assertThat(moving.move()).isPositive();
        assertThat(moving.move()).isZero();
        assertThat(text(after, old)).isEqualTo("old");
        assertThat(refusal(() -> text(files, old)).code()).isEqualTo(RuntimeError.UNAVAILABLE);
        var back = new FileStores(List.of(new DiskFileStore(folder), new ElsewhereStore(elsewhere)), "disk");
        assertThat(new FileCollector(writes.databases().worker(), back, writes.catalogs()::current, settings()).move())
                .isPositive();
        assertThat(text(files, young)).isEqualTo("new");
        assertThatThrownBy(() -> new FileStores(List.of(new DiskFileStore(folder)), "s3"))
                .hasMessageContaining("objectos.files.s3.bucket");
    }

    @Test
    void doesNotStartOverTheFilesOfAnotherInstallation(@TempDir Path elsewhere) {
        var claim = new StoreClaim(writes.databases().worker());
        var own = new ElsewhereStore(elsewhere);
        claim.check(onDisk());
        claim.check(new FileStores(List.of(new DiskFileStore(folder), own), null));
        assertThat(own.owner).isEqualTo(writes.platform("select id from platform.installation").getFirst());
        claim.check(new FileStores(List.of(new DiskFileStore(folder), own), null));
        own.owner = "another";
        assertThatThrownBy(() -> claim.check(new FileStores(List.of(own), null)))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("another installation");
    }

    @Test
    void saysThatTheStorageFailsWhereItDoesAndNothingOfItself() throws IOException {
        StoredFile file = store("gone.txt", "text/plain", "gone".getBytes(StandardCharsets.UTF_8), ada);
        Path blob = folder.resolve(writes.platform("select blob from platform.file where id = '" + file.id() + "'")
                .getFirst());
        Files.delete(blob);
        PlatformException refusal = refusal(() -> text(files, file));
        assertThat(refusal.code()).isEqualTo(RuntimeError.UNAVAILABLE);
        assertThat(refusal.message()).doesNotContain(folder.toString()).doesNotContain(file.id().toString());
        assertThatThrownBy(() -> store("cut.txt", "text/plain", new InputStream() {

            @Override
            public int read() throws IOException {
                throw new IOException("whoever sends has gone");
            }
        }, ada)).isInstanceOf(IOException.class).hasMessage("whoever sends has gone");
    }

    /** Another folder under another name, as a bucket would be. */
    private static final class ElsewhereStore implements FileStore {

        private final DiskFileStore disk;
        private @Nullable String owner;

        ElsewhereStore(Path folder) {
            this.disk = new DiskFileStore(folder);
        }

        @Override
        public String name() {
            return "elsewhere";
        }

        @Override
        public void put(String key, InputStream content) throws IOException {
            disk.put(key, content);
        }

        @Override
        public InputStream open(String key, long from, long length) throws IOException {
            return disk.open(key, from, length);
        }

        @Override
        public Stream<String> unchangedFor(Duration age) throws IOException {
            return disk.unchangedFor(age);
        }

        @Override
        public void remove(String key) throws IOException {
            disk.remove(key);
        }

        @Override
        public String check() throws IOException {
            return disk.check();
        }

        @Override
        public String claimedBy(String installation) {
            if (owner == null) {
                owner = installation;
            }
            return owner;
        }
    }

    private static FileUsage usage(StoredFiles some, Session session) {
        return some.usage(new Session(session.tenant(), session.user(), Set.of("admin"), false, Locale.ENGLISH,
                session.zone(), Origin.REST));
    }

    /** The bytes of a tenant's files as they are counted, and as they are. */
    private static String counted(UUID tenant) {
        return writes.platform("select (select bytes from platform.file_usage where tenant_id = '" + tenant
                + "') || ' ' || sum(size) from platform.file where state <> 'removed' and tenant_id = '" + tenant + "'")
                .getFirst();
    }

    private static String text(StoredFiles some, StoredFile file) throws IOException {
        try (InputStream content = some.open(file, 0, file.size())) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream content(int bytes) {
        return new ByteArrayInputStream(new byte[bytes]);
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
        return store(name, type, new ByteArrayInputStream(content), session);
    }

    private static StoredFile store(String name, String type, InputStream content, Session session)
            throws IOException {
        return files.store(new NewFile(name, type), content, session);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static FileStores onDisk() {
        return new FileStores(List.of(new DiskFileStore(folder)), null);
    }

    private static StoredFiles files(FileStores stores, Clock clock) {
        return new StoredFiles(writes.databases().app(), stores, readers(), settings(),
                new SecretKeySpec(new byte[32], "AES"), clock);
    }

    private static StoredFiles files(FileStores stores, FileProperties settings) {
        return new StoredFiles(writes.databases().app(), stores, readers(), settings,
                new SecretKeySpec(new byte[32], "AES"), Clock.systemUTC());
    }

    private static FileReaders readers() {
        var reads = new ReadPipeline(writes.catalogs(), new ReadPlanner(List.of()),
                new QueryExecutor(writes.databases().app(), new SimpleMeterRegistry()), Clock.systemUTC());
        return new FileReaders(writes.catalogs()::current, reads::query);
    }

    private static FileProperties settings() {
        return settings(DataSize.ofBytes(1_000), null);
    }

    private static FileProperties settings(DataSize largest, @Nullable DataSize quota) {
        return new FileProperties(null, null, largest, List.of(), Duration.ofMinutes(15), Duration.ofHours(24), quota,
                Map.of(), false);
    }
}
