package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.query.TestingQuery.compare;
import static dev.objectos.runtime.query.TestingQuery.expansion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Aggregation.Function;
import dev.objectos.runtime.query.Expansion;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.TestingQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing asked for is ignored, nothing that is asked becomes SQL, and nothing is larger than it may be. */
class QueryRefusalTests {

    private static TestingRecords records;

    @BeforeAll
    static void open() {
        records = SalesObjects.publish("query_refusals");
        records.insert("accounts", Map.of("name", "Only"));
    }

    @AfterAll
    static void close() {
        records.close();
    }

    @Test
    void refusesUnknownNamesAndOffersNearOnes() {
        refuses(Query.of("nothing"), RuntimeError.OBJECT_NOT_FOUND, "nothing");
        refuses(accounts().fields("nmae"), RuntimeError.INVALID_FIELD, "did you mean name?");
        refuses(accounts().where("revenu", Operator.EQ, 1), RuntimeError.INVALID_FIELD, "did you mean revenue?");
        refuses(accounts().sort("-foundet"), RuntimeError.INVALID_FIELD, "did you mean founded?");
        refuses(accounts().expand(expansion("contact")), RuntimeError.INVALID_FIELD, "contact");
        refuses(accounts().where("parent.nmae", Operator.EQ, "x"), RuntimeError.INVALID_FIELD, "nmae");
        refuses(accounts().where("name.first", Operator.EQ, "x"), RuntimeError.INVALID_FIELD, "no lookup");
        refuses(accounts().where("watchers.name", Operator.EQ, "x"), RuntimeError.INVALID_FIELD, "several");
        refuses(accounts().fields("name.first"), RuntimeError.INVALID_FIELD, "no lookup");
        refuses(accounts().fields("tenant_id"), RuntimeError.INVALID_FIELD, "tenant_id");
        refuses(accounts().where("tenant_id", Operator.NE, "x"), RuntimeError.INVALID_FIELD, "tenant_id");
        refuses(accounts().where("pin", Operator.LIKE, "a%"), RuntimeError.INVALID_FIELD, "pin");
        refuses(accounts().sort("pin"), RuntimeError.INVALID_FIELD, "pin");
        refuses(accounts().fields(""), RuntimeError.INVALID_FIELD, "");
        refuses(accounts().fields("parent..name"), RuntimeError.INVALID_FIELD, "");
    }

    @Test
    void refusesValuesOfTheWrongTypeByTheFieldsName() {
        refusesFilter("revenue", Operator.GT, "cheap");
        refusesFilter("revenue", Operator.GT, Map.of("a", 1));
        refusesFilter("employees", Operator.EQ, 1.5);
        refusesFilter("active", Operator.EQ, "yes");
        refusesFilter("active", Operator.EQ, 1);
        refusesFilter("founded", Operator.EQ, "yesterday");
        refusesFilter("founded", Operator.EQ, "2026-02-30");
        refusesFilter("founded", Operator.EQ, "+999999999-12-31");
        refusesFilter("founded", Operator.EQ, "2026-05-13T00:00:00Z");
        refusesFilter("seen_at", Operator.GT, "10 o'clock");
        refusesFilter("seen_at", Operator.GT, "2026-13-01");
        refusesFilter("seen_at", Operator.GT, "+999999999-12-31T23:59:59Z");
        refusesFilter("opens", Operator.GT, "25:00");
        refusesFilter("parent", Operator.EQ, "42");
        refusesFilter("id", Operator.IN, List.of("42"));
        refusesFilter("name", Operator.EQ, 5);
        refusesFilter("name", Operator.EQ, "a\0b");
        refusesFilter("name", Operator.EQ, List.of("a"));
        refusesFilter("name", Operator.LIKE, "a\\");
        refusesFilter("name", Operator.BETWEEN, List.of("a"));
        refusesFilter("tags", Operator.EQ, "red");
        refusesFilter("tags", Operator.IN, "red");
        refusesFilter("employees", Operator.EQ, new java.math.BigInteger("99999999999999999999"));
        refusesFilter("founded", Operator.EQ, new Operand.DateMacro("someday", null));
        refusesFilter("founded", Operator.EQ, new Operand.DateMacro("last_n_days", 99999999));
        refusesFilter("name", Operator.EQ, new Operand.DateMacro("today", null));
    }

