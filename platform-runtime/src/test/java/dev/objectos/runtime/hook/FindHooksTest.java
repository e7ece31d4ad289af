package dev.objectos.runtime.hook;

import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static dev.objectos.runtime.query.TestingQuery.compare;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.pipeline.ReadPipeline;
import dev.objectos.runtime.pipeline.RecordPipeline;
import dev.objectos.runtime.pipeline.TestingWrites;
import dev.objectos.runtime.plan.ReadPlanner;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.query.TestingQuery;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.FieldMask;
import dev.objectos.runtime.spi.Find;
import dev.objectos.runtime.spi.FindRestriction;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.spi.RecordHook;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.spi.SessionValue;
import dev.objectos.runtime.spi.Viewer;
import dev.objectos.runtime.sql.QueryExecutor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Hooks before and after records are found. */
class FindHooksTest {

    private static final TestingHooks HOOKS = new TestingHooks();
    private static TestingWrites data;
    private static RecordPipeline records;
    private static UUID account;

    @BeforeAll
    static void open() {
        data = TestingWrites.of("hooks_finds", """
                name: accounts
                fields:
                  name: {type: text}
                  secret_word: {type: text}
                  shouted: {type: formula, expression: "record.secret_word + '!'", return_type: text}
                """, """
                name: contacts
                fields:
                  name: {type: text}
                  account: {type: lookup, reference_to: accounts}
                """);
        account = data.create("accounts", values("name", "open", "secret_word", "xyzzy")).id();
        var hidden = data.create("accounts", values("name", "closed", "secret_word", "plugh")).id();
        data.create("contacts", values("name", "first", "account", account.toString()));
        data.create("contacts", values("name", "second", "account", hidden.toString()));
        var rewriters = new HookedRewriters(List.of(), HOOKS.hooks());
        var reads = new ReadPipeline(data.catalogs(), new ReadPlanner(rewriters),
                new QueryExecutor(data.databases().app(), new SimpleMeterRegistry()), Clock.systemUTC());
        records = new RecordPipeline(reads, data.pipeline(), new FindHooks(HOOKS.hooks(), data.catalogs()::current));
    }

    @AfterAll
    static void close() {
        data.close();
        HOOKS.close();
    }

    @AfterEach
    void leave() {
        HOOKS.join(new RecordHook[0]);
    }

    private static String find(Query query, Session session) {
        return records.query(query, session).toString();
    }

    private static String accounts() {
        return find(Query.of("accounts"), data.session());
    }

    /** How a test narrows reads of accounts. */
    private interface Narrowing {

        FindRestriction of(ObjectDefinition object, Viewer viewer) throws Exception;
    }

    private record Narrow(Set<Viewer.Part> looksAt, Narrowing narrowing) implements RecordHook {

        @Override
        public String name() {
            return "acme.narrow";
        }

        @Override
        public Set<Point> points() {
            return Set.of(Point.BEFORE_FIND);
        }

        @Override
        public Set<String> objects() {
            return Set.of("accounts");
        }

        @Override
        public FindRestriction beforeFind(ObjectDefinition object, Viewer viewer) throws Exception {
            return narrowing.of(object, viewer);
        }
    }

    private static void narrow(Narrowing narrowing, Viewer.Part... looksAt) {
        HOOKS.join(new Narrow(Set.of(looksAt), narrowing));
    }

    private static FindRestriction named(Object name) {
        return new FindRestriction(new RowFilter.Where(compare("name", Operator.EQ, name)), FieldMask.NONE);
    }

    @Test
    void narrowWhereverTheObjectIsReadAndNoLongerThanTheyTakePart() {
        assertThat(accounts()).contains("open", "closed");
        HookSet joined = HOOKS.join(new Narrow(Set.of(), (_, _) -> named("open")));

        assertThat(accounts()).contains("open").doesNotContain("closed");
        Query nested = TestingQuery.of("contacts").fields("name", "account.name").sort("name").build();
        assertThat(find(nested, data.session())).contains("first", "second", "open").doesNotContain("closed");

        HOOKS.hooks().leave(joined);
        assertThat(accounts()).contains("open", "closed");
        assertThat(find(nested, data.session())).contains("closed");
    }

