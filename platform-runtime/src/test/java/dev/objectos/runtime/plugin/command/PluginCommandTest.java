package dev.objectos.runtime.plugin.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootVersion;

class PluginCommandTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void makesAKeySignsAndVerifies() throws IOException {
        Path key = folder.resolve("acme.key");
        Path plugin = plugin("publisher: Acme\n");
        assertThat(run("keygen", "--publisher", "Acme", "--out", key.toString())).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key))).isEqualTo("rw-------");
        assertThat(Files.readString(key)).startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(run("verify", plugin.toString())).isEqualTo(1);
        assertThat(said()).contains("acme.zip is refused").contains("the package is not signed");
        assertThat(run("sign", plugin.toString(), "--key", key.toString())).isZero();
        assertThat(said()).contains("Signed acme-points 1.0.0 of Acme: 2 files");
        assertThat(run("verify", plugin.toString())).isEqualTo(1);
        assertThat(said()).contains("the unknown key").contains("plugin trust FILE.pub");
        assertThat(run("trust", key + ".pub")).isZero();
        assertThat(run("verify", plugin.toString())).isZero();
        assertThat(said()).contains("Verified acme-points 1.0.0: signed by Acme at 2026-06-01T12:00:00Z")
                .contains("2 files, no code");
        assertThat(run("trust", key + ".pub")).isEqualTo(1);
        assertThat(said()).contains("is trusted already");
    }

    @Test
    void takesKeysThatOtherToolsMade() throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path key = write("key.pem", pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        Path publicKey = write("key.pub", pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        Path plugin = plugin("publisher: Acme\n");
        assertThat(run("sign", plugin.toString(), "--key=" + key)).isZero();
        assertThat(run("trust", publicKey.toString())).isEqualTo(2);
        assertThat(said()).contains("--publisher is missing");
        assertThat(run("trust", publicKey.toString(), "--publisher", "Acme")).isZero();
        assertThat(run("verify", plugin.toString())).isZero();
        Files.write(plugin, new byte[]{0}, java.nio.file.StandardOpenOption.APPEND);
        assertThat(run("verify", plugin.toString())).isEqualTo(1);
        assertThat(said()).contains("something was appended");
    }

    @Test
    void neverOverwritesAKey() throws IOException {
        Path key = write("acme.key", "precious");
        assertThat(run("keygen", "--out", key.toString())).isEqualTo(1);
        assertThat(said()).contains("is there already");
        assertThat(Files.readString(key)).isEqualTo("precious");
        assertThat(key.resolveSibling("acme.key.pub")).doesNotExist();
    }

    @Test
    void leavesAPluginAsItIsWhereItCannotBeSigned() throws IOException {
        Path key = folder.resolve("acme.key");
        run("keygen", "--out", key.toString());
        Path plugin = plugin("tier: gold\n");
        byte[] before = Files.readAllBytes(plugin);
        assertThat(run("sign", plugin.toString(), "--key", key.toString())).isEqualTo(1);
        assertThat(said()).contains("plugin.yml:3:7: error: 'tier' does not know 'gold'");
        assertThat(Files.readAllBytes(plugin)).isEqualTo(before);
        assertThat(run("sign", folder.toString(), "--key", key.toString())).isEqualTo(1);
        assertThat(said()).contains("is a folder");
        assertThat(run("sign", plugin.toString(), "--key", key + ".pub")).isEqualTo(1);
        assertThat(said()).contains("holds no -----BEGIN PRIVATE KEY-----");
    }

    @Test
    void trustsNothingButPublicKeys() throws IOException {
        Path key = folder.resolve("acme.key");
        run("keygen", "--out", key.toString());
        assertThat(run("trust", key.toString())).isEqualTo(1);
        assertThat(said()).contains("is a private key");
        assertThat(run("trust", write("x.pub", "keyId: x\n").toString())).isEqualTo(1);
        assertThat(said()).contains("is no trusted key").contains("needs 'publisher'");
        assertThat(run("trust", folder.resolve("missing").toString())).isEqualTo(1);
        assertThat(said()).contains("there is no file");
        try (Stream<Path> left = Files.list(folder.resolve("home/trust"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void saysThatAFileIsMissing() {
        assertThat(run("verify", folder.resolve("missing.jar").toString())).isEqualTo(1);
        assertThat(said()).contains("there is no file").contains("missing.jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fly", "verify", "verify a b", "sign a", "sign --key k", "keygen", "keygen a --out b",
            "verify --fast x a", "keygen --out", "keygen --out a --out b", "new", "new a b", "install", "approve",
            "remove --fast x"})
    void endsWithTwoWhereItIsCalledWrongly(String arguments) {
        assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1))).isEqualTo(2);
        assertThat(said()).contains("Usage: ./objectos plugin COMMAND");
    }

    @Test
    void printsItsUsage() {
        assertThat(run("help")).isZero();
        assertThat(said()).contains("sign FILE --key KEY", "new DIR", "remove ID");
        assertThat(run("remove", "--help")).isZero();
    }

    @Test
    void makesAProjectWithItsOwnNames() throws IOException {
        Path project = folder.resolve("acme-fleet-care");
        assertThat(run("new", project.toString())).as(said()).isZero();
        assertThat(said()).contains("./plugin test", "FleetCarePlugin.java");
        assertThat(Files.isExecutable(project.resolve("plugin"))).isTrue();
        assertThat(project.resolve("src/main/java/com/acme/fleet/care/FleetCareRule.java")).content()
                .contains("package com.acme.fleet.care;").contains("\"fleet_care_note\"");
        assertThat(project.resolve("src/main/resources/META-INF/objectos/plugin.yml")).content()
                .contains("id: acme-fleet-care", "publisher: Acme");
        assertThat(project.resolve("pom.xml")).content().contains("<groupId>com.acme.fleet</groupId>",
                "<objectos.folder>${project.basedir}/..</objectos.folder>");
        try (Stream<Path> files = Files.walk(project)) {
            assertThat(files.filter(Files::isRegularFile)).isNotEmpty()
                    .allSatisfy(file -> assertThat(file).content().doesNotContain("{{"));
        }
        assertThat(run("new", project.toString())).isEqualTo(1);
        assertThat(said()).contains("is there already");
    }

    @Test
    void refusesNamesThatAreNone() {
        assertThat(run("new", folder.resolve("Fleet").toString())).isEqualTo(1);
        assertThat(said()).contains("'Fleet' is no id");
        assertThat(run("new", folder.resolve("x").toString(), "--id", "acme-new")).isEqualTo(1);
        assertThat(said()).contains("'com.acme.new' is no name of a package");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void saysWhereToFindAServerWhereNoneIsKnown() {
        assertThat(run("list")).isEqualTo(1);
        assertThat(said()).contains("no server has started on", "OBJECTOS_URL");
    }

    @Test
    void theExampleIsBuiltLikeANewProject() throws IOException {
        Path example = Path.of("../docs/examples/acme-loyalty");
        var project = new PluginProject("acme-loyalty", "Acme", "com.acme.loyalty", SpringBootVersion.getVersion(),
                "0.1.0-SNAPSHOT");
        Map<String, String> files = project.files("${project.basedir}/../../..");
        for (String shared : List.of("pom.xml", "plugin", ".gitignore")) {
            assertThat(example.resolve(shared)).content().as(shared).isEqualTo(files.get(shared));
        }
        assertThat(files.keySet().stream().filter(file -> file.endsWith("Plugin.java") || file.endsWith(".imports")
                || file.endsWith("AutoConfiguration.java") || file.endsWith("PluginTest.java")
                || file.endsWith("plugin.yml"))).hasSize(5)
                .allSatisfy(file -> assertThat(example.resolve(file)).exists());
    }

    private int run(String... arguments) {
        said.reset();
        var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new PluginCommand(folder.resolve("home"), CLOCK, Map.of("OBJECTOS_FOLDER", folder.toString()),
                new StringReader(""), stream, stream).run(List.of(arguments));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private Path plugin(String more) throws IOException {
        Path file = folder.resolve("acme.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("META-INF/objectos/plugin.yml"));
            zip.write(("id: acme-points\nversion: 1.0.0\n" + more).getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("objects/points.object.yml"));
            zip.write("label: Points\n".getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static String pem(String what, byte[] encoded) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(encoded) + "\n-----END " + what
                + "-----\n";
    }
}
