package dev.objectos.auth;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.objectos.auth.provider.AuthConfiguration;
import dev.objectos.auth.provider.AuthConfigurations;
import dev.objectos.auth.session.Logins;
import dev.objectos.runtime.AtExit;
import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.ObjectOs;
import dev.objectos.runtime.TestingClock;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.spi.Announcement;
import dev.objectos.runtime.spi.RoleNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole server with this plugin, on a real PostgreSQL, at a time that the test sets. */
public final class TestingServer implements AutoCloseable {

    public static final String EMAIL = "Ada@Example.com";
    public static final String PASSWORD = "correct horse battery staple";

    /** A page there may call the guarded server from a browser. */
    public static final String FRIEND = "https://app.example.com";

    /** How many requests one API key may make in a minute, of the guarded server. */
    public static final int REQUESTS_PER_KEY = 60;

    /** A password that the guarded server knows from a breach. */
    public static final String STOLEN = "kept under a doormat";

    private static final String STOLEN_DIGEST = "0BA2B917B2D55D46D4250CE087D8A1E0F32F6F57";

    /** Roles that mean something, as permissions would say; beside those of the platform. */
    private static final Set<String> ROLES = Set.of("sales", "support", "other", "staff");

    private static final Map<String, String> APPLICATION = Map.of("accounts.object.yml", """
            name: accounts
            fields:
              name: {type: text, required: true}
              secret: {type: text}
            """, "contacts.object.yml", """
            name: contacts
            fields:
              name: {type: text, required: true}
              account: {type: lookup, reference_to: accounts, on_delete: cascade}
              greeting: {type: formula, expression: "'Dear ' + record.name"}
              leak: {type: formula, expression: "record.account.secret"}
            """);

    private final ServletWebServerApplicationContext context;
    private final GreenMail mails;
    private final Path home;
    private final HttpClient client = HttpClient.newHttpClient();

    private TestingServer(ServletWebServerApplicationContext context, GreenMail mails, Path home) {
        this.context = context;
        this.mails = mails;
        this.home = home;
    }