    @Test
    void hideFieldsAndWhatIsDerivedFromThem() {
        narrow((_, _) -> new FindRestriction(RowFilter.EVERYTHING, new FieldMask(Set.of("secret_word"))));

        assertThat(accounts()).contains("open").doesNotContain("xyzzy", "secret_word", "shouted");
        assertThatThrownBy(() -> find(TestingQuery.of("accounts").where("shouted", Operator.EQ, "xyzzy!").build(),
                data.session())).isInstanceOf(PlatformException.class);
    }

    @Test
    void decideByWhatTheyNameOfTheSessionAndByNothingElse() {
        narrow((_, viewer) -> viewer.roles().contains("sales") ? FindRestriction.NONE : named("open"),
                Viewer.Part.ROLES);
        assertThat(find(Query.of("accounts"), with(Set.of("sales")))).contains("closed");
        assertThat(find(Query.of("accounts"), with(Set.of("support")))).doesNotContain("closed");
        assertThat(find(Query.of("accounts"), with(Set.of("sales")))).contains("closed");

        narrow((_, viewer) -> viewer.roles().isEmpty() ? FindRestriction.NONE : named("open"));
        assertThatThrownBy(FindHooksTest::accounts).isInstanceOfSatisfying(PlatformException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(RuntimeError.PLUGIN_FAILED))
                .hasStackTraceContaining("must name it in looksAt()");
    }

    @Test
    void areAskedOnceForAllWhoAreAlikeAndLeaveTheRestToValues() {
        var asked = new AtomicInteger();
        SessionValue role = session -> session.roles().iterator().next();
        narrow((_, _) -> {
            asked.incrementAndGet();
            return named(role);
        });
        assertThat(find(Query.of("accounts"), with(Set.of("open")))).contains("open").doesNotContain("closed");
        assertThat(find(Query.of("accounts"), with(Set.of("closed")))).contains("closed").doesNotContain("\"open\"");
        find(TestingQuery.of("accounts").sort("-name").build(), with(Set.of("open")));

        assertThat(asked).hasValue(1);
    }

    @Test
    void refuseInTheirOwnWords() {
        var closed = new AtomicInteger();
        narrow((_, _) -> {
            closed.incrementAndGet();
            throw new PlatformException(RuntimeError.VETOED, "The books are closed");
        });
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(FindHooksTest::accounts).isInstanceOfSatisfying(PlatformException.class,
                    refusal -> assertThat(refusal.code()).isEqualTo(RuntimeError.VETOED))
                    .hasMessage("The books are closed");
        }
        assertThat(closed).hasValue(2);
    }

    @Test
    void costNothingWhereThereAreNone() {
        var fixed = List.<QueryRewriter>of();
        var rewriters = new HookedRewriters(fixed, HOOKS.hooks());
        assertThat(rewriters.get()).isEmpty();
        narrow((_, _) -> FindRestriction.NONE);
        List<QueryRewriter> narrowed = rewriters.get();
        assertThat(narrowed).hasSize(1);
        assertThat(rewriters.get()).isSameAs(narrowed);
    }

    @Test
    void seeWhatWasFound() {
        List<String> seen = new CopyOnWriteArrayList<>();
        HOOKS.join(new RecordHook() {

            @Override
            public String name() {
                return "acme.observing";
            }

            @Override
            public Set<Point> points() {
                return Set.of(Point.AFTER_FIND);
            }

            @Override
            public void afterFind(Find find, JsonDocument answer) {
                @Nullable
                UUID record = find.record();
                seen.add(find.object() + " " + (record == null ? "all" : "one") + " "
                        + answer.toString().contains("xyzzy") + " " + find.session().origin());
                throw new IllegalStateException("must not matter");
            }
        });
        accounts();
        records.get(new RecordQuery("accounts", account, List.of(), List.of()), data.session());
        find(TestingQuery.of("contacts").build(), Session.system(Session.DEFAULT_TENANT, Origin.TRIGGER));

        assertThat(seen).containsExactly("accounts all true REST", "accounts one true REST",
                "contacts all false TRIGGER");
    }

    private static Session with(Set<String> roles) {
        Session session = data.session();
        return new Session(session.tenant(), session.user(), roles, false, session.locale(), session.zone(),
                session.origin());
    }
}
