package dev.objectos.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretKeyFileTest {

    @TempDir
    private Path folder;

    @Test
    void makesAKeyOnceThatOnlyTheServerCanRead() throws IOException {
        Path home = folder.resolve("new").resolve("home");
        SecretKey key = SecretKeyFile.in(home);
        assertThat(key.getEncoded()).hasSize(32);
        assertThat(SecretKeyFile.in(home)).isEqualTo(key);
        assertThat(SecretKeyFile.in(folder)).isNotEqualTo(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("secret.key"))))
                .isEqualTo("rw-------");
        try (var files = Files.list(home)) {
            assertThat(files).containsExactly(home.resolve("secret.key"));
        }
    }

    @Test
    void agreesOnOneKeyWhereSeveralStartTogether() throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var keys = threads.invokeAll(IntStream.range(0, 16)
                    .mapToObj(_ -> (Callable<SecretKey>) () -> SecretKeyFile.in(folder)).toList());
            assertThat(keys.stream().map(key -> key.resultNow()).distinct()).hasSize(1);
        }
    }

    @Test
    void takesAConfiguredKeyOf32BytesOnly() {
        assertThat(SecretKeyFile.configured(Base64.getEncoder().encodeToString(new byte[32]) + "\n").getAlgorithm())
                .isEqualTo("AES");
        assertThatThrownBy(() -> SecretKeyFile.configured(Base64.getEncoder().encodeToString(new byte[16])))
                .hasMessage("The key for secret fields has 16 bytes; it must have 32, written in Base64");
    }

    @Test
    void doesNotReplaceAFileThatItCannotUse() throws IOException {
        Files.writeString(folder.resolve("secret.key"), "c2hvcnQ=");
        assertThatThrownBy(() -> SecretKeyFile.in(folder)).hasMessageContaining("5 bytes");
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> SecretKeyFile.in(file)).isInstanceOf(UncheckedIOException.class);
    }
}
