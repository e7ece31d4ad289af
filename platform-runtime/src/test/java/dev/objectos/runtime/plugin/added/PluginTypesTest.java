package dev.objectos.runtime.plugin.added;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.ErrorKind;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.plugin.TestingPlugin;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Records;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that work all the while: a version with another type of a field, and the end of a plugin with its records. */
class PluginTypesTest {

    private static final Session SYSTEM = Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM);

    @TempDir
    private Path home;

    private final DatabaseProperties database = TestingDatabase.empty("plugin_types");

    private static TestingPlugin letters(String version, String type) {
        return new TestingPlugin("acme-letters", version, "").object("letters",
                "  pages: {" + type + ", indexed: true, required: true}\n");
    }

    private static boolean hasType(TestingNode node, String type) {
        return node.context().getBean(Catalogs.class).current().object("letters")
                .flatMap(letters -> letters.field("pages")).map(FieldDefinition::type)
                .filter(is -> is.name().equals(type))
                .isPresent();
    }

    private List<String> columns() {
        return list("SELECT column_name FROM information_schema.columns WHERE table_schema = 'data' "
                + "AND table_name = 'letters' AND column_name LIKE 'pages%' ORDER BY 1");
    }

    private List<String> list(String query) {
        try (var connection = DriverManager.getConnection(String.valueOf(database.url()), database.user(),
                database.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    @Test
    void nobodyNoticesThatATypeChangesNorThatAnObjectGoes() {
        TestingNode.run(database, home, here -> TestingNode.run(database, home, there -> {
            here.install(letters("1.0.0", "type: integer"));
            TestingNode.await(() -> hasType(there, "integer"));
            try (var work = new Work(List.of(here, there))) {
                work.go(40);
                there.install(letters("2.0.0", "type: number, precision: 12, scale: 2"));
                TestingNode.await(() -> hasType(here, "number"));
                work.go(40);
                assertThat(columns()).contains("pages~2");
                TestingNode.await(() -> columns().equals(List.of("pages~2")));
                work.go(40);
                assertThat(work.errors).isEmpty();
                assertThat(work.wrong).isEmpty();

                here.plugins().uninstall("acme-letters", false, true, TestingNode.ADMINISTRATOR);
                TestingNode.await(() -> columns().isEmpty());
                work.end();
                // The object has gone, or the record before it.
                assertThat(work.errors).allSatisfy(
                        error -> assertThat(error).isInstanceOfSatisfying(PlatformException.class,
                                gone -> assertThat(gone.code().kind()).isEqualTo(ErrorKind.NOT_FOUND)));
            }
        }));
    }

    /** Records that both nodes make, change and look for. */
    private static final class Work implements AutoCloseable {

        private final ConcurrentLinkedQueue<Throwable> errors = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicBoolean over = new AtomicBoolean();
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final List<Future<?>> running = new ArrayList<>();

        Work(List<TestingNode> nodes) {
            for (TestingNode node : nodes) {
                Records records = node.context().getBean(Records.class);
                running.add(threads.submit(() -> {
                    while (!over.get()) {
                        step(records);
                    }
                }));
            }
        }

        private void step(Records records) {
            int pages = done.incrementAndGet();
            try {
                var id = records.create(new Mutation.Create("letters", Map.of("name", "n" + pages, "pages", pages)),
                        SYSTEM).id();
                records.update(new Mutation.Update("letters", id, Map.of("pages", pages + 1_000_000), null), SYSTEM);
                var query = new Query("letters", List.of(FieldPath.of("name")),
                        new Predicate.Comparison(FieldPath.of("pages"), Operator.EQ,
                                new Operand.Literal(pages + 1_000_000)),
                        List.of(), Page.first(2), List.of(), List.of(), List.of(), Predicate.ALWAYS, null, false);
                String found = new String(records.query(query, SYSTEM).utf8(), StandardCharsets.UTF_8);
                if (!found.contains("\"n" + pages + "\"")) {
                    wrong.add(pages + ": " + found);
                }
            } catch (RuntimeException e) {
                errors.add(e);
                over.compareAndSet(false, e instanceof PlatformException refused
                        && refused.code() == RuntimeError.OBJECT_NOT_FOUND);
            }
        }

        /** Returns once so much more has been done. */
        void go(int steps) {
            int until = done.get() + steps;
            TestingNode.await(() -> done.get() >= until);
        }

        void end() {
            over.set(true);
            running.forEach(task -> {
                try {
                    task.get();
                } catch (InterruptedException | ExecutionException e) {
                    errors.add(e);
                }
            });
        }

        @Override
        public void close() {
            over.set(true);
            threads.close();
        }
    }
}