    /** Has people sign in as an {@code auth.config.yml} says, until the next one. */
    public void configure(String yaml) {
        AuthConfigurations configurations = bean(AuthConfigurations.class);
        AuthConfiguration before = configurations.get();
        try {
            Files.writeString(home.resolve("auth.config.yml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Eventually.await(() -> configurations.get() != before);
    }

    /** One server for all tests that need none of their own; each makes its own people and tenants there. */
    public static TestingServer shared() {
        return Shared.SERVER;
    }

    /** One with records of an application, and with narrow settings of what reaches it. */
    public static TestingServer guarded() {
        return Guarded.SERVER;
    }

    /** One that has a name of its own, whose tenants have host names, and where anybody may make some. */
    public static TestingServer named() {
        return Named.SERVER;
    }

    /** Started by the first test that asks. */
    private static final class Shared {

        static final TestingServer SERVER = kept("auth_shared", _ -> Map.of());
    }

    private static final class Guarded {

        static final TestingServer SERVER = kept("auth_guarded",
                home -> Map.of("objectos.metadata.dirs", metadata(home),
                        "objectos.server.trusted-proxies", "127.0.0.1/32", "objectos.auth.cors.origins", FRIEND,
                        "objectos.auth.limits.key", Integer.toString(REQUESTS_PER_KEY), "objectos.auth.basic.enabled",
                        "true",
                        "objectos.auth.password.breached-file", breached(home), "objectos.auth.tenants.base-domain",
                        "guarded.test",
                        "objectos.storage.driver", "sqlite"));

        private static String breached(Path home) {
            try {
                return Files.writeString(home.resolve("breached.txt"), STOLEN_DIGEST + ":3\n").toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String metadata(Path home) {
            try {
                Path folder = Files.createDirectory(home.resolve("metadata"));
                for (Map.Entry<String, String> file : APPLICATION.entrySet()) {
                    Files.writeString(folder.resolve(file.getKey()), file.getValue());
                }
                return folder.toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Named {

        static final TestingServer SERVER = kept("auth_named", _ -> Map.of("objectos.auth.public-url",
                "https://erp.example.com", "objectos.auth.trusted-origins", FRIEND,
                "objectos.auth.passkey.rp-id", "example.com", "objectos.auth.passkey.origins", FRIEND,
                "objectos.auth.registration.verify-email", "false", "objectos.auth.password.policy.max-age-days", "90",
                "objectos.auth.password.policy.history", "2", "objectos.auth.tenants.base-domain", "erp.test",
                "objectos.auth.tenants.hosts[own.example]", "second", "objectos.auth.tenants.self-service", "true"));
    }

    /** One that goes with the process. */
    private static TestingServer kept(String database, Function<Path, Map<String, ?>> settings) {
        try {
            Path home = Files.createTempDirectory(database);
            TestingServer server = start(home, TestingDatabase.empty(database), PASSWORD, settings.apply(home));
            AtExit.close(() -> {
                server.close();
                FileSystemUtils.deleteRecursively(home);
            });
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With an empty database, and an administrator of a known password. */
    public static TestingServer fresh(Path home, String database) {
        return start(home, TestingDatabase.empty(database), PASSWORD);
    }

    /** @param password of the first administrator; null: generated */
    public static TestingServer start(Path home, DatabaseProperties database, @Nullable String password) {
        return start(home, database, password, Map.of());
    }

    /** The same with more settings. */
    public static TestingServer start(Path home, DatabaseProperties database, @Nullable String password,
            Map<String, ?> more) {
        var mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mails.start();
        var settings = new LinkedHashMap<String, Object>();
        settings.put("objectos.mail.host", "127.0.0.1");
        settings.put("objectos.mail.port", Integer.toString(mails.getSmtp().getPort()));
        settings.put("objectos.auth.mail-limit.per-client", "10000");
        settings.put("server.port", "0");
        settings.put("server.address", "127.0.0.1");
        settings.put("objectos.home", home.toString());
        settings.put("objectos.database.url", String.valueOf(database.url()));
        settings.put("objectos.database.user", String.valueOf(database.user()));
        settings.put("objectos.database.password", String.valueOf(database.password()));
        settings.put("objectos.admin.email", EMAIL);
        // Hundreds of people sign in; how much a password costs is no matter of these tests.
        settings.put("objectos.auth.password.memory-kib", "64");
        settings.put("objectos.auth.password.passes", "1");
        // All tests together come from one address.
        settings.put("objectos.auth.throttle.address-failures", "100000");
        if (password != null) {
            settings.put("objectos.admin.password", password);
        }
        settings.putAll(more);
        var application = new SpringApplication(ObjectOs.class, Beans.class);
        application.setDefaultProperties(Map.copyOf(settings));
        application.setRegisterShutdownHook(false);
        return new TestingServer((ServletWebServerApplicationContext) application.run(), mails, home);
    }

    /** An answer whose body may be looked into. */
    public record Answer(int status, JsonNode json, HttpResponse<String> response) {

        @Nullable
        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        public String code() {
            return json.path("code").asString("");
        }

        public String token() {
            return json.path("token").asString();
        }

        /** The cookie as a browser sends it back. */
        public String cookie() {
            return Objects.requireNonNull(header("Set-Cookie")).split(";", 2)[0];
        }
    }

    public Answer signIn(String email, String password) {
        return post("/api/auth/sign-in/email",
                JsonMapper.shared().writeValueAsString(Map.of("email", email, "password", password)));
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public Answer post(String path, @Nullable String json, String... headers) {
        return send("POST", path, json, headers);
    }

    public Answer send(String method, String path, @Nullable String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(origin() + path)).method(method,
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        request.header("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), JsonMapper.shared().readTree(response.body()), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public String origin() {
        return "http://127.0.0.1:" + Objects.requireNonNull(context.getWebServer()).getPort();
    }

    /** What the server has sent to mailboxes. */
    public GreenMail mails() {
        return mails;
    }

    /** The administrator's token, from a sign-in of its own. */
    public String administrator() {
        return signIn(EMAIL, PASSWORD).token();
    }

    /** Whatever the server's parts are, for tests that look behind the surface. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Has every credential looked up anew, as it is after a few seconds. */
    public void forgetSessions() {
        context.getBean(Logins.class).forgetAll();
    }

    public TestingClock clock() {
        return context.getBean(TestingClock.class);
    }

    CountingPasswords passwords() {
        return (CountingPasswords) context.getBean(PasswordEncoder.class);
    }

    /** What whoever starts the server gets to read. */
    List<String> announced() {
        return context.getBeansOfType(Announcement.class).values().stream()
                .flatMap(announcement -> announcement.lines().stream()).toList();
    }

    /** The first column of all rows of the platform's own tables. */
    public List<String> stored(String sql) {
        try (var connection = context.getBean(Databases.class).worker().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(String.valueOf(rows.getString(1)));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        client.close();
        context.close();
        mails.stop();
    }

    /** The server's own encoder, counting how often it works. */
    static final class CountingPasswords implements PasswordEncoder {

        final AtomicInteger encoded = new AtomicInteger();
        final AtomicInteger matched = new AtomicInteger();
        private final PasswordEncoder encoder;

        CountingPasswords(PasswordEncoder encoder) {
            this.encoder = encoder;
        }

        @Override
        public @Nullable String encode(@Nullable CharSequence rawPassword) {
            encoded.incrementAndGet();
            return encoder.encode(rawPassword);
        }

        @Override
        public boolean matches(@Nullable CharSequence rawPassword, @Nullable String encodedPassword) {
            matched.incrementAndGet();
            return encoder.matches(rawPassword, encodedPassword);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        TestingClock clock() {
            return new TestingClock(Instant.parse("2026-05-01T08:00:00Z"));
        }

        @Bean
        RoleNames roleNames() {
            return _ -> ROLES;
        }

        @Bean
        static BeanPostProcessor counting() {
            return new BeanPostProcessor() {

                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof PasswordEncoder encoder ? new CountingPasswords(encoder) : bean;
                }
            };
        }
    }
}
