package dev.objectos.audit.seal;

import dev.objectos.runtime.spi.KeyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The Ed25519 key that checkpoints are signed with, in a file that only the server's account can read. Nodes of one
 * installation share it.
 */
public final class SigningKey {

    /** Two lines: the private half (PKCS#8) and the public half (X.509), both in Base64. */
    private static final String NAME = "audit.key";

    private static final String ALGORITHM = "Ed25519";
    private static final int ID_BYTES = 8;

    private final PrivateKey secret;
    private final PublicKey open;
    private final String id;

    private SigningKey(PrivateKey secret, PublicKey open) {
        this.secret = secret;
        this.open = open;
        this.id = HexFormat.of().formatHex(Fingerprint.sha256().digest(open.getEncoded()), 0, ID_BYTES);
    }

    /** Whether there is a key in that folder. */
    public static boolean existsIn(Path home) {
        return Files.exists(home.resolve(NAME));
    }

    /** The key in that folder; made on first use. Who has lost the file can prove nothing that it has signed. */
    public static SigningKey in(Path home) {
        return read(KeyFile.read(home.resolve(NAME), SigningKey::fresh));
    }

    private static SigningKey read(String text) {
        String[] halves = text.strip().split("\\s+");
        try {
            KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
            if (halves.length == 2) {
                return new SigningKey(
                        keys.generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(halves[0]))),
                        keys.generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(halves[1]))));
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(NAME + " holds no Ed25519 key; put the right file in its place", e);
        }
        throw new IllegalStateException(NAME + " must hold two lines, a private and a public Ed25519 key");
    }

    private static String fresh() {
        KeyPair pair = supported(() -> KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair());
        Base64.Encoder base64 = Base64.getEncoder();
        return base64.encodeToString(pair.getPrivate().getEncoded()) + "\n"
                + base64.encodeToString(pair.getPublic().getEncoded()) + "\n";
    }

    /** What the key is called; follows from the key. */
    String id() {
        return id;
    }

    byte[] sign(byte[] content) {
        return supported(() -> {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(secret);
            signature.update(content);
            return signature.sign();
        });
    }

    boolean hasSigned(byte[] content, byte[] signed) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(open);
            signature.update(content);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    /** Something that every JDK can do. */
    private interface Supported<T> {

        T call() throws GeneralSecurityException;
    }

    private static <T> T supported(Supported<T> call) {
        try {
            return call.call();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks " + ALGORITHM, e);
        }
    }
}
