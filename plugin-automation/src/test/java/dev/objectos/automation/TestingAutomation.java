package dev.objectos.automation;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.objectos.automation.run.Run;
import dev.objectos.automation.run.RunLog;
import dev.objectos.automation.run.TestingRuns;
import dev.objectos.runtime.ObjectOs;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.publish.MetadataPublisher;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.Records;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole server without a web surface, over a database of its own, with a mail server beside it. */
public final class TestingAutomation implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path metadata;
    private final GreenMail mails;
    private final ConfigurableApplicationContext context;

    private TestingAutomation(Path metadata, GreenMail mails, ConfigurableApplicationContext context) {
        this.metadata = metadata;
        this.mails = mails;
        this.context = context;
    }

    /** @param files metadata by path */
    public static TestingAutomation start(Path folder, String database, Map<String, String> files,
            String... settings) {
        var mails = new GreenMail(new ServerSetup(freePort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mails.start();
        Path metadata = folder.resolve("metadata");
        files.forEach((path, content) -> write(metadata.resolve(path), content));
        DatabaseProperties properties = TestingDatabase.empty(database);
        var all = new LinkedHashMap<String, Object>();
        all.put("objectos.home", folder.resolve("home").toString());
        all.put("objectos.database.url", String.valueOf(properties.url()));
        all.put("objectos.database.user", String.valueOf(properties.user()));
        all.put("objectos.database.password", String.valueOf(properties.password()));
        all.put("objectos.metadata.dirs", metadata.toString());
        all.put("objectos.metadata.watch", "false");
        all.put("objectos.mail.host", "127.0.0.1");
        all.put("objectos.mail.port", Integer.toString(mails.getSmtp().getPort()));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        var application = new SpringApplication(ObjectOs.class, Beans.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setDefaultProperties(all);
        return new TestingAutomation(metadata, mails, application.run());
    }

    @Configuration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        TestingRuns testingRuns(DataSource worker) {
            return new TestingRuns(worker);
        }
    }

    /** One that stays the same when the mail server comes back. */
    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Saves a file and publishes what there is then. */
    public Catalog publish(String path, String content) {
        write(metadata.resolve(path), content);
        return bean(MetadataPublisher.class).publish();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public GreenMail mails() {
        return mails;
    }

    public static Session system() {
        return Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM);
    }

    /** A user record. */
    public UUID user(String username, String email) {
        return create("user", Map.of("name", username, "username", username, "email", email)).id();
    }

    /** Somebody who has signed in. */
    public static Session session(UUID user) {
        return new Session(Session.DEFAULT_TENANT, new UserIdentity(user, "ada@example.com", "Ada", "ada"), Set.of(),
                false, Locale.ENGLISH, ZoneOffset.UTC, Origin.REST);
    }

    public RecordDocument create(String object, Map<String, ? extends @Nullable Object> values) {
        return create(object, values, system());
    }

    public RecordDocument create(String object, Map<String, ? extends @Nullable Object> values, Session session) {
        return bean(Records.class).create(new Mutation.Create(object, new LinkedHashMap<>(values)), session);
    }

    public RecordDocument update(String object, UUID id, Map<String, ? extends @Nullable Object> values) {
        return bean(Records.class).update(new Mutation.Update(object, id, new LinkedHashMap<>(values), null),
                system());
    }

    public void delete(String object, UUID id) {
        bean(Records.class).delete(new Mutation.Delete(object, id, null), system());
    }

    /** Records with that value. */
    public List<JsonNode> all(String object, String field, String value) {
        var query = new Query(object, List.of(),
                new Predicate.Comparison(FieldPath.parse(field), Operator.EQ, new Operand.Literal(value)), List.of(),
                Page.first(Page.MAXIMUM), List.of(), List.of(), List.of(), Predicate.ALWAYS, null, false);
        return json(bean(Records.class).query(query, system()).toString()).path("records").valueStream().toList();
    }

    public static JsonNode json(RecordDocument document) {
        return json(document.json().toString());
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    /** The runs of a trigger, newest first. */
    public List<Run> runs(String trigger) {
        return bean(RunLog.class).page(
                new RunLog.Wanted(Session.DEFAULT_TENANT, trigger, null, null, null, null, 200));
    }

    /** The only run of a trigger, once it stands so. */
    public Run run(String trigger, Run.Status status) {
        return await(() -> {
            List<Run> runs = runs(trigger);
            return runs.size() == 1 && runs.getFirst().status() == status ? runs.getFirst() : null;
        }, () -> runs(trigger).toString());
    }

    /** Waits for something. */
    public static <T> T await(Supplier<@Nullable T> wanted, Supplier<String> found) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            T value = wanted.get();
            if (value != null) {
                return value;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain; there is " + found.get());
            }
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }

    @Override
    public void close() {
        context.close();
        mails.stop();
    }
}
