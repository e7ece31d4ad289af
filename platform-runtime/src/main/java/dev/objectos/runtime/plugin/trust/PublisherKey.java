package dev.objectos.runtime.plugin.trust;

import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** A publisher's key as files: the private half in PEM, the public half as an entry of a trust store. */
public final class PublisherKey {

    private final KeyPair pair;

    private PublisherKey(KeyPair pair) {
        this.pair = pair;
    }

    public static PublisherKey generate() {
        return new PublisherKey(Ed25519Keys.generate());
    }

    /** @throws IllegalArgumentException where the text is no private Ed25519 key (PKCS#8, PEM) */
    public static PublisherKey read(String pem) {
        return new PublisherKey(Ed25519Keys.keyPair(pem));
    }

    public String keyId() {
        return Ed25519Keys.keyId(pair.getPublic());
    }

    /** The private half: PKCS#8, PEM. */
    public String privateText() {
        return Ed25519Keys.pem(pair.getPrivate());
    }

    /** The public half: what administrators put into their trust store. */
    public String publicText(String publisher, Clock clock) {
        return entry(pair.getPublic(), publisher,
                "validFrom: " + clock.instant().truncatedTo(ChronoUnit.SECONDS) + "\n");
    }

    /** An entry of a trust store for a public key in PEM. @throws IllegalArgumentException where it is none */
    public static String trustEntry(String pem, String publisher) {
        return entry(Ed25519Keys.publicKey(Ed25519Keys.publicInPem(pem)), publisher, "");
    }

    public PackageSigner signer(Clock clock) {
        return new PackageSigner(pair, clock);
    }

    private static String entry(PublicKey key, String publisher, String more) {
        return "keyId: " + quoted(Ed25519Keys.keyId(key)) + "\npublisher: " + quoted(publisher) + "\npublicKey: "
                + quoted(Ed25519Keys.base64(key)) + "\n" + more;
    }

    /** A YAML text in single quotes has one escape. */
    private static String quoted(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a publisher's name has one line and no control characters");
        }
        return "'" + text.replace("'", "''") + "'";
    }
}