    @Test
    void refusesOperatorsThatAFieldDoesNotHave() {
        refusesFilter("revenue", Operator.CONTAINS, "1");
        refusesFilter("active", Operator.GT, true);
        refusesFilter("extra", Operator.EQ, "x");
        refusesFilter("api_key", Operator.EQ, "sealed");
        refusesFilter("api_key", Operator.STARTS_WITH, "s");
        refusesFilter("shape", Operator.EQ, List.of(1));
        refusesFilter("tags", Operator.GT, List.of("a"));
        refusesFilter("name", Operator.EQ, new Operand.None());
        refusesFilter("name", Operator.IS_NULL, "x");
        refusesFilter("name", Operator.EQ, new Operand.Field(FieldPath.of("revenue")));
        refusesFilter("name", Operator.LIKE, new Operand.Field(FieldPath.of("notes")));
        refusesFilter("tags", Operator.EQ, new Operand.Field(FieldPath.of("tags")));
        refuses(accounts().sort("extra"), RuntimeError.INVALID_SORT, "extra");
        refuses(accounts().sort("tags"), RuntimeError.INVALID_SORT, "tags");
        refuses(accounts().sort("shape"), RuntimeError.INVALID_SORT, "shape");
        refuses(accounts().sort("api_key"), RuntimeError.INVALID_SORT, "api_key");
        refuses(accounts().expand(expansion("name")), RuntimeError.INVALID_QUERY, "name");
        refuses(TestingQuery.of("regions").search("x\0"), RuntimeError.INVALID_QUERY, "");
    }

    @Test
    void takesWhatIsExtremeButRight() {
        assertThat(found(accounts().where("revenue", Operator.LT, new java.math.BigDecimal("1e400")))).isZero();
        assertThat(found(accounts().where("employees", Operator.GT, Long.MAX_VALUE))).isZero();
        assertThat(found(accounts().where("name", Operator.CONTAINS, "x".repeat(100_000)))).isZero();
        assertThat(found(accounts().where("name", Operator.EQ, "💥\uD800"))).isZero();
        assertThat(found(accounts().where("id", Operator.IN,
                Collections.nCopies(1_000, "00000000-0000-0000-0000-000000000000")))).isZero();
    }

    @Test
    void refusesWhatIsTooLarge() {
        refuses(accounts().limit(0), RuntimeError.INVALID_QUERY, "limit");
        refuses(accounts().limit(1_001), RuntimeError.INVALID_QUERY, "1000");
        refuses(accounts().offset(-1), RuntimeError.INVALID_QUERY, "offset");
        refuses(accounts().offset(1_000_001), RuntimeError.INVALID_QUERY, "offset");
        refuses(accounts().offset(1).cursor("x"), RuntimeError.INVALID_QUERY, "both");
        refuses(accounts().search("x".repeat(201)), RuntimeError.INVALID_QUERY, "200");
        refuses(accounts().search("a b c d e f g h i j k l m n o p q"), RuntimeError.INVALID_QUERY, "words");
        refuses(accounts().fields(Collections.nCopies(501, "name").toArray(String[]::new)), RuntimeError.INVALID_QUERY,
                "500");
        refuses(accounts().where("name", Operator.IN, Collections.nCopies(1_001, "x")), RuntimeError.INVALID_QUERY,
                "1000");
        refuses(accounts().where(new Predicate.Or(Collections.nCopies(500, compare("name", Operator.EQ, "x")))),
                RuntimeError.INVALID_QUERY, "500");
        Predicate deep = compare("name", Operator.EQ, "x");
        Expansion deepExpansion = expansion("parent");
        for (int i = 0; i < 31; i++) {
            deep = new Predicate.Not(deep);
        }
        for (int i = 0; i < 5; i++) {
            deepExpansion = expansion("parent", deepExpansion);
        }
        refuses(accounts().where(deep), RuntimeError.INVALID_QUERY, "30");
        refuses(accounts().expand(deepExpansion), RuntimeError.INVALID_QUERY, "5");
        refuses(accounts().expand(expansion("parent"), expansion("parent")), RuntimeError.INVALID_QUERY, "twice");
        refuses(accounts().where("parent.parent.parent.parent.parent.parent.name", Operator.EQ, "x"),
                RuntimeError.INVALID_QUERY, "lookups");
        refuses(accounts().fields("parent.parent.parent.parent.parent.parent.name"), RuntimeError.INVALID_QUERY,
                "lookups");
        refuses(accounts().sort(Collections.nCopies(17, "name").toArray(String[]::new)), RuntimeError.INVALID_SORT,
                "16");
        refuses(accounts()
                .expand(new Expansion("contacts", List.of(), List.of(), Predicate.ALWAYS, List.of(), 0, null)),
                RuntimeError.INVALID_QUERY, "limit");
        refuses(accounts().expand(new Expansion("parent", List.of(), List.of(), Predicate.ALWAYS, List.of(), 5, null)),
                RuntimeError.INVALID_QUERY, "parent");
        TestingQuery grouped = accounts();
        for (int i = 0; i < 11; i++) {
            grouped.groupBy("name");
        }
        refuses(grouped, RuntimeError.INVALID_QUERY, "10");
    }

