package dev.objectos.runtime.plugin.trust;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ed25519 (RFC 8032) as the JDK has it, and keys as text. */
final class Ed25519Keys {

    static final String ALGORITHM = "Ed25519";

    private static final Pattern PEM = Pattern
            .compile("-----BEGIN ([A-Z ]+)-----\\s*([A-Za-z0-9+/=\\s]+?)\\s*-----END \\1-----");

    /** Bytes of the digest that name a key; 128 bits cannot be hit on purpose. */
    private static final int ID_BYTES = 16;

    private Ed25519Keys() {}

    static KeyPair generate() {
        return supported(() -> KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair());
    }

    /** The name of a key, which follows from the key: 32 hexadecimal digits of the SHA-256 of its X.509 form. */
    static String keyId(PublicKey key) {
        return HexFormat.of().formatHex(sha256(key.getEncoded()), 0, ID_BYTES);
    }

    static byte[] sha256(byte[] content) {
        return supported(() -> MessageDigest.getInstance("SHA-256").digest(content));
    }

    static byte[] sign(byte[] content, PrivateKey key) {
        return supported(() -> {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        });
    }

    static boolean isSignedBy(byte[] content, byte[] signed, PublicKey key) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(content);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    static String base64(PublicKey key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    /** @throws IllegalArgumentException where the text is no X.509 form of an Ed25519 key in Base64 */
    static PublicKey publicKey(String base64) {
        try {
            PublicKey key = KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64.replaceAll("\\s", ""))));
            if (key instanceof EdECPublicKey) {
                return key;
            }
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            // Said below, in words.
        }
        throw new IllegalArgumentException("this is no public Ed25519 key (X.509, Base64)");
    }

    static String pem(PrivateKey key) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** Both halves of a key from the private one. @throws IllegalArgumentException where it is none (PKCS#8, PEM) */
    static KeyPair keyPair(String pem) {
        try {
            PrivateKey key = KeyFactory.getInstance(ALGORITHM).generatePrivate(
                    new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(inPem(pem, "PRIVATE KEY"))));
            if (key instanceof EdECPrivateKey ed25519) {
                return new KeyPair(publicHalf(ed25519.getBytes().orElseThrow()), key);
            }
        } catch (GeneralSecurityException | java.util.NoSuchElementException _) {
            // Said below, in words.
        }
        throw new IllegalArgumentException("this is no private Ed25519 key (PKCS#8, PEM)");
    }

    /** The Base64 of a public key in PEM. @throws IllegalArgumentException where the text has none */
    static String publicInPem(String pem) {
        return inPem(pem, "PUBLIC KEY");
    }

    private static String inPem(String text, String what) {
        Matcher matcher = PEM.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).equals(what)) {
                return matcher.group(2);
            }
        }
        throw new IllegalArgumentException("this holds no -----BEGIN " + what + "-----");
    }

    /** The JDK computes it only while it makes a key, so it is given the private half in place of random bytes. */
    private static PublicKey publicHalf(byte[] seed) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
        return generator.generateKeyPair().getPublic();
    }

    /** "Random" bytes that are given. */
    private static final class Fixed extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Fixed(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] target) {
            System.arraycopy(bytes, 0, target, 0, target.length);
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
            throw new IllegalStateException("this JDK lacks " + ALGORITHM + " or SHA-256", e);
        }
    }
}
