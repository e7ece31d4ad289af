package dev.objectos.runtime.action;

import static dev.objectos.runtime.pipeline.TestingWrites.refusal;
import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.pipeline.GatheredRights;
import dev.objectos.runtime.pipeline.ReadPipeline;
import dev.objectos.runtime.pipeline.RecordPipeline;
import dev.objectos.runtime.pipeline.TestingWrites;
import dev.objectos.runtime.plan.ChangeRights;
import dev.objectos.runtime.plan.FieldViews;
import dev.objectos.runtime.plan.ReadPlanner;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.service.ServiceKey;
import dev.objectos.runtime.service.registry.ServiceRegistry;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ActionCall;
import dev.objectos.runtime.spi.ActionHandler;
import dev.objectos.runtime.spi.ActionRights;
import dev.objectos.runtime.spi.RecordFilters;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.sql.QueryExecutor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What actions do, who may run them, and with what. */
class ActionRunnerTest {

    private static final String ORDERS = """
            name: orders
            fields:
              title: {type: text, required: true}
              note: {type: text}
              count: {type: integer, default: 0}
              amount: {type: currency, precision: 18, scale: 2}
              due: {type: date}
              buyer: {type: lookup, reference_to: user}
            actions:
              bump:
                params: {by: {type: integer, default: 1, min: 1, max: 10}}
                handler: {updates: {count: "${record.count + params.by}"}}
              settle:
                label: Settle
                params:
                  amount: {type: currency, required: true, precision: 18, scale: 2, min: 0}
                  on: {type: date, default: "${today}"}
                  by: {type: lookup, reference_to: user}
                updates:
                  amount: "${params.amount}"
                  due: "${params.on}"
                  buyer: "${params.by}"
                  note: "Settled by ${currentUser.name}: ${params.amount}"
                  count: 7
              secret: {permission: [boss], handler: {updates: {count: 0}}}
              count_all: {type: global, handler: counter}
              charge: {handler: {service: acme.charge, version: ^1.0.0}}
              lost: {type: global, handler: nobody}
              described: {type: record, label: Described}
            """;

    private static TestingWrites writes;
    private static ServiceRegistry services;
    private static ActionRunner runner;

    private static final List<ActionCall> CALLS = new ArrayList<>();

    /** Counts its calls. */
    private static final class Counter implements ActionHandler {

        @Override
        public String name() {
            return "counter";
        }

        @Override
        public Object run(ActionCall call) {
            CALLS.add(call);
            return Map.of("calls", CALLS.size());
        }
    }

    @BeforeAll
    static void open() {
        writes = TestingWrites.of("actions", ORDERS);
        services = new ServiceRegistry(new EventBus(), new SimpleMeterRegistry(), Clock.systemUTC());
        var reads = new ReadPipeline(writes.catalogs(), new ReadPlanner(List.of()),
                new QueryExecutor(writes.databases().app(), new SimpleMeterRegistry()), Clock.systemUTC());
        runner = new ActionRunner(writes.catalogs(), new RecordPipeline(reads, writes.pipeline()),
                new GatheredRights(new FieldViews(List::of), ChangeRights.OPEN, new NoFilters()),
                () -> ActionRights.OPEN, new ActionHandlers(() -> List.of(new Counter())), services.of("objectos"),
                Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        writes.close();
    }

    @Test
    void writesWhatItsExpressionsGive() {
        UUID id = order();
        RecordDocument settled = (RecordDocument) run("settle", id, "amount", "12.50", "by", userId().toString());

        assertThat(settled).isNotNull();
        assertThat(TestingWrites.parse(settled)).containsEntry("note", "Settled by Ada: 12.50")
                .containsEntry("due", LocalDate.now(java.time.ZoneOffset.UTC).toString())
                .containsEntry("buyer", userId().toString()).extractingByKey("count").hasToString("7");
    }

    @Test
    void losesNoUpdateOfThoseThatRunAtOnce() throws InterruptedException {
        UUID id = order();
        List<Callable<?>> bumps = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            bumps.add(() -> runner.run("orders", "bump", id, Map.of("by", 2), writes.session()));
        }
        assertThat(TestingWrites.together(bumps)).allMatch(RecordDocument.class::isInstance);
        assertThat(TestingWrites.parse((RecordDocument) run("bump", id))).extractingByKey("count").hasToString("9");
    }

