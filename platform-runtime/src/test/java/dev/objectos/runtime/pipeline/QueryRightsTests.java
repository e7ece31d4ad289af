package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.query.TestingQuery.compare;
import static dev.objectos.runtime.query.TestingQuery.expansion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.expression.Expressions;
import dev.objectos.runtime.expression.Scope;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.query.Aggregation.Function;
import dev.objectos.runtime.query.Expansion;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.query.TestingQuery;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.spi.SessionValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** No path goes round the rewriters: what they hide can be reached by no part of a query. */
class QueryRightsTests {

    private static final Expansion CONTACTS = expansion("contacts");

    private static TestingRecords records;
    private static UUID ada;
    private static UUID bob;
    private static UUID open;
    private static UUID secret;

    @BeforeAll
    static void open() {
        records = SalesObjects.publish("query_rights");
        ada = records.insert("user", Map.of("name", "Ada", "email", "ada@example.com"));
        bob = records.insert("user", Map.of("name", "Bob", "email", "bob@example.com"));
        UUID europe = records.insert("regions", Map.of("code", "EU", "name", "Europe"));
        UUID mars = records.insert("regions", Map.of("code", "MA", "name", "Mars"));
        open = records.insert("accounts", Map.of("name", "Open", "industry", "tech", "region", europe, "owner", ada,
                "watchers", List.of(ada, bob)));
        secret = records.insert("accounts",
                Map.of("name", "Secret", "industry", "retail", "region", mars, "owner", bob));
        records.insert("contacts", Map.of("last_name", "Z at Open", "account", open, "salary", new BigDecimal(50)));
        records.insert("contacts",
                Map.of("last_name", "A at Secret", "account", secret, "salary", new BigDecimal(500)));
    }

    @AfterAll
    static void close() {
        records.close();
    }

    /** Only accounts of the tech industry, said by a rule on the row itself and by one that needs a join. */
    private static List<QueryRewriter> techOnly() {
        return List.of(
                new HidingRewriter().rows("accounts", new RowFilter.Where(compare("industry", Operator.EQ, "tech"))),
                new HidingRewriter().rows("accounts", new RowFilter.Where(compare("region.code", Operator.EQ, "EU"))),
                new HidingRewriter().rows("accounts", matching("record.region.code == 'EU'")));
    }

    private static RowFilter matching(String cel) {
        return new RowFilter.Matching(Expressions.of(records.catalog())
                .condition(new ExpressionSource(cel, SourceLocation.BUILT_IN), Scope.filter("accounts")), Map.of());
    }

    @Test
    void hidesRowsFromListGetTotalAndAggregates() {
        for (QueryRewriter rewriter : techOnly()) {
            JsonNode list = ask(rewriter, TestingQuery.of("accounts").count());
            assertThat(names(list, "name")).containsExactly("Open");
            assertThat(list.get("total").intValue()).isEqualTo(1);
            assertThat(ask(rewriter, TestingQuery.of("accounts").limit(1).offset(5)).get("total").intValue())
                    .isEqualTo(1);
            assertThat(ask(rewriter, TestingQuery.of("accounts").search("secret")).get("records")).isEmpty();
            assertThat(ask(rewriter, TestingQuery.of("accounts").aggregate(Function.COUNT, null, "n")
                    .aggregate(Function.MAX, "name", "last")).get("records"))
                    .hasToString("[{\"n\":1,\"last\":\"Open\"}]");
            assertThatThrownBy(() -> records.pipeline(rewriter).get(
                    new RecordQuery("accounts", secret, List.of(), List.of()), TestingRecords.SESSION))
                    .isInstanceOfSatisfying(PlatformException.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(RuntimeError.RECORD_NOT_FOUND));
        }
    }

