package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.query.TestingQuery.compare;
import static dev.objectos.runtime.query.TestingQuery.expansion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.query.Aggregation.Function;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.query.TestingQuery;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.RecordFilters;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.spi.SessionValue;
import dev.objectos.runtime.sql.QueryExecutor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What filters mean that are made of others, or look elsewhere, wherever a query meets them. */
class RowFilterTests {

    private static final UUID VIEWER = new UUID(3, 3);
    private static final RowFilter IN_EUROPE = new RowFilter.Through("region", where("code", "EU"));

    private static TestingRecords records;
    private static UUID group;
    private static UUID mars;
    private static UUID lost;
    private static UUID daughter;

    @BeforeAll
    static void open() throws SQLException {
        records = SalesObjects.publish("row_filters");
        UUID europe = records.insert("regions", Map.of("code", "EU", "name", "Europe"));
        UUID red = records.insert("regions", Map.of("code", "MA", "name", "Mars"));
        group = records.insert("accounts", Map.of("name", "Group", "industry", "tech", "region", europe));
        mars = records.insert("accounts", Map.of("name", "Mars", "industry", "retail", "region", red));
        lost = records.insert("accounts", Map.of("name", "Lost"));
        daughter = records.insert("accounts",
                Map.of("name", "Daughter", "industry", "retail", "region", red, "parent", group));
        for (Map.Entry<String, UUID> contact : Map.of("at Group", group, "at Mars", mars, "at Lost", lost,
                "at Daughter", daughter).entrySet()) {
            records.insert("contacts", Map.of("last_name", contact.getKey(), "account", contact.getValue()));
        }
        records.insert("contacts", Map.of("last_name", "alone"));
        try (var owner = records.databases().owner().getConnection(); var statement = owner.createStatement()) {
            statement.execute("create table platform.shared (tenant_id uuid, object text, record_id uuid, "
                    + "expires_at timestamptz, grantee text, access text)");
            statement.execute("grant select on platform.shared to public");
        }
    }

    @AfterAll
    static void close() {
        records.close();
    }

    @Test
    void negatesWhatIsKnownAndWhatIsNot() {
        assertThat(accounts(new RowFilter.Not(where("industry", "tech"))))
                .containsExactly("Daughter", "Lost", "Mars");
        assertThat(accounts(new RowFilter.Not(new RowFilter.Not(where("industry", "tech"))))).containsExactly("Group");
        assertThat(accounts(new RowFilter.Not(RowFilter.EVERYTHING))).isEmpty();
        assertThat(accounts(new RowFilter.Not(RowFilter.NOTHING))).hasSize(4);
        assertThat(accounts(new RowFilter.Not(new RowFilter.AllOf(
                List.of(where("industry", "retail"), new RowFilter.Not(where("name", "Mars")))))))
                .containsExactly("Group", "Lost", "Mars");
    }

    @Test
    void followsLookupsAndNowhereElse() {
        assertThat(accounts(IN_EUROPE)).containsExactly("Group");
        assertThat(accounts(new RowFilter.Through("region", RowFilter.EVERYTHING)))
                .as("none that leads nowhere").containsExactly("Daughter", "Group", "Mars");
        assertThat(accounts(new RowFilter.Through("region", RowFilter.NOTHING))).isEmpty();
        assertThat(accounts(new RowFilter.Through("region", new RowFilter.Not(where("code", "EU")))))
                .as("a negation inside does not reach what leads nowhere").containsExactly("Daughter", "Mars");
        assertThat(accounts(new RowFilter.Not(IN_EUROPE))).as("a negation outside does")
                .containsExactly("Daughter", "Lost", "Mars");
        assertThat(accounts(new RowFilter.AnyOf(List.of(IN_EUROPE, new RowFilter.Through("parent", IN_EUROPE)))))
                .containsExactly("Daughter", "Group");
        assertThat(contacts(new RowFilter.Through("account", IN_EUROPE))).containsExactly("at Group");
        assertThat(contacts(new RowFilter.Through("account", new RowFilter.Through("parent", IN_EUROPE))))
                .as("over three lookups").containsExactly("at Daughter");
        assertThat(contacts(new RowFilter.Not(new RowFilter.Through("account", new RowFilter.Through("parent",
                new RowFilter.Not(IN_EUROPE)))))).hasSize(5);
        assertThat(contacts(new RowFilter.AllOf(List.of(new RowFilter.Through("account", where("industry", "retail")),
                new RowFilter.Through("account", new RowFilter.Not(new RowFilter.Through("parent",
                        RowFilter.EVERYTHING)))))))
                .containsExactly("at Mars");
    }

