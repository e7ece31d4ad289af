package dev.objectos.runtime.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.event.EventFilter;
import dev.objectos.runtime.event.MetadataPublished;
import dev.objectos.runtime.event.RecordEvent;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.publish.MetadataPublisher;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.DeadLetters;
import dev.objectos.runtime.spi.EventSubscriber;
import dev.objectos.runtime.spi.EventSubscriptions;
import dev.objectos.runtime.spi.Records;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class EventAutoConfigurationTest {

    private static final Session SESSION = Session.system(Session.DEFAULT_TENANT, Origin.REST);

    @TempDir
    private Path folder;

    private final BlockingQueue<RecordEvent> heard = new LinkedBlockingQueue<>();

    /** Hears of notes, and writes a task for each new one. */
    private final class NoteSubscriber implements EventSubscriber {

        private final Supplier<Records> records;

        NoteSubscriber(Supplier<Records> records) {
            this.records = records;
        }

        @Override
        public String name() {
            return "testing.notes";
        }

        @Override
        public EventFilter filter() {
            return EventFilter.of("notes");
        }

        @Override
        public void handle(RecordEvent event, Session session) {
            records.get().create(new Mutation.Create("tasks", Map.of("title", "because")), session);
            heard.add(event);
        }
    }

    @Test
    void deliversWhatIsWrittenToTheBeansThatSubscribe() throws IOException {
        DatabaseProperties database = TestingDatabase.empty("events_autoconfigured");
        Path metadata = Files.createDirectories(folder.resolve("metadata"));
        Files.writeString(metadata.resolve("notes.object.yml"), "fields: {title: {type: text}}\n");
        Files.writeString(metadata.resolve("tasks.object.yml"), "fields: {title: {type: text}}\n");
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DatabaseAutoConfiguration.class,
                        RuntimeAutoConfiguration.class, EventAutoConfiguration.class))
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withInitializer(context -> ((org.springframework.context.support.GenericApplicationContext) context)
                        .registerBean("notes", EventSubscriber.class,
                                () -> new NoteSubscriber(() -> context.getBean(Records.class))))
                // Only a commit wakes it within the test.
                .withPropertyValues("objectos.home=" + folder, "objectos.database.url=" + database.url(),
                        "objectos.database.user=" + database.user(),
                        "objectos.database.password=" + database.password(),
                        "objectos.database.pools.app=2", "objectos.database.pools.worker=3",
                        "objectos.metadata.dirs=" + metadata, "objectos.events.poll=1h")
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(DeadLetters.class)
                            .hasSingleBean(EventSubscriptions.class);
                    assertThat(context.getBean("eventLifecycle", PhasedLifecycle.class).isRunning()).isTrue();
                    var published = new LinkedBlockingQueue<MetadataPublished>();
                    context.getBean(EventBus.class).subscribe(MetadataPublished.class, published::add);

                    var note = context.getBean(Records.class)
                            .create(new Mutation.Create("notes", Map.of("title", "hello")), SESSION);

                    RecordEvent event = Objects.requireNonNull(heard.poll(30, TimeUnit.SECONDS));
                    assertThat(event.change().record()).isEqualTo(note.id());
                    assertThat(event.change().version()).isEqualTo(1);
                    assertThat(event.change().changes().toString()).contains("\"to\": \"hello\"");
                    context.getBean(MetadataPublisher.class).publish();
                    long version = context.getBean(Catalogs.class).current().version();
                    assertThat(Objects.requireNonNull(published.poll(30, TimeUnit.SECONDS)).version()).isPositive()
                            .isLessThanOrEqualTo(version);
                    context.stop();
                    assertThat(context.getBean("eventLifecycle", PhasedLifecycle.class).isRunning()).isFalse();
                });
    }
}
