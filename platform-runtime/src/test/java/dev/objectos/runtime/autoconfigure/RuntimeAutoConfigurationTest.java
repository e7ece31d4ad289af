package dev.objectos.runtime.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RunsBesideOthers;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.Announcement;
import dev.objectos.runtime.spi.RecordFilters;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.spi.WriteRights;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@RunsBesideOthers
class RuntimeAutoConfigurationTest {

    @TempDir
    private Path folder;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(DatabaseAutoConfiguration.class, RuntimeAutoConfiguration.class))
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new);

    @Test
    void servesRecordsOfAGivenDatabaseAndPublishesWhatIsSaved() throws IOException {
        DatabaseProperties database = TestingDatabase.empty("autoconfigured");
        Path metadata = Files.createDirectories(folder.resolve("metadata"));
        Files.writeString(metadata.resolve("notes.object.yml"), "fields: {title: {type: text}}\n");
        runner.withBean(WriteRights.class, NoCreations::new).withPropertyValues("objectos.home=" + folder,
                "objectos.database.url=" + database.url(),
                "objectos.database.user=" + database.user(), "objectos.database.password=" + database.password(),
                "objectos.database.pools.app=2", "objectos.database.pools.worker=3",
                "objectos.metadata.dirs=" + metadata, "objectos.metadata.quiet=20ms").run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(Records.class);
                    Catalogs catalogs = context.getBean(Catalogs.class);
                    assertThat(catalogs.current().object("users")).isPresent();
                    assertThat(catalogs.current().object("notes")).isPresent();
                    Session somebody = new Session(Session.DEFAULT_TENANT,
                            new UserIdentity(new UUID(1, 1), "a@example.com", "A", null), Set.of(), false,
                            Locale.ENGLISH,
                            ZoneOffset.UTC, Origin.REST);
                    assertThatThrownBy(() -> context.getBean(Records.class)
                            .create(new Mutation.Create("notes", Map.of("title", "a")), somebody))
                            .as("rights of plugins are asked").isInstanceOf(PlatformException.class)
                            .hasMessage("No notes");
                    assertThat(context.getBean(RecordFilters.class).count("notes", RowFilter.EVERYTHING, somebody))
                            .isZero();
                    PhasedLifecycle lifecycle = context.getBean("runtimeLifecycle", PhasedLifecycle.class);
                    assertThat(lifecycle.isRunning()).isTrue();
                    Files.writeString(metadata.resolve("tasks.object.yml"), "fields: {title: {type: text}}\n");
                    Eventually.await(() -> catalogs.current().object("tasks").isPresent());
                    context.stop();
                    assertThat(lifecycle.isRunning()).isFalse();
                });
    }

    @Test
    void bringsItsOwnDatabaseWhereNoneIsGiven() {
        runner.withPropertyValues("objectos.home=" + folder).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(Catalogs.class).current().object("user")).isPresent();
            assertThat(folder.resolve("postgres").resolve("data")).isDirectory();
        });
        assertThat(folder.resolve("postgres").resolve("data").resolve("postmaster.pid")).doesNotExist();
    }

    @Test
    void tellsWhereTheServerIsAndWhatElseMustBeRead() {
        var printed = new ByteArrayOutputStream();
        var notice = new ReadyNotice(List.<Announcement>of(() -> List.of("Password  secret")),
                new PrintStream(printed, true, StandardCharsets.UTF_8));
        new ApplicationContextRunner().withPropertyValues("local.server.port=8123").run(context -> notice
                .onApplicationEvent(new ApplicationReadyEvent(new SpringApplication(), new String[0],
                        context.getSourceApplicationContext(), Duration.ofMillis(2345))));
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("ObjectOS is ready after 2.3 s",
                "  Address   http://localhost:8123\n", "  Password  secret\n");
    }

    /** Lets nobody make a record, apart from the platform. */
    private static final class NoCreations implements WriteRights {

        @Override
        public Object fingerprint(Session session, Catalog catalog) {
            return session.isSystem();
        }

        @Override
        public void admit(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
            if (!session.isSystem()) {
                throw new PlatformException(RuntimeError.PERMISSION_DENIED, "No " + object.name());
            }
        }

        @Override
        public RowFilter rows(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
            return RowFilter.EVERYTHING;
        }

        @Override
        public Set<String> locked(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
            return Set.of();
        }
    }
}
