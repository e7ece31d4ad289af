package dev.objectos.runtime.plan;

import dev.objectos.runtime.spi.KeyFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The key that secret fields are sealed with: configured, or kept in a file that only the server's account can read. */
public final class SecretKeyFile {

    private static final int KEY_BYTES = 32;
    private static final String NAME = "secret.key";

    private SecretKeyFile() {}

    /** @param configured 32 bytes in Base64, for installations of several nodes */
    public static SecretKey configured(String configured) {
        byte[] bytes = Base64.getDecoder().decode(configured.strip());
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("The key for secret fields has " + bytes.length + " bytes; it must have "
                    + KEY_BYTES + ", written in Base64");
        }
        return new SecretKeySpec(bytes, "AES");
    }

    /** The key in that folder; made on first use. Losing the file loses the secrets. */
    public static SecretKey in(Path home) {
        return configured(KeyFile.read(home.resolve(NAME), SecretKeyFile::fresh));
    }

    private static String fresh() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
