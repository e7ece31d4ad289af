package dev.objectos.runtime.storage.file;

import static dev.objectos.runtime.pipeline.TestingWrites.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.pipeline.TestingWrites;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.storage.FileUsage;
import dev.objectos.runtime.storage.NewFile;
import dev.objectos.runtime.storage.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

/** How much room files have, and what becomes of them where there are several stores or one that fails. */
class FileRoomTest {

    @TempDir
    private static Path folder;

    private static TestingWrites writes;
    private static TestingFiles testing;
    private static StoredFiles files;
    private static Session ada;

    @BeforeAll
    static void publish() {
        writes = TestingWrites.of("file_room", """
                name: papers
                fields: {scan: {type: file}}
                """);
        ada = writes.session();
        testing = new TestingFiles(writes, folder);
        files = testing.files(testing.onDisk(), TestingFiles.settings());
    }

    @AfterAll
    static void close() {
        writes.close();
    }

    @Test
    void refusesWhatIsMoreThanATenantMayHaveWithTheNumbers() throws IOException {
        Session other = writes.session(TestingWrites.OTHER_TENANT);
        StoredFiles limited = testing.files(testing.onDisk(),
                TestingFiles.settings(DataSize.ofBytes(1_000), DataSize.ofBytes(100)));
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
        StoredFiles limited = testing.files(testing.onDisk(),
                TestingFiles.settings(DataSize.ofBytes(1_000), DataSize.ofBytes(50)));
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
        StoredFile file = files.store(new NewFile("o.txt", "text/plain"), content(7), owner);
        files.announce(new NewFile("never.txt", "text/plain"), 5, owner);
        assertThat(counted(tenant)).isEqualTo("12 12");
        writes.platform("update platform.file set checked_at = now() - interval '25 hours', "
                + "stored_at = now() - interval '25 hours' where id = '" + file.id() + "' returning id");
        testing.collector(testing.onDisk()).collect();
        assertThat(counted(tenant)).isEqualTo("5 5");
    }

    @Test
    void leavesFilesWhereTheyAreAndMovesThemWhereThatIsWanted(@TempDir Path elsewhere) throws IOException {
        StoredFile old = files.store(new NewFile("old.txt", "text/plain"), bytes("old"), ada);
        var stores = new FileStores(List.of(new DiskFileStore(folder), new ElsewhereStore(elsewhere)), null);
        StoredFiles after = testing.files(stores, TestingFiles.settings());
        StoredFile young = after.store(new NewFile("new.txt", "text/plain"), bytes("new"), ada);
        assertThat(text(after, old)).isEqualTo("old");
        assertThat(text(after, young)).isEqualTo("new");
        assertThat(refusal(() -> text(files, young)).code()).as("a node that does not know the store")
                .isEqualTo(RuntimeError.UNAVAILABLE);

        FileCollector moving = testing.collector(stores);
        assertThat(moving.move()).isPositive();
        assertThat(moving.move()).isZero();
        assertThat(text(after, old)).isEqualTo("old");
        assertThat(refusal(() -> text(files, old)).code()).isEqualTo(RuntimeError.UNAVAILABLE);
        var back = new FileStores(List.of(new DiskFileStore(folder), new ElsewhereStore(elsewhere)), "disk");
        assertThat(testing.collector(back).move()).isPositive();
        assertThat(text(files, young)).isEqualTo("new");
        assertThatThrownBy(() -> new FileStores(List.of(new DiskFileStore(folder)), "s3"))
                .hasMessageContaining("objectos.files.s3.bucket");
    }

    @Test
    void doesNotStartOverTheFilesOfAnotherInstallation(@TempDir Path elsewhere) {
        var claim = new StoreClaim(writes.databases().worker());
        var own = new ElsewhereStore(elsewhere);
        claim.check(testing.onDisk());
        claim.check(new FileStores(List.of(new DiskFileStore(folder), own), null));
        assertThat(own.owner).isEqualTo(writes.platform("select id from platform.installation").getFirst());
        claim.check(new FileStores(List.of(new DiskFileStore(folder), own), null));
        own.owner = "another";
        assertThatThrownBy(() -> claim.check(new FileStores(List.of(own), null)))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("another installation");
    }

    @Test
    void saysThatTheStorageFailsWhereItDoesAndNothingOfItself() throws IOException {
        StoredFile file = files.store(new NewFile("gone.txt", "text/plain"), bytes("gone"), ada);
        Path blob = folder.resolve(writes.platform("select blob from platform.file where id = '" + file.id() + "'")
                .getFirst());
        Files.delete(blob);
        PlatformException refusal = refusal(() -> text(files, file));
        assertThat(refusal.code()).isEqualTo(RuntimeError.UNAVAILABLE);
        assertThat(refusal.message()).doesNotContain(folder.toString()).doesNotContain(file.id().toString());
        assertThatThrownBy(() -> files.store(new NewFile("cut.txt", "text/plain"), new InputStream() {

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

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
