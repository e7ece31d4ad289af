package dev.objectos.runtime.plugin.trust;

import static dev.objectos.runtime.plugin.trust.TestingPackages.ACME;
import static dev.objectos.runtime.plugin.trust.TestingPackages.CLOCK;
import static dev.objectos.runtime.plugin.trust.TestingPackages.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.objectos.runtime.metadata.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustStoreTest {

    private static final String ACME_ID = Ed25519Keys.keyId(ACME.getPublic());

    @TempDir
    private Path folder;

    @Test
    void readsAFolderOfKeysAndOneFileOfSeveral() throws IOException {
        KeyPair other = Ed25519Keys.generate();
        write("acme.yml", entry(ACME, "Acme", "validUntil: 2030-01-01\n"));
        write("notes.txt", "not a key");
        assertThat(TrustStore.read(folder, CLOCK).keyIds()).containsExactly(ACME_ID);
        Path file = write("all.yml", "keys:\n" + item(entry(ACME, "Acme", "")) + item(entry(other, "Other", "")));
        TrustStore store = TrustStore.read(file, CLOCK);
        assertThat(store.problems()).isEmpty();
        assertThat(store.keyIds()).containsExactlyInAnyOrder(ACME_ID, Ed25519Keys.keyId(other.getPublic()));
        assertThat(store.key(ACME_ID).orElseThrow().publisher()).isEqualTo("Acme");
    }

    @Test
    void trustsNobodyWithoutFiles() {
        assertThat(TrustStore.read(folder.resolve("missing"), CLOCK).keyIds()).isEmpty();
        assertThat(TrustStore.empty(CLOCK).keyIds()).isEmpty();
    }

    @Test
    void oneBadFileKeepsNoOtherFromCounting() throws IOException {
        write("a.yml", entry(ACME, "Acme", ""));
        write("b.yml", entry(Ed25519Keys.generate(), "B", "revokt: true\nvalidUntil: soon\n"));
        write("c.yml", entry(Ed25519Keys.generate(), "C", "").replaceFirst("keyId: '.{4}", "keyId: '0000"));
        write("d.yml", "keyId: a\npublisher: D\npublicKey: AAAA\n");
        TrustStore store = TrustStore.read(folder, CLOCK);
        assertThat(store.keyIds()).containsExactly(ACME_ID);
        assertThat(store.problems()).extracting(Violation::toString)
                .anySatisfy(text -> assertThat(text).startsWith("b.yml:4:1: error: a trusted key has no key 'revokt'")
                        .contains("did you mean 'revoked'?"))
                .anySatisfy(text -> assertThat(text).contains("the key id does not belong to the key"))
                .anySatisfy(text -> assertThat(text).contains("d.yml").contains("no public Ed25519 key"));
    }

    @Test
    void saysWhenADateIsNone() throws IOException {
        write("a.yml", entry(ACME, "Acme", "validFrom: soon\n"));
        assertThat(TrustStore.read(folder, CLOCK).problems()).extracting(Violation::message)
                .containsExactly("'soon' is no point in time");
        assertThat(TrustStore.read(folder, CLOCK).keyIds()).isEmpty();
    }

    @Test
    void trustsNoKeyOfWhichTwoFilesSayDifferentThings() throws IOException {
        write("a.yml", entry(ACME, "Acme", ""));
        write("b.yml", entry(ACME, "Acme", ""));
        assertThat(TrustStore.read(folder, CLOCK).keyIds()).containsExactly(ACME_ID);
        write("c.yml", entry(ACME, "Acme", "revoked: true\n"));
        write("d.yml", entry(ACME, "Acme", ""));
        TrustStore store = TrustStore.read(folder, CLOCK);
        assertThat(store.keyIds()).isEmpty();
        assertThat(store.problems()).extracting(Violation::message).first().asString().contains("something else");
        Path file = write("keys.yml",
                "keys:\n" + item(entry(ACME, "Acme", "revoked: true\n")) + item(entry(ACME, "Acme", "")));
        assertThat(TrustStore.read(file, CLOCK).keyIds()).isEmpty();
    }

    @Test
    void derivesThePublicHalfOfAKey() {
        KeyPair read = Ed25519Keys.keyPair(Ed25519Keys.pem(ACME.getPrivate()));
        assertThat(read.getPublic()).isEqualTo(ACME.getPublic());
        assertThat(Ed25519Keys.isSignedBy(new byte[]{1}, Ed25519Keys.sign(new byte[]{1}, read.getPrivate()),
                ACME.getPublic())).isTrue();
        assertThat(Ed25519Keys.isSignedBy(new byte[]{1}, new byte[]{2}, ACME.getPublic())).isFalse();
    }

    @Test
    void refusesTextsThatAreNoKeys() {
        assertThatIllegalArgumentException().isThrownBy(() -> Ed25519Keys.keyPair("nothing"))
                .withMessageContaining("-----BEGIN PRIVATE KEY-----");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ed25519Keys.keyPair("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"))
                .withMessageContaining("no private Ed25519 key");
        assertThatIllegalArgumentException().isThrownBy(() -> Ed25519Keys.publicKey("%%%"))
                .withMessageContaining("no public Ed25519 key");
    }

    @Test
    void onlyTheWordDevelopmentSwitchesStrictnessOff() {
        assertThat(TrustMode.of(" Development ")).isEqualTo(TrustMode.DEVELOPMENT);
        assertThat(TrustMode.of("dev")).isEqualTo(TrustMode.STRICT);
        assertThat(TrustMode.of(null)).isEqualTo(TrustMode.STRICT);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static String item(String entry) {
        return "  - " + entry.strip().replace("\n", "\n    ") + "\n";
    }
}