    @Test
    void hidesRowsFromEveryWayThroughALookup() {
        for (QueryRewriter rewriter : techOnly()) {
            assertThat(names(ask(rewriter, TestingQuery.of("contacts").where("account.name", Operator.EQ, "Secret")),
                    "last_name"))
                    .isEmpty();
            assertThat(names(ask(rewriter, TestingQuery.of("contacts").where("account.name", Operator.NE, "Open")),
                    "last_name"))
                    .containsExactly("A at Secret");
            assertThat(names(
                    ask(rewriter,
                            TestingQuery.of("contacts").where("account.name", Operator.IS_NULL, new Operand.None())),
                    "last_name"))
                    .containsExactly("A at Secret");
            assertThat(names(ask(rewriter, TestingQuery.of("contacts").where("account.region.code", Operator.EQ, "MA")),
                    "last_name"))
                    .isEmpty();
            assertThat(names(ask(rewriter, TestingQuery.of("contacts").sort("-account.name")), "last_name"))
                    .as("an unseen account sorts as none").containsExactly("A at Secret", "Z at Open");
            assertThat(ask(rewriter,
                    TestingQuery.of("contacts").groupBy("account.name").aggregate(Function.COUNT, null, "n"))
                    .get("records"))
                    .hasToString("[{\"account.name\":\"Open\",\"n\":1},{\"account.name\":null,\"n\":1}]");
            assertThat(ask(rewriter, TestingQuery.of("contacts").aggregate(Function.MAX, "account.name", "last"))
                    .get("records"))
                    .hasToString("[{\"last\":\"Open\"}]");
            JsonNode shown = ask(rewriter,
                    TestingQuery.of("contacts").sort("last_name").fields("account.name", "employer", "employer_title"))
                    .at("/records/0");
            assertThat(List.of("account", "employer")).allMatch(field -> shown.get(field).isNull());
            assertThat(shown.get("employer_title").toString()).doesNotContain("Secret");
            assertThat(names(ask(rewriter, TestingQuery.of("contacts").where("employer", Operator.EQ, "Secret")),
                    "last_name")).isEmpty();
            assertThat(ask(rewriter, TestingQuery.of("contacts").sort("last_name").expand(expansion("account")))
                    .at("/records/0/account").isNull()).isTrue();
            String cursor = ask(rewriter, TestingQuery.of("contacts").limit(1).sort("-account.name")).get("nextCursor")
                    .stringValue();
            assertThat(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8)).contains("null")
                    .doesNotContain("Secret");
        }
    }

    @Test
    void hidesRowsOfChildrenAndOfSeveralReferences() {
        var rewriter = new HidingRewriter()
                .rows("contacts", new RowFilter.Where(compare("account.industry", Operator.EQ, "tech")))
                .rows("user", new RowFilter.Where(compare("name", Operator.EQ, "Ada")));

        JsonNode found = ask(rewriter,
                TestingQuery.of("accounts").sort("name").expand(CONTACTS, expansion("watchers"), expansion("owner")));

        assertThat(found.at("/records/0/contacts")).hasSize(1);
        assertThat(found.at("/records/1/contacts")).isEmpty();
        assertThat(found.at("/records/0/watchers")).hasSize(1);
        assertThat(found.at("/records/1/owner").isNull()).isTrue();
    }

    @Test
    void hidesEverythingWhereNothingMayBeSeen() {
        var rewriter = new HidingRewriter().rows("accounts", RowFilter.NOTHING);

        assertThat(ask(rewriter, TestingQuery.of("accounts")).get("records")).isEmpty();
        assertThat(ask(rewriter, TestingQuery.of("contacts").expand(expansion("account"))).toString())
                .doesNotContain("\"Open\"");
    }

    @Test
    void joinsTheFiltersOfAllRewriters() {
        var tech = new HidingRewriter().rows("accounts", new RowFilter.Where(compare("industry", Operator.EQ, "tech")));
        var named = new HidingRewriter().rows("accounts", new RowFilter.AnyOf(List.of(RowFilter.NOTHING,
                new RowFilter.Where(compare("name", Operator.EQ, "Secret")))));

        assertThat(
                records.query(TestingQuery.of("accounts").build(), TestingRecords.SESSION, tech, named).get("records"))
                .isEmpty();
        assertThat(records.query(TestingQuery.of("accounts").build(), TestingRecords.SESSION, named).get("records"))
                .hasSize(1);
    }

    @Test
    void makesOneStatementForAllUsersAndBindsWhatDiffers() {
        var owner = new HidingRewriter().rows("accounts",
                new RowFilter.Where(new Predicate.Comparison(FieldPath.of("owner"),
                        Operator.EQ, new Operand.Literal((SessionValue) Session::userId))));
        var rule = new HidingRewriter().rows("accounts", matching("record.owner == currentUser.id"));
        SessionValue own = session -> List.of(String.valueOf(session.userId())).stream().map(UUID::fromString).toList();
        var among = new HidingRewriter().rows("accounts", new RowFilter.Where(
                new Predicate.Comparison(FieldPath.of("owner"), Operator.IN, new Operand.Literal(own))));
        for (HidingRewriter rewriter : List.of(owner, rule, among)) {
            ReadPipeline pipeline = records.pipeline(rewriter);
            Query query = TestingQuery.of("accounts").fields("name").build();

            assertThat(pipeline.query(query, session(ada, Set.of())).toString()).contains("Open")
                    .doesNotContain("Secret");
            assertThat(pipeline.query(query, session(bob, Set.of())).toString()).contains("Secret")
                    .doesNotContain("Open");
            assertThat(rewriter.plans()).isEqualTo(1);
            assertThat(pipeline.query(query, session(UUID.randomUUID(), Set.of())).toString())
                    .contains("\"records\":[]");
            pipeline.query(query, session(bob, Set.of("sales")));
            assertThat(rewriter.plans()).isEqualTo(2);
        }
    }

    @Test
    void seesNothingThroughAValueThatTheSessionDoesNotKnow() {
        var owner = new HidingRewriter().rows("accounts",
                new RowFilter.Where(new Predicate.Comparison(FieldPath.of("owner"),
                        Operator.EQ, new Operand.Literal((SessionValue) Session::userId))));

        assertThat(ask(owner, TestingQuery.of("accounts")).get("records")).isEmpty();
        assertThat(ask(new HidingRewriter().rows("accounts", matching("record.owner == currentUser.id")),
                TestingQuery.of("accounts")
                        .where("name", Operator.EQ, "Open"))
                .get("records")).isEmpty();
    }

    @Test
    void answersAHiddenFieldLikeOneThatDoesNotExist() {
        var rewriter = new HidingRewriter().field("contacts", "salary").field("contacts", "account")
                .field("accounts", "notes")
                .field("accounts", "industry");

        List<Way> ways = List.of( //
                field -> TestingQuery.of("contacts").fields(field).build(),
                field -> TestingQuery.of("contacts").where(field, Operator.GT, 1).build(),
                field -> TestingQuery.of("contacts")
                        .where("last_name", Operator.EQ, new Operand.Field(FieldPath.of(field))).build(),
                field -> TestingQuery.of("contacts").where(new Predicate.Not(compare(field, Operator.EQ, "x"))).build(),
                field -> TestingQuery.of("contacts").sort(field).build(),
                field -> TestingQuery.of("contacts").groupBy(field).build(),
                field -> TestingQuery.of("contacts").aggregate(Function.SUM, field, "x").build(),
                field -> TestingQuery.of("contacts").aggregate(Function.COUNT, field, "x").build(),
                field -> TestingQuery.of("contacts").expand(expansion(field)).build(),
                field -> TestingQuery.of("contacts").fields(field + ".name").build(),
                field -> TestingQuery.of("contacts").sort(field + ".name").build());
        for (Way way : ways) {
            for (String hidden : List.of("salary", "account", "employer", "yearly")) {
                assertThat(refusal(rewriter, way.of(hidden)).replace(hidden, "nothing_such"))
                        .isEqualTo(refusal(rewriter, way.of("nothing_such")));
            }
        }
        assertThat(refusal(rewriter, TestingQuery.of("accounts").expand(expansion("contacts")).build()))
                .as("children through a hidden lookup").startsWith("INVALID_FIELD");
        assertThat(refusal(rewriter,
                TestingQuery.of("contacts").groupBy("last_name").having("salary", Operator.GT, 1).build()))
                .startsWith("INVALID_FIELD");
        assertThat(ask(rewriter, TestingQuery.of("contacts")).toString())
                .doesNotContain("salary", "yearly", "account", "employer")
                .contains("well_paid");
        assertThat(refusal(rewriter, TestingQuery.of("accounts").fields("industri").build()))
                .doesNotContain("industry");
    }

    @Test
    void searchesOnlyWhatMayBeSeen() {
        UUID noted = records.insert("accounts", Map.of("notes", "gremlin"));
        Query query = TestingQuery.of("accounts").search("gremlin").build();

        assertThat(records.query(query).at("/records/0/id").stringValue()).isEqualTo(noted.toString());
        assertThat(ask(new HidingRewriter().field("accounts", "notes"), TestingQuery.of("accounts").search("gremlin"))
                .get("records"))
                .isEmpty();
    }

    @Test
    void refusesAnObjectThatMayNotBeRead() {
        var rewriter = new QueryRewriter() {

            @Override
            public Object fingerprint(Session session, dev.objectos.runtime.metadata.Catalog catalog) {
                return "nobody";
            }

            @Override
            public void admit(dev.objectos.runtime.metadata.ObjectDefinition object, Session session,
                    dev.objectos.runtime.metadata.Catalog catalog) {
                throw new PlatformException(RuntimeError.PERMISSION_DENIED, "No");
            }

            @Override
            public RowFilter rows(dev.objectos.runtime.metadata.ObjectDefinition object, Session session,
                    dev.objectos.runtime.metadata.Catalog catalog) {
                return RowFilter.EVERYTHING;
            }

            @Override
            public dev.objectos.runtime.spi.FieldMask fields(dev.objectos.runtime.metadata.ObjectDefinition object,
                    Session session,
                    dev.objectos.runtime.metadata.Catalog catalog) {
                return dev.objectos.runtime.spi.FieldMask.NONE;
            }
        };

        assertThat(refusal(rewriter, Query.of("accounts"))).isEqualTo("PERMISSION_DENIED: No");
    }

    @Test
    void letsNoTenantSeeAnother() {
        UUID foreign = records.insert("accounts", TestingRecords.OTHER_TENANT, Map.of("name", "Foreign"));
        var everything = new HidingRewriter();

        assertThat(ask(everything, TestingQuery.of("accounts").where("id", Operator.EQ, foreign.toString()))
                .get("records")).isEmpty();
    }

    /** A way to name a field. */
    private interface Way {

        Query of(String field);
    }

    private static Session session(UUID user, Set<String> roles) {
        return new Session(TestingRecords.TENANT, new UserIdentity(user, "x@example.com", "X", null), roles, false,
                Locale.ENGLISH,
                ZoneOffset.UTC, Origin.REST);
    }

    private static JsonNode ask(QueryRewriter rewriter, TestingQuery query) {
        return records.query(query.build(), TestingRecords.SESSION, rewriter);
    }

    private static String refusal(QueryRewriter rewriter, Query query) {
        PlatformException refusal = catchThrowableOfType(PlatformException.class,
                () -> records.pipeline(rewriter).query(query, TestingRecords.SESSION));
        assertThat(refusal).as("a refusal of %s", query).isNotNull();
        return refusal.code().name() + ": " + refusal.message();
    }

    private static List<String> names(JsonNode answer, String field) {
        return answer.get("records").valueStream().map(record -> record.get(field).stringValue()).toList();
    }
}