    @Test
    void followsTheSameLookupAsTheQueryButUnderItsOwnRights() {
        var rewriter = new HidingRewriter().rows("accounts", new RowFilter.AnyOf(
                List.of(new RowFilter.Through("parent", IN_EUROPE), where("name", "Mars"))));

        TestingQuery all = TestingQuery.of("accounts").sort("name").fields("name", "parent.name")
                .expand(expansion("parent"));
        assertThat(ask(rewriter, all).get("records").toString())
                .as("what the rule may follow, the query may not").contains("Daughter").doesNotContain("Group");
        assertThat(names(ask(rewriter, TestingQuery.of("accounts").where("parent.name", Operator.EQ, "Group")), "name"))
                .isEmpty();
        assertThat(names(ask(rewriter,
                TestingQuery.of("accounts").where("parent.name", Operator.IS_NULL, new Operand.None()).sort("name")),
                "name")).containsExactly("Daughter", "Mars");
        assertThat(names(ask(new HidingRewriter().rows("accounts", new RowFilter.AnyOf(
                List.of(new RowFilter.Through("parent", IN_EUROPE), IN_EUROPE))),
                TestingQuery.of("accounts").where("parent.name", Operator.EQ, "Group").sort("-parent.name")), "name"))
                .containsExactly("Daughter");
    }

    @Test
    void holdsForEveryKindOfQuery() {
        for (RowFilter filter : List.of(new RowFilter.Through("parent", IN_EUROPE),
                new RowFilter.Not(new RowFilter.Through("parent", new RowFilter.Not(where("name", "Group")))))) {
            var onlyDaughters = new RowFilter.AllOf(List.of(filter, new RowFilter.Not(new RowFilter.Not(
                    new RowFilter.Through("parent", RowFilter.EVERYTHING)))));
            var rewriter = new HidingRewriter().rows("accounts", onlyDaughters);

            JsonNode list = ask(rewriter, TestingQuery.of("accounts").limit(1).offset(0).count());
            assertThat(names(list, "name")).containsExactly("Daughter");
            assertThat(list.get("total").intValue()).isEqualTo(1);
            assertThat(ask(rewriter, TestingQuery.of("accounts").groupBy("region.code").aggregate(Function.COUNT, null,
                    "n")).get("records")).hasToString("[{\"region.code\":\"MA\",\"n\":1}]");
            assertThat(ask(rewriter, TestingQuery.of("accounts").search("mars")).get("records")).isEmpty();
            assertThat(records.pipeline(rewriter)
                    .get(new RecordQuery("accounts", daughter, List.of(), List.of()), TestingRecords.SESSION).id())
                    .isEqualTo(daughter);
            for (UUID unseen : List.of(group, mars, lost)) {
                assertThatThrownBy(() -> records.pipeline(rewriter)
                        .get(new RecordQuery("accounts", unseen, List.of(), List.of()), TestingRecords.SESSION))
                        .isInstanceOfSatisfying(PlatformException.class,
                                refusal -> assertThat(refusal.code()).isEqualTo(RuntimeError.RECORD_NOT_FOUND));
            }
            assertThat(names(ask(rewriter, TestingQuery.of("contacts").where("account.industry", Operator.EQ,
                    "retail")), "last_name")).as("a path").containsExactly("at Daughter");
            assertThat(names(ask(rewriter, TestingQuery.of("contacts").where("account.name", Operator.IS_NOT_NULL,
                    new Operand.None())), "last_name")).containsExactly("at Daughter");
            assertThat(ask(rewriter, TestingQuery.of("contacts").sort("last_name").expand(expansion("account")))
                    .get("records").valueStream().filter(contact -> !contact.get("account").isNull())
                    .map(contact -> contact.at("/account/name").asString())).containsExactly("Daughter");
        }
        var contacts = new HidingRewriter().rows("contacts", new RowFilter.Through("account", IN_EUROPE));
        JsonNode parents = ask(contacts, TestingQuery.of("accounts").sort("name").expand(expansion("contacts")));
        assertThat(parents.get("records").valueStream().map(account -> account.get("contacts").size()))
                .as("children").containsExactly(0, 1, 0, 0);
        assertThat(ask(contacts, TestingQuery.of("contacts").aggregate(Function.COUNT, null, "n")
                .aggregate(Function.MAX, "account.name", "last")).get("records"))
                .hasToString("[{\"n\":1,\"last\":\"Group\"}]");
    }

