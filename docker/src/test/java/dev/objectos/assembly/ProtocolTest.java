package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.plugin.TestingPlugin;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** A protocol beside HTTP: whoever signs in there has the rights that they have everywhere. */
@ExtendWith(SharedServer.class)
@TestInstance(Lifecycle.PER_CLASS)
class ProtocolTest {

    private static final String CASES = "/api/data/cases";

    /** Each line is a credential and the id of a case; the answer is the case, or why it is not shown. */
    private static final String CODE = """
            package com.acme;

            import dev.objectos.runtime.PlatformException;
            import dev.objectos.runtime.query.RecordQuery;
            import dev.objectos.runtime.spi.*;
            import java.io.*;
            import java.nio.charset.StandardCharsets;
            import java.util.*;
            import org.springframework.boot.autoconfigure.AutoConfiguration;
            import org.springframework.context.annotation.Bean;

            @AutoConfiguration
            public class Lines {
                @Bean ProtocolAdapter adapter(Records records) {
                    return new ProtocolAdapter() {
                        @Override public String name() { return "acme-lines.tcp"; }
                        @Override public String protocol() { return "acme-lines/1.0"; }
                        @Override public int port() { return @PORT@; }
                        @Override public void serve(ProtocolClient client) throws Exception {
                            var in = new BufferedReader(new InputStreamReader(client.input(), StandardCharsets.UTF_8));
                            var out = new PrintWriter(client.output(), true, StandardCharsets.UTF_8);
                            for (String line = in.readLine(); line != null; line = in.readLine()) {
                                String[] words = line.split(" ");
                                var wanted = new RecordQuery("cases", UUID.fromString(words[1]), List.of(), List.of());
                                try {
                                    out.println(client.signIn(words[0]).current().map(session -> client.run(session,
                                            () -> new String(records.get(wanted, session).json().utf8(),
                                                    StandardCharsets.UTF_8))).orElse("nobody"));
                                } catch (PlatformException e) {
                                    out.println(e.code().name());
                                }
                            }
                        }
                    };
                }
            }
            """;

    private final ServerProcess server;
    private final Path home;
    private final int port;
    private final Colleague ada;
    private final Colleague ben;
    private final Colleague nobody;

    ProtocolTest(SharedServer.Fixture fixture) throws IOException {
        server = fixture.server();
        home = fixture.folder().resolve("home");
        port = ServerProcess.freePort();
        ada = Colleague.join(server, "lines-ada", "support");
        ben = Colleague.join(server, "lines-ben", "support");
        nobody = Colleague.join(server, "lines-nobody", "member");
    }

    @BeforeAll
    void install() throws IOException {
        TestingPlugin.trust(home);
        byte[] plugin = new TestingPlugin("acme-lines", "1.0.0",
                "permissions: {ports: [" + port + "], objects: {cases: read}}\n")
                .java(Map.of("com.acme.Lines", CODE.replace("@PORT@", String.valueOf(port)))).signed();
        var body = new ByteArrayOutputStream();
        body.writeBytes("--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"lines.jar\"\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(plugin);
        body.writeBytes("\r\n--part--\r\n".getBytes(StandardCharsets.UTF_8));
        Answer installed = server.send(server.signed("POST", "/api/plugins")
                .header("Content-Type", "multipart/form-data; boundary=part")
                .method("POST", BodyPublishers.ofByteArray(body.toByteArray())));
        assertThat(installed.status()).as("%s", installed).isEqualTo(201);
        assertThat(server.post("/api/plugins/acme-lines/approve", "{}").json().path("status").asString())
                .isEqualTo("enabled");
    }

    @AfterAll
    void remove() {
        server.delete("/api/plugins/acme-lines?drop=true");
    }

    private String ask(String credential, String id) {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8).println(credential + " " + id);
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void showsWhatTheAskersPermissionsShowAndNothingElse() {
        String id = ada.post(CASES, "{\"title\": \"Over a line\"}").id();
        assertThat(ask(ada.token(), id)).contains("Over a line");
        assertThat(ask(ben.token(), id)).isEqualTo("RECORD_NOT_FOUND");
        assertThat(ask(nobody.token(), id)).isEqualTo("PERMISSION_DENIED");
        assertThat(ask("no-token", id)).isEqualTo("nobody");
    }

    @Test
    void anApiKeyIsWorthWhatItsScopesSay() {
        String id = ada.post(CASES, "{\"title\": \"By key\"}").id();
        assertThat(ask(key("data:cases:read"), id)).contains("By key");
        assertThat(ask(key("data:accounts:read"), id)).isNotEqualTo("nobody").doesNotContain("By key");
    }

    private String key(String scope) {
        Answer made = ada.post("/api/auth/api-key/create", "{\"name\": \"Line\", \"scopes\": [\"" + scope + "\"]}");
        assertThat(made.status()).as("%s", made).isEqualTo(200);
        return made.json().path("key").asString();
    }
}