    @Test
    void refusesWrongParametersTogether() {
        UUID id = order();
        assertThat(refusal(() -> run("settle", id, "amount", "-1", "on", "someday", "by", new UUID(1, 1).toString(),
                "extra", 1)).fields()).extracting(FieldError::field, FieldError::code).containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("amount", "min"),
                        org.assertj.core.groups.Tuple.tuple("on", "invalid_type"),
                        org.assertj.core.groups.Tuple.tuple("by", "not_found"),
                        org.assertj.core.groups.Tuple.tuple("extra", "unknown_field"));
        assertThat(refusal(() -> run("settle", id)).fields()).extracting(FieldError::code).containsExactly("required");
        assertThat(refusal(() -> run("bump", id, "by", 11)).fields()).extracting(FieldError::code)
                .containsExactly("max");
    }

    @Test
    void callsHandlersByNameAndThroughServices() throws InterruptedException {
        assertThat(run("count_all", null)).isEqualTo(Map.of("calls", 1));
        assertThat(CALLS.getFirst().record()).isNull();

        UUID id = order();
        assertThat(refusal(() -> run("charge", id)).code()).isEqualTo(RuntimeError.UNAVAILABLE);
        var offer = services.of("acme").offer(ServiceKey.of(ActionHandler.class, "acme.charge", "1.2.0"),
                call -> "charged " + call.record());
        assertThat(run("charge", id)).isEqualTo("charged " + id);
        offer.withdraw(java.time.Duration.ofSeconds(1));
        assertThat(refusal(() -> run("lost", null)).message()).contains("the handler \"nobody\"");
    }

    @Test
    void isForThoseWhomItNames() {
        UUID id = order();
        assertThat(refusal(() -> run("secret", id)).code()).isEqualTo(RuntimeError.PERMISSION_DENIED);
        Session ada = writes.session();
        var boss = new Session(ada.tenant(), ada.user(), Set.of("boss"), false, ada.locale(), ada.zone(),
                ada.origin());
        assertThat(runner.run("orders", "secret", id, Map.of(), boss)).isInstanceOf(RecordDocument.class);
        Catalog catalog = writes.catalogs().current();
        ObjectDefinition orders = catalog.object("orders").orElseThrow();
        assertThat(runner.admits(orders, "secret", ada, catalog)).isFalse();
        assertThat(runner.admits(orders, "secret", boss, catalog)).isTrue();
        assertThat(runner.admits(orders, "bump", ada, catalog)).isTrue();
    }

    @Test
    void refusesWhatThereIsNot() {
        UUID id = order();
        assertThat(refusal(() -> run("nothing", id)).code()).isEqualTo(RuntimeError.RESOURCE_NOT_FOUND);
        assertThat(refusal(() -> run("described", id)).code()).isEqualTo(RuntimeError.NOT_IMPLEMENTED);
        assertThat(refusal(() -> run("bump", null)).code()).isEqualTo(RuntimeError.INVALID_REQUEST);
        assertThat(refusal(() -> run("count_all", id)).code()).isEqualTo(RuntimeError.INVALID_REQUEST);
        assertThat(refusal(() -> run("bump", new UUID(1, 1))).code()).isEqualTo(RuntimeError.RECORD_NOT_FOUND);
        assertThat(refusal(() -> runner.run("none", "bump", id, Map.of(), writes.session())).code())
                .isEqualTo(RuntimeError.OBJECT_NOT_FOUND);
    }

    @Test
    void saysWhereAnActionCannotBeCompiled() {
        Catalog catalog = TestingCatalogs.of("""
                name: orders
                fields:
                  title: {type: text}
                  count: {type: integer}
                actions:
                  wrong:
                    params: {by: {type: integer}}
                    handler:
                      updates:
                        count: "${record.cuont + params.by}"
                        titel: x
                        created_at: "${now}"
                  typed: {handler: {updates: {count: "${'text'}"}}}
                  literal: {handler: {updates: {count: many}}}
                  nowhere: {type: global, handler: {updates: {count: 1}}}
                  unnamed: {handler: {service: "no capability!"}}
                """);
        List<Violation> problems = ObjectActions.check().check(catalog);
        assertThat(problems).hasSize(7).allMatch(problem -> problem.severity() == Violation.Severity.ERROR);
        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.where().line()).isEqualTo(10);
            assertThat(problem.message()).contains("cuont");
        }).anySatisfy(problem -> {
            assertThat(problem.where().line()).isEqualTo(11);
            assertThat(problem.suggestion()).contains("title");
        });
    }

    private static @Nullable Object run(String action, @Nullable UUID record, Object... params) {
        return runner.run("orders", action, record, values(params), writes.session());
    }

    private static UUID order() {
        return writes.create("orders", Map.of("title", "Order")).id();
    }

    private static UUID userId() {
        return java.util.Objects.requireNonNull(writes.session().userId());
    }

    /** Where nobody restricts changes, no record is tried. */
    private static final class NoFilters implements RecordFilters {

        @Override
        public Set<UUID> passing(String object, Collection<UUID> ids, RowFilter filter, Session session) {
            throw new AssertionError("nobody asks");
        }

        @Override
        public long count(String object, RowFilter filter, Session session) {
            throw new AssertionError("nobody asks");
        }
    }
}
