package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.plugin.TestingPlugin;
import dev.objectos.runtime.plugin.command.PluginCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./objectos plugin …} against a server that runs. */
class PluginCommandTests {

    @TempDir
    static Path home;

    static TestingHttp http;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>(Map.of("OBJECTOS_TOKEN", "test"));

    @BeforeAll
    static void start() {
        TestingPlugin.trust(home);
        http = RealServer.start(home, "plugin_command");
    }

    @AfterAll
    static void stop() {
        http.close();
        assertThat(home.resolve("server.address")).doesNotExist();
    }

    @AfterEach
    void remove() throws IOException {
        http.send("DELETE", "/api/plugins/acme-app", null);
        http.send("DELETE", "/api/plugins/acme-base?drop=true", null);
        Files.deleteIfExists(home.resolve("login"));
    }

    private int run(String input, String... arguments) {
        said.reset();
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new PluginCommand(home, Clock.systemUTC(), environment, new StringReader(input), out, out)
                .run(List.of(arguments));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private String plugin(String version, String name) throws IOException {
        return Files.write(folder.resolve(name), new TestingPlugin("acme-base", version, "")
                .object("acme_points", "  amount: {type: number}\n").signed()).toString();
    }

    @Test
    void installsUpdatesAndRemoves() throws IOException {
        String first = plugin("1.0.0", "first.jar");
        assertThat(run("", "update", first)).as(said()).isEqualTo(1);
        assertThat(said()).contains("there is no plugin acme-base to update");
        assertThat(run("", "install", first)).as(said()).isZero();
        assertThat(said()).isEqualTo("Installed acme-base 1.0.0: enabled.\n");
        assertThat(run("", "update", plugin("1.1.0", "second.jar"))).as(said()).isZero();
        assertThat(said()).isEqualTo("Updated acme-base 1.0.0 → 1.1.0: enabled.\n");
        assertThat(run("", "list")).isZero();
        assertThat(said().lines().toList()).anySatisfy(
                line -> assertThat(line).startsWith("acme-base ").contains("1.1.0", "enabled", "added"))
                .anySatisfy(line -> assertThat(line).startsWith("objectos-server ").contains("built in"));
        assertThat(run("", "disable", "acme-base")).isZero();
        assertThat(run("", "enable", "acme-base")).isZero();
        assertThat(said()).isEqualTo("acme-base 1.1.0 is enabled.\n");

        assertThat(http.post("/api/data/acme_points", "{\"name\":\"One\"}").status()).isEqualTo(201);
        assertThat(run("n\n", "remove", "acme-base")).isEqualTo(1);
        assertThat(said()).contains("object acme_points, 1 record, which is kept", "Remove it?",
                "Nothing was removed");
        assertThat(http.get("/api/plugins/acme-base").status()).isEqualTo(200);
        assertThat(run("y\n", "remove", "acme-base", "--drop")).as(said()).isZero();
        assertThat(said()).contains("DELETED FOR GOOD", "Removed acme-base with all its records.");
        assertThat(run("", "remove", "acme-base", "--yes")).isEqualTo(1);
        assertThat(said()).contains("RESOURCE_NOT_FOUND");
    }

    @Test
    void setsSecretsWithoutShowingThem() throws IOException {
        Path asking = Files.write(folder.resolve("asking.jar"),
                new TestingPlugin("acme-base", "1.1.0", "permissions: {secrets: [ACME_KEY]}\n").signed());
        assertThat(run("", "install", asking.toString(), "--approve")).as(said()).isZero();
        assertThat(run("", "secrets", "acme-base")).as(said()).isZero();
        assertThat(said()).containsPattern("ACME_KEY +no");
        assertThat(run("s3cret\n", "secret", "acme-base", "ACME_KEY")).as(said()).isZero();
        assertThat(said()).contains("Set ACME_KEY").doesNotContain("s3cret");
        assertThat(run("x\n", "secret", "acme-base", "OTHER")).isEqualTo(1);
        assertThat(said()).contains("ACME_KEY", "RESOURCE_NOT_FOUND");
        assertThat(run("", "secret", "acme-base", "ACME_KEY", "--clear")).as(said()).isZero();
        assertThat(run("", "secret", "acme-base")).isEqualTo(2);

        assertThat(run("", "install", plugin("1.0.0", "older.jar"))).isEqualTo(1);
        assertThat(said()).contains("1.1.0", "--downgrade");
        assertThat(run("", "install", plugin("1.0.0", "older.jar"), "--downgrade")).as(said()).isZero();
        assertThat(said()).isEqualTo("Updated acme-base 1.1.0 → 1.0.0: enabled.\n");
    }

    @Test
    void removesNothingThatOthersNeedUnlessTheyAreDisabledToo() throws IOException {
        run("", "install", plugin("1.0.0", "first.jar"));
        Path app = Files.write(folder.resolve("app.jar"),
                new TestingPlugin("acme-app", "1.0.0", "dependencies: {acme-base: ^1.0.0}\n").signed());
        assertThat(run("", "install", app.toString())).as(said()).isZero();
        assertThat(run("", "disable", "acme-base")).isEqualTo(1);
        assertThat(said()).containsOnlyOnce("acme-app").contains("(cascade)");
        assertThat(run("y\n", "remove", "acme-base")).isEqualTo(1);
        assertThat(said()).contains("acme-app from what runs, for it needs acme-base",
                "nothing was removed: acme-base is needed by acme-app, which --cascade disables")
                .doesNotContain("[y/N]");
        assertThat(run("y\n", "remove", "acme-base", "--cascade")).as(said()).isZero();
        assertThat(run("", "list")).isZero();
        assertThat(said()).containsPattern("acme-app +1.0.0 +disabled");
    }

    @Test
    void makesAProjectThatRuns() throws IOException {
        Path project = folder.resolve("acme-base");
        assertThat(run("", "new", project.toString())).as(said()).isZero();
        Path jar = Files.write(folder.resolve("acme-base-1.0.0.jar"), TestingPlugin.of(project).signed());
        assertThat(run("", "install", jar.toString())).as(said()).isZero();
        assertThat(said()).contains("enabled");
        assertThat(http.post("/api/data/base_note", "{\"title\":\"  First \"}").body()).contains("\"First\"");
        assertThat(http.post("/api/data/base_note", "{\"title\":\"   \"}").status()).isEqualTo(400);
    }

    @Test
    void tellsWhatAPluginAsksForAndGrantsIt() throws IOException {
        Path asking = Files.write(folder.resolve("asking.jar"), new TestingPlugin("acme-base", "1.0.0",
                "permissions: {network: ['api.acme.example:443']}\n").object("acme_points", "").signed());
        assertThat(run("", "install", asking.toString())).as(said()).isZero();
        assertThat(said()).contains("awaiting_approval", "asks for network: [\"api.acme.example:443\"]",
                "./objectos plugin approve acme-base").doesNotContain("it asks for more");
        assertThat(run("", "approve", "acme-base")).as(said()).isZero();
        assertThat(said()).startsWith("Approved acme-base 1.0.0: enabled");
        Path more = Files.write(folder.resolve("more.jar"), new TestingPlugin("acme-base", "1.1.0",
                "permissions: {network: ['api.acme.example:443', 'eu.acme.example:443']}\n")
                .object("acme_points", "").signed());
        assertThat(run("", "update", more.toString())).as(said()).isZero();
        assertThat(said()).contains("Took acme-base 1.1.0 in; 1.0.0 goes on until it is approved", "eu.acme.example");
        assertThat(run("", "update", more.toString(), "--approve")).as(said()).isZero();
        assertThat(said()).contains("Approved acme-base 1.1.0: enabled");
    }

    @Test
    void repeatsWhatTheServerSays() throws IOException {
        Path unsigned = Files.write(folder.resolve("unsigned.zip"),
                new TestingPlugin("acme-base", "1.0.0", "").object("acme_points", "").unsigned());
        assertThat(run("", "install", unsigned.toString())).isEqualTo(1);
        assertThat(said()).contains("not signed", "UNTRUSTED_PLUGIN");
        Path broken = Files.write(folder.resolve("broken.zip"),
                new TestingPlugin("acme-base", "1.0.0", "").object("acme_points", "  a: {type: nonsense}\n").signed());
        assertThat(run("", "install", broken.toString())).isEqualTo(1);
        assertThat(said()).contains("acme_points.object.yml:", "nonsense");
        Path worse = Files.write(folder.resolve("worse.zip"), new TestingPlugin("acme-base", "1.0.0", "")
                .object("acme_points", "  a: {type: nonsense}\n  b: {type: rubbish}\n").signed());
        assertThat(run("", "install", worse.toString())).isEqualTo(1);
        assertThat(said()).as("each once").containsOnlyOnce("nonsense").containsOnlyOnce("rubbish")
                .contains("INVALID_METADATA");
        assertThat(run("", "install", Files.writeString(folder.resolve("x.zip"), "no zip").toString())).isEqualTo(1);
        assertThat(said()).contains("x.zip is no plugin");
        assertThat(run("", "install", folder.resolve("missing.jar").toString())).isEqualTo(1);
        assertThat(said()).contains("there is no file");
        assertThat(run("", "disable", "objectos-server")).isEqualTo(1);
        assertThat(said()).contains("PLUGIN_CONFLICT", "objectos.plugins.objectos-server.enabled");
    }

    @Test
    void remembersWhoHasSignedIn() throws IOException {
        environment.clear();
        assertThat(run("", "list")).isEqualTo(1);
        assertThat(said()).contains("nobody is signed in", "./objectos login");
        assertThat(run("wrong\n", "login", "--email", TestingAuth.EMAIL)).isEqualTo(1);
        assertThat(home.resolve("login")).doesNotExist();
        assertThat(run(TestingAuth.PASSWORD + "\n", "login", "--email", TestingAuth.EMAIL)).as(said()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("login"))))
                .isEqualTo("rw-------");
        assertThat(run("", "list")).as(said()).isZero();
        environment.put("OBJECTOS_URL", "http://localhost:1");
        assertThat(run("", "list")).isEqualTo(1);
        assertThat(said()).as("a token is for its server alone").contains("nobody is signed in");
        environment.put("OBJECTOS_TOKEN", "test");
        assertThat(run("", "list")).isEqualTo(1);
        assertThat(said()).contains("no server answers at http://localhost:1");
        environment.put("OBJECTOS_URL", "nonsense");
        assertThat(run("", "list")).isEqualTo(1);
        assertThat(said()).contains("is no address");
    }

    @Test
    void signsInWithTheAdministratorOfTheEnvironment() {
        environment.clear();
        environment.put("OBJECTOS_ADMIN_EMAIL", TestingAuth.EMAIL);
        environment.put("OBJECTOS_ADMIN_PASSWORD", TestingAuth.PASSWORD);
        assertThat(run("", "list")).as(said()).isZero();
    }
}
