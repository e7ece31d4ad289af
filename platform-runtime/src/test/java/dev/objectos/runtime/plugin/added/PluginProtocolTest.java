package dev.objectos.runtime.plugin.added;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.plugin.TestingPlugin;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Health;
import dev.objectos.runtime.spi.PluginProtocol;
import dev.objectos.runtime.spi.ProbeHealth;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.SessionLeases;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A protocol of lines that an added plugin speaks over a socket. */
class PluginProtocolTest {

    private static final String CODE = """
            package com.acme;

            import dev.objectos.runtime.PlatformException;
            import dev.objectos.runtime.query.RecordQuery;
            import dev.objectos.runtime.session.Session;
            import dev.objectos.runtime.spi.*;
            import java.io.*;
            import java.lang.ref.WeakReference;
            import java.nio.charset.StandardCharsets;
            import java.util.*;
            import org.springframework.boot.autoconfigure.AutoConfiguration;
            import org.springframework.context.annotation.Bean;

            @AutoConfiguration
            public class Lines {
                @Bean ProtocolAdapter adapter(Records records) {
                    return new ProtocolAdapter() {
                        @Override public String name() { return "acme-lines.tcp"; }
                        @Override public String protocol() { return "acme-lines/@VERSION@"; }
                        @Override public int port() { return @PORT@; }
                        @Override public void serve(ProtocolClient client) throws Exception {
                            System.getProperties().put("acme.loader", new WeakReference<>(getClass().getClassLoader()));
                            var in = new BufferedReader(new InputStreamReader(client.input(), StandardCharsets.UTF_8));
                            var out = new PrintWriter(client.output(), true, StandardCharsets.UTF_8);
                            SessionLease lease = Optional::empty;
                            for (String line = in.readLine(); line != null; line = in.readLine()) {
                                String[] words = line.split(" ");
                                if (words[0].equals("HELLO")) {
                                    lease = client.signIn(words[1]);
                                    out.println(lease.current().isPresent() ? "WELCOME" : "WHO ARE YOU");
                                } else {
                                    out.println(lease.current().map(session -> get(client, session, words)).orElse("SIGN IN"));
                                }
                            }
                        }
                        private String get(ProtocolClient client, Session session, String[] words) {
                            try {
                                var wanted = new RecordQuery(words[1], UUID.fromString(words[2]), List.of(), List.of());
                                return client.run(session, () -> new String(
                                        records.get(wanted, Session.CURRENT.get()).json().utf8(), StandardCharsets.UTF_8));
                            } catch (PlatformException e) {
                                return "REFUSED " + e.code().name();
                            }
                        }
                    };
                }
            }
            """;

    private static final UUID ELSEWHERE = UUID.fromString("00000000-0000-7000-8000-0000000000ee");

    @TempDir
    private Path home;

    private final Map<String, Session> signedIn = new ConcurrentHashMap<>();
    private int port;