    @Test
    void answersTheLargestQueryThatItTakes() {
        var terms = new ArrayList<Predicate>(Collections.nCopies(400, compare("parent.name", Operator.ICONTAINS, "x")));
        terms.add(compare("name", Operator.EQ, "Only"));
        Expansion deep = expansion("contacts", expansion("account", expansion("contacts", expansion("account"))));

        assertThat(found(accounts().where(new Predicate.Or(terms)).sort("parent.parent.name", "-parent.region.code")
                .expand(expansion("parent", deep), expansion("contacts"), expansion("accounts")).count())).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'; drop table data.accounts; --", "\"; drop table data.accounts; --",
            "name\" from data.accounts --",
            "{0}", "?", ":name", "$1", "${x}", "\\", "/* */", "name) or (1=1", "\u0000"})
    void takesNoSqlFromAnyName(String hostile) {
        List<TestingQuery> queries = List.of(accounts().fields(hostile), accounts().where(hostile, Operator.EQ, "x"),
                accounts().where("name", Operator.EQ, new Operand.Field(FieldPath.of(hostile))),
                accounts().sort(hostile),
                accounts().expand(expansion(hostile)), accounts().groupBy(hostile),
                accounts().aggregate(Function.SUM, hostile, "x"),
                accounts().aggregate(Function.COUNT, null, hostile),
                accounts().aggregate(Function.COUNT, null, "n").having(hostile, Operator.EQ, 1),
                accounts().cursor(hostile), TestingQuery.of(hostile));
        for (TestingQuery query : queries) {
            PlatformException refusal = catchThrowableOfType(PlatformException.class,
                    () -> records.query(query.build()));
            assertThat(refusal).isNotNull();
            assertThat(refusal.code()).isIn(RuntimeError.INVALID_FIELD, RuntimeError.INVALID_QUERY,
                    RuntimeError.OBJECT_NOT_FOUND);
        }
        assertThat(found(accounts())).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'; drop table data.accounts; --", "\"", "{0}", "?", ":name", "$1", "%", "_", "/* */",
            "') or (1=1", "\\\\"})
    void takesNoSqlFromAnyValue(String hostile) {
        for (Operator operator : List.of(Operator.EQ, Operator.CONTAINS, Operator.ICONTAINS, Operator.STARTS_WITH,
                Operator.ENDS_WITH)) {
            assertThat(found(accounts().where("name", operator, hostile))).isZero();
        }
        assertThat(found(accounts().where("name", Operator.IN, List.of(hostile)))).isZero();
        assertThat(found(accounts().where("tags", Operator.CONTAINS, hostile))).isZero();
        assertThat(found(accounts().search(hostile))).isZero();
        assertThat(found(accounts())).isEqualTo(1);
    }

    private static TestingQuery accounts() {
        return TestingQuery.of("accounts");
    }

    private static int found(TestingQuery query) {
        return records.query(query.build()).get("records").size();
    }

    private static void refusesFilter(String field, Operator operator, Object value) {
        refuses(accounts().where(field, operator, value), RuntimeError.INVALID_FILTER, field);
    }

    private static void refuses(TestingQuery query, RuntimeError code, String named) {
        refuses(query.build(), code, named);
    }

    private static void refuses(Query query, RuntimeError code, String named) {
        assertThatThrownBy(() -> records.query(query)).isInstanceOfSatisfying(PlatformException.class, refusal -> {
            assertThat(refusal.code()).as(refusal.message()).isEqualTo(code);
            assertThat(refusal.message()).contains(named);
        });
    }
}