    @Test
    void letsThroughWhatATableNames() throws SQLException {
        UUID me = UUID.randomUUID();
        SessionValue holders = session -> List.of(String.valueOf(session.userId()), "sales");
        share(TestingRecords.TENANT, "accounts", group, me.toString(), "read", null);
        share(TestingRecords.TENANT, "accounts", mars, "sales", "write", "2026-05-14T00:00:00Z");
        share(TestingRecords.TENANT, "accounts", lost, "sales", "read", "2026-05-13T10:30:00Z");
        share(TestingRecords.TENANT, "contacts", daughter, me.toString(), "read", null);
        share(TestingRecords.OTHER_TENANT, "accounts", daughter, me.toString(), "read", null);
        share(TestingRecords.TENANT, "accounts", daughter, UUID.randomUUID().toString(), "read", null);
        var shared = new RowFilter.Listed("platform", "shared", Map.of("grantee", holders));
        var writable = new RowFilter.Listed("platform", "shared",
                Map.of("grantee", holders, "access", _ -> List.of("write", "full")));

        assertThat(accounts(shared, session(me)))
                .as("what has expired, is another's or another tenant's does not count")
                .containsExactly("Group", "Mars");
        assertThat(accounts(shared, session(UUID.randomUUID()))).containsExactly("Mars");
        assertThat(accounts(writable, session(me))).containsExactly("Mars");
        assertThat(accounts(new RowFilter.Not(shared), session(me))).containsExactly("Daughter", "Lost");
        assertThat(names(records.query(TestingQuery.of("contacts").sort("last_name").build(), session(me),
                new HidingRewriter().rows("contacts", new RowFilter.Through("account", shared))), "last_name"))
                .containsExactly("at Group", "at Mars");
        SessionValue unknown = _ -> null;
        assertThat(accounts(new RowFilter.Listed("platform", "shared", Map.of("grantee", unknown)), session(me)))
                .isEmpty();
        assertThat(accounts(new RowFilter.Listed("platform", "shared", Map.of("grantee", _ -> List.of())), session(me)))
                .isEmpty();
        assertThat(accounts(new RowFilter.Listed("platform", "shared", Map.of("grantee", _ -> List.of(me))),
                session(me))).as("an id in its written form").containsExactly("Group");
    }

    @Test
    void triesFiltersOnRecordsWhateverTheSessionSees() {
        RecordFilters filters = filters();
        UUID foreign = records.insert("accounts", TestingRecords.OTHER_TENANT, Map.of("name", "Group"));
        List<UUID> all = List.of(group, mars, lost, daughter, foreign, new UUID(9, 9));

        assertThat(filters.passing("accounts", all, IN_EUROPE, session(VIEWER))).containsExactly(group);
        assertThat(filters.passing("accounts", all, RowFilter.EVERYTHING, session(VIEWER)))
                .containsExactlyInAnyOrder(group, mars, lost, daughter);
        assertThat(filters.passing("accounts", List.of(), RowFilter.EVERYTHING, session(VIEWER))).isEmpty();
        assertThat(filters.count("accounts", new RowFilter.Not(IN_EUROPE), session(VIEWER))).isEqualTo(3);
        assertThat(filters.count("accounts", RowFilter.NOTHING, session(VIEWER))).isZero();
        SessionValue viewer = Session::userId;
        var mine = new RowFilter.Where(compare("id", Operator.EQ, viewer));
        assertThat(filters.passing("accounts", all, mine, session(mars))).as("the session's values count")
                .containsExactly(mars);
        assertThat(filters.count("accounts", mine, session(VIEWER))).isZero();
        assertThatThrownBy(() -> filters.count("nothing_such", RowFilter.EVERYTHING, session(VIEWER)))
                .isInstanceOfSatisfying(PlatformException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(RuntimeError.OBJECT_NOT_FOUND));
    }

    private static RecordFilters filters() {
        var catalogs = new Catalogs();
        catalogs.publish(records.catalog());
        return new FilteredRecords(catalogs,
                new QueryExecutor(records.databases().app(), new SimpleMeterRegistry()),
                Clock.fixed(TestingRecords.NOW, ZoneOffset.UTC));
    }

    private static void share(UUID tenant, String object, UUID record, String... rest) throws SQLException {
        try (var owner = records.databases().owner().getConnection();
                var statement = owner
                        .prepareStatement("insert into platform.shared (tenant_id, object, record_id, grantee, "
                                + "access, expires_at) values (?, ?, ?, ?, ?, cast(? as timestamptz))")) {
            int index = 1;
            for (Object value : List.of(tenant, object, record)) {
                statement.setObject(index++, value);
            }
            for (String value : Arrays.asList(rest)) {
                statement.setString(index++, value);
            }
            statement.executeUpdate();
        }
    }

    private static RowFilter where(String field, Object value) {
        return new RowFilter.Where(compare(field, Operator.EQ, value));
    }

    private static List<String> accounts(RowFilter filter) {
        return accounts(filter, TestingRecords.SESSION);
    }

    private static List<String> accounts(RowFilter filter, Session session) {
        return names(records.query(TestingQuery.of("accounts").sort("name").build(), session,
                new HidingRewriter().rows("accounts", filter)), "name");
    }

    private static List<String> contacts(RowFilter filter) {
        return names(ask(new HidingRewriter().rows("contacts", filter), TestingQuery.of("contacts").sort("last_name")),
                "last_name");
    }

    private static JsonNode ask(HidingRewriter rewriter, TestingQuery query) {
        return records.query(query.build(), TestingRecords.SESSION, rewriter);
    }

    private static Session session(UUID user) {
        return new Session(TestingRecords.TENANT, new UserIdentity(user, "x@example.com", "X", null), Set.of(), false,
                Locale.ENGLISH, ZoneOffset.UTC, Origin.REST);
    }

    private static List<String> names(JsonNode answer, String field) {
        return answer.get("records").valueStream().map(record -> record.get(field).stringValue()).toList();
    }
}
