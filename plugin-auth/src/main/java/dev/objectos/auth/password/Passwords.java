package dev.objectos.auth.password;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;

/**
 * Encodes and compares passwords with Argon2id (RFC 9106). Each computation takes 19 MiB and tens of milliseconds, unless
 * configured otherwise, so that only a few run at a time; who waits too long is refused with {@code UNAVAILABLE}.
 */
public final class Passwords {

    /** Names the encoder of new passwords within their hashes. */
    public static final String ENCODER = "argon2id";

    /** The longest password, in characters, that can have been chosen; longer ones are not even compared. */
    public static final int LONGEST = 1_024;

    private static final int PATIENCE_SECONDS = 10;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final String FORMER_ENCODER = "pbkdf2@SpringSecurity_v5_8";

    private final PasswordEncoder encoder;
    private final String hashOfNothing;
    private final Semaphore places = new Semaphore(2 * Runtime.getRuntime().availableProcessors(), true);

    /** @param encoder as {@link #encoder} makes it of the same cost */
    public Passwords(PasswordEncoder encoder, int memoryKib, int passes) {
        this.encoder = encoder;
        this.hashOfNothing = hashOfNothing(memoryKib, passes);
    }

    /** What no password matches, at the cost of matching one: random bytes in the form of {@link #encoder}'s hashes. */
    static String hashOfNothing(int memoryKib, int passes) {
        return "{" + ENCODER + "}$argon2id$v=19$m=" + memoryKib + ",t=" + passes + ",p=1"
                + "$tq8sE0nWf3mC1cZ5b7uKzQ$3XoV1n0u7lq2Jt5m8yRz4cKd6aWf9hSgPpEeTiLxBvU";
    }

    /** New passwords with Argon2id; PBKDF2 is what the first version of this plugin used. */
    public static PasswordEncoder encoder(int memoryKib, int passes) {
        return new DelegatingPasswordEncoder(ENCODER,
                Map.of(ENCODER, new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, 1, memoryKib, passes), FORMER_ENCODER,
                        Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8()));
    }

    public String encode(String password) {
        return one(() -> Objects.requireNonNull(encoder.encode(password)));
    }

    /**
     * Whether the password is that of the hash.
     *
     * @param hash null: there is none; takes as long as comparing with one
     */
    public boolean matches(String password, @Nullable String hash) {
        if (password.length() > LONGEST || !StandardCharsets.UTF_8.newEncoder().canEncode(password)) {
            return false;
        }
        String compared = hash == null ? hashOfNothing : hash;
        return one(() -> encoder.matches(password, compared)) && hash != null;
    }

    /** Whether the hash was made in a way that new ones are not made any more. */
    public boolean outdated(String hash) {
        return encoder.upgradeEncoding(hash);
    }

    private <T> T one(Supplier<T> computation) {
        boolean admitted = false;
        try {
            admitted = places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!admitted) {
                throw new PlatformException(RuntimeError.UNAVAILABLE, "Too many people are signing in; try again soon");
            }
            return computation.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException(RuntimeError.UNAVAILABLE, "The server is stopping", e);
        } finally {
            if (admitted) {
                places.release();
            }
        }
    }
}
