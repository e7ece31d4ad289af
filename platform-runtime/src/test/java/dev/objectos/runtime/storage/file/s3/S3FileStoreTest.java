package dev.objectos.runtime.storage.file.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.RunsBesideOthers;
import dev.objectos.runtime.storage.file.FileStore;
import dev.objectos.runtime.storage.file.FileStoreConformance;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bucket against a server that checks signatures. */
@RunsBesideOthers
class S3FileStoreTest extends FileStoreConformance {

    private static final int PART = 5 << 20;

    private static @Nullable TestingS3 server;
    private static @Nullable S3FileStore store;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        server = TestingS3.open(folder, "files");
        store = at("conformance");
    }

    @AfterAll
    static void close() {
        if (store != null) {
            store.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected FileStore store() {
        return java.util.Objects.requireNonNull(store);
    }

    @Override
    protected int large() {
        return PART;
    }

    @Test
    void keepsToItsPrefix() throws IOException {
        try (S3FileStore one = at("one"); S3FileStore other = at("two/")) {
            one.put("a/shared", new java.io.ByteArrayInputStream(bytes("1")));
            other.put("a/shared", new java.io.ByteArrayInputStream(bytes("2")));
            other.remove("a/shared");
            try (Stream<String> keys = one.unchangedFor(Duration.ofSeconds(-60));
                    Stream<String> others = other.unchangedFor(Duration.ofSeconds(-60))) {
                assertThat(keys).containsExactly("a/shared");
                assertThat(others).isEmpty();
            }
        }
    }

    @Test
    void isWhoseItWasFirst() throws IOException {
        try (S3FileStore claimed = at("claimed" + UUID.randomUUID())) {
            assertThat(claimed.claimedBy("first")).isEqualTo("first");
            assertThat(claimed.claimedBy("second")).isEqualTo("first");
            try (Stream<String> keys = claimed.unchangedFor(Duration.ofSeconds(-60))) {
                assertThat(keys).isEmpty();
            }
        }
    }

    @Test
    void saysAtTheStartWhyItCannotBeUsed() {
        assertRefused(properties(server().endpoint(), "elsewhere", "", TestingS3.ACCESS, TestingS3.SECRET),
                "no such bucket");
        assertRefused(properties(server().endpoint(), "files", "", TestingS3.ACCESS, "wrong-secret"), "credentials");
        assertRefused(properties(URI.create("http://127.0.0.1:1"), "files", "", TestingS3.ACCESS, TestingS3.SECRET),
                "does not answer");
    }

    @Test
    void endsUploadsThatWereBrokenOff() throws IOException {
        try (S3FileStore broken = at("broken")) {
            server().begin("files", "broken/never");
            assertThat(server().unfinished("files", "broken/")).isEqualTo(1);
            broken.abandon(Duration.ofHours(1));
            assertThat(server().unfinished("files", "broken/")).isEqualTo(1);
            broken.abandon(Duration.ofSeconds(-60));
            assertThat(server().unfinished("files", "broken/")).isZero();
        }
    }

    private static void assertRefused(S3Properties properties, String because) {
        try (var store = new S3FileStore(properties, PART)) {
            assertThatThrownBy(store::start).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(because).hasMessageNotContaining(TestingS3.SECRET)
                    .hasMessageContaining("objectos.files.s3");
        }
    }

    private static TestingS3 server() {
        return java.util.Objects.requireNonNull(server);
    }

    private static S3FileStore at(String prefix) {
        return new S3FileStore(
                properties(server().endpoint(), "files", prefix, TestingS3.ACCESS, TestingS3.SECRET), PART);
    }

    private static S3Properties properties(URI endpoint, String bucket, String prefix, String access, String secret) {
        return new S3Properties(bucket, endpoint, "us-east-1", prefix, null, access, secret);
    }
}