    @BeforeEach
    void findAPort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        signedIn.put("ada", TestingNode.ADMINISTRATOR);
        signedIn.put("eve", new Session(ELSEWHERE, TestingNode.ADMINISTRATOR.user(),
                TestingNode.ADMINISTRATOR.roles(), false, TestingNode.ADMINISTRATOR.locale(),
                TestingNode.ADMINISTRATOR.zone(), Origin.REST));
    }

    private TestingPlugin lines(String version, String permissions) {
        return new TestingPlugin("acme-lines", version, permissions).object("letters", "").java(Map.of("com.acme.Lines",
                CODE.replace("@VERSION@", version).replace("@PORT@", String.valueOf(port))));
    }

    private TestingPlugin lines(String version) {
        return lines(version, "permissions: {ports: [" + port + "]}\n");
    }

    /** Instead of plugin-auth, whose tokens are no part of this module: a word for each session. */
    private void server(String database, Consumer<TestingNode> use, String... settings) {
        SessionLeases leases = credential -> () -> Optional.ofNullable(signedIn.get(credential));
        TestingNode.run(new ApplicationContextRunner().withBean(SessionLeases.class, () -> leases),
                TestingDatabase.empty(database), home, use, settings);
    }

    private static void approved(TestingNode node, TestingPlugin plugin) {
        assertThat(node.install(plugin).state()).isEqualTo("AWAITING_APPROVAL");
        node.plugins().approve("acme-lines", null, TestingNode.ADMINISTRATOR);
    }

    private static String letter(TestingNode node) {
        return node.context().getBean(Records.class)
                .create(new Mutation.Create("letters", Map.of("name", "Dear Ada")),
                        Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM))
                .id().toString();
    }

    /** A client that says one line after another. */
    private static final class Client implements AutoCloseable {

        private final Socket socket;
        private final BufferedReader in;
        private final PrintWriter out;

        Client(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(20_000);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
        }

        /** What is answered; {@code null} as a word where the connection has ended. */
        String say(String line) {
            out.println(line);
            try {
                return String.valueOf(in.readLine());
            } catch (IOException _) {
                return "null";
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private Client client() {
        try {
            return new Client(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isOpen() {
        try (var _ = new Client(port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Test
    void answersWhatTheTokensUserMayReadAndNothingElseForAsLongAsThePluginRuns() throws IOException {
        server("protocol_lines", node -> {
            assertThat(isOpen()).isFalse();
            approved(node, lines("1.0.0"));
            String letter = letter(node);
            try (Client client = client()) {
                assertThat(client.say("GET letters " + letter)).isEqualTo("SIGN IN");
                assertThat(client.say("HELLO nobody")).isEqualTo("WHO ARE YOU");
                assertThat(client.say("HELLO ada")).isEqualTo("WELCOME");
                assertThat(client.say("GET letters " + letter)).contains("Dear Ada");
                assertThat(client.say("GET user " + TestingNode.ADA)).as("not the plugin's, and not asked for")
                        .isEqualTo("REFUSED PERMISSION_DENIED");
                assertThat(client.say("HELLO eve")).isEqualTo("WELCOME");
                assertThat(client.say("GET letters " + letter)).as("another tenant's")
                        .isEqualTo("REFUSED RECORD_NOT_FOUND");

                assertThat(client.say("HELLO ada")).isEqualTo("WELCOME");
                signedIn.remove("ada");
                assertThat(client.say("GET letters " + letter)).as("revoked meanwhile").isEqualTo("SIGN IN");

                assertThat(node.plugins().protocols()).containsExactly(new PluginProtocol("acme-lines",
                        "acme-lines.tcp", "acme-lines/1.0.0", "127.0.0.1", port, 1));
                assertThat(node.context().getBean(Health.class).probes()).extracting(ProbeHealth::name)
                        .contains("acme-lines.tcp");

                node.plugins().disable("acme-lines", false, TestingNode.ADMINISTRATOR);
                assertThat(client.say("HELLO ada")).isEqualTo("null");
                assertThat(isOpen()).isFalse();
                assertThat(node.plugins().protocols()).isEmpty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            node.plugins().enable("acme-lines", TestingNode.ADMINISTRATOR);
            assertThat(isOpen()).isTrue();
        });
        assertThat(isOpen()).as("the server has stopped").isFalse();
    }

    @Test
    void listensWhereTheManifestSaysAndAnAdministratorHasApproved() {
        server("protocol_ports", node -> {
            assertThat(node.install(lines("1.0.0")).state()).isEqualTo("AWAITING_APPROVAL");
            assertThat(isOpen()).isFalse();
            assertThatThrownBy(() -> node.install(lines("1.0.1", ""))).isInstanceOf(PlatformException.class)
                    .hasMessageContaining("permissions.ports").hasMessageContaining(String.valueOf(port));
        });
    }

    @Test
    void onePortAfterTheOtherIsHandedOnByAnUpgradeAndByOneThatFails() {
        server("protocol_upgrade", node -> {
            approved(node, lines("1.0.0"));
            node.install(lines("1.1.0"));
            assertThat(node.plugins().protocols()).extracting(PluginProtocol::protocol)
                    .containsExactly("acme-lines/1.1.0");
            assertThat(isOpen()).isTrue();
            assertThatThrownBy(() -> node.install(lines("1.2.0", ""))).isInstanceOf(PlatformException.class);
            assertThat(node.plugins().protocols()).extracting(PluginProtocol::protocol)
                    .containsExactly("acme-lines/1.1.0");
            assertThat(isOpen()).isTrue();
        });
    }

    @Test
    void whereThePortIsTakenThePluginFailsWithAReasonAndNothingElse() throws IOException {
        try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            server("protocol_taken", node -> {
                node.install(TestingMember.of("acme-mail", "1.0.0", ""));
                assertThat(node.install(lines("1.0.0")).state()).isEqualTo("AWAITING_APPROVAL");
                assertThatThrownBy(() -> node.plugins().approve("acme-lines", null, TestingNode.ADMINISTRATOR))
                        .isInstanceOf(PlatformException.class).hasMessageContaining(String.valueOf(port))
                        .extracting(refused -> ((PlatformException) refused).code())
                        .isEqualTo(RuntimeError.INVALID_PLUGIN);
                assertThat(node.summary("acme-lines").state()).isEqualTo("FAILED");
                assertThat(node.summary("acme-lines").reason()).contains(String.valueOf(taken.getLocalPort()));
                assertThat(node.ask("acme-mail", "version")).isEqualTo("1.0.0");
                assertThat(node.plugins().protocols()).isEmpty();
            });
        }
    }

    @Test
    void hangsUpOnThoseThatAreTooManyAndThoseThatSayNothing() {
        server("protocol_bounds", node -> {
            approved(node, lines("1.0.0"));
            try (Client first = client(); Client second = client()) {
                assertThat(first.say("HELLO ada")).isEqualTo("WELCOME");
                assertThat(second.say("HELLO ada")).isEqualTo("null");
                TestingNode.await(() -> first.say("HELLO ada").equals("WELCOME") && node.plugins().protocols()
                        .getFirst().clients() == 1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            TestingNode.await(() -> node.plugins().protocols().getFirst().clients() == 0);
            try (Client silent = client()) {
                assertThat(silent.say("HELLO ada")).isEqualTo("WELCOME");
                TestingNode.await(() -> node.plugins().protocols().getFirst().clients() == 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, "objectos.plugins.protocols.clients=1", "objectos.plugins.protocols.idle=500ms");
    }

    @Test
    void leavesNothingBehindAlthoughClientsAreConnected() {
        server("protocol_leak", node -> {
            approved(node, lines("1.0.0"));
            try (Client client = client()) {
                assertThat(client.say("HELLO ada")).isEqualTo("WELCOME");
                var loader = (WeakReference<?>) System.getProperties().remove("acme.loader");
                node.plugins().uninstall("acme-lines", false, false, TestingNode.ADMINISTRATOR);
                TestingNode.await(() -> {
                    System.gc();
                    return loader.get() == null;
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
