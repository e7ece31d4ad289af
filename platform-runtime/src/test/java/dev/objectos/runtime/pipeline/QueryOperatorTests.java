package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.query.TestingQuery.compare;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.TestingQuery;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator on every kind of field, against rows of which one has nothing but its id. */
class QueryOperatorTests {

    private static TestingRecords records;
    private static UUID a;
    private static UUID b;
    private static UUID c;
    private static UUID empty;
    private static UUID user;

    @BeforeAll
    static void open() {
        records = SalesObjects.publish("query_operators");
        user = records.insert("user", Map.of("name", "Ada", "email", "ada@example.com"));
        a = records.insert("accounts",
                Map.ofEntries(Map.entry("name", "Alpha"), Map.entry("previous_name", "Alpha"),
                        Map.entry("industry", "tech"), Map.entry("revenue", new BigDecimal("10.50")),
                        Map.entry("employees", 5L), Map.entry("active", true),
                        Map.entry("founded", LocalDate.of(2026, 5, 13)), Map.entry("opens", LocalTime.of(8, 30)),
                        Map.entry("seen_at", Instant.parse("2026-05-13T10:00:00.123456Z")),
                        Map.entry("tags", List.of("red", "blue")), Map.entry("extra", "{\"a\": 1}"),
                        Map.entry("api_key", "sealed"), Map.entry("watchers", List.of(user))));
        b = records.insert("accounts",
                Map.ofEntries(Map.entry("name", "alphabet 100%"), Map.entry("previous_name", "Beta"),
                        Map.entry("industry", "retail"), Map.entry("revenue", new BigDecimal("99.99")),
                        Map.entry("employees", 50L), Map.entry("active", false),
                        Map.entry("founded", LocalDate.of(2026, 4, 30)), Map.entry("opens", LocalTime.of(9, 0)),
                        Map.entry("seen_at", Instant.parse("2026-05-12T23:59:59.999999Z")),
                        Map.entry("tags", List.of("green")), Map.entry("parent", a)));
        c = records.insert("accounts",
                Map.ofEntries(Map.entry("name", "Gam_ma\\"), Map.entry("industry", "tech"),
                        Map.entry("revenue", new BigDecimal("-3.00")), Map.entry("employees", 500L),
                        Map.entry("active", true), Map.entry("founded", LocalDate.of(2025, 5, 13)),
                        Map.entry("opens", LocalTime.of(23, 59)),
                        Map.entry("seen_at", Instant.parse("2026-05-14T00:00:00Z")),
                        Map.entry("tags", List.of("red", "green")), Map.entry("parent", b)));
        empty = records.insert("accounts", Map.of());
    }

    @AfterAll
    static void close() {
        records.close();
    }

    record Case(Predicate predicate, List<UUID> expected) {

        @Override
        public String toString() {
            return String.valueOf(predicate);
        }
    }

    private static Case of(String field, Operator operator, Object value, UUID... expected) {
        return new Case(compare(field, operator, value), List.of(expected));
    }

    private static Operand.DateMacro macro(String name) {
        return new Operand.DateMacro(name, null);
    }

    private static Operand.DateMacro macro(String name, int argument) {
        return new Operand.DateMacro(name, argument);
    }

    static List<Case> cases() {
        var none = new Operand.None();
        var cases = new ArrayList<Case>();
        // text
        cases.add(of("name", Operator.EQ, "Alpha", a));
        cases.add(of("name", Operator.NE, "Alpha", b, c, empty));
        cases.add(of("name", Operator.IN, List.of("Alpha", "Gam_ma\\"), a, c));
        cases.add(of("name", Operator.IN, List.of()));
        cases.add(of("name", Operator.NOT_IN, List.of("Alpha"), b, c, empty));
        cases.add(of("name", Operator.NOT_IN, List.of(), a, b, c, empty));
        cases.add(of("name", Operator.CONTAINS, "lpha", a, b));
        cases.add(of("name", Operator.CONTAINS, "Alph", a));
        cases.add(of("name", Operator.CONTAINS, "%", b));
        cases.add(of("name", Operator.CONTAINS, "_", c));
        cases.add(of("name", Operator.CONTAINS, "\\", c));
        cases.add(of("name", Operator.NOT_CONTAINS, "lpha", c, empty));
        cases.add(of("name", Operator.ICONTAINS, "ALPHA", a, b));
        cases.add(of("name", Operator.STARTS_WITH, "Al", a));
        cases.add(of("name", Operator.STARTS_WITH, "%"));
        cases.add(of("name", Operator.ENDS_WITH, "100%", b));
        cases.add(of("name", Operator.ENDS_WITH, "\\", c));
        cases.add(of("name", Operator.LIKE, "Al%", a));
        cases.add(of("name", Operator.LIKE, "Gam\\_ma\\\\", c));
        cases.add(of("name", Operator.ILIKE, "aL_ha%", a, b));
        cases.add(of("name", Operator.GT, "Alpha", b, c));
        cases.add(of("name", Operator.BETWEEN, List.of("Alpha", "Beta"), a));
        cases.add(of("name", Operator.IS_NULL, none, empty));
        cases.add(of("name", Operator.IS_NOT_NULL, none, a, b, c));
        cases.add(of("industry", Operator.EQ, "no such option"));
        // numbers
        cases.add(of("revenue", Operator.EQ, new BigDecimal("10.5"), a));
        cases.add(of("revenue", Operator.EQ, "99.99", b));
        cases.add(of("revenue", Operator.EQ, new BigDecimal("10.501")));
        cases.add(of("revenue", Operator.GT, -3, a, b));
        cases.add(of("revenue", Operator.GTE, -3, a, b, c));
        cases.add(of("revenue", Operator.LT, new BigDecimal("10.5"), c));
        cases.add(of("revenue", Operator.LTE, new BigDecimal("10.5"), a, c));
        cases.add(of("revenue", Operator.BETWEEN, List.of(-3, 11), a, c));
        cases.add(of("revenue", Operator.IN, List.of(-3, "99.99"), b, c));
        cases.add(of("employees", Operator.NE, 50, a, c, empty));
        cases.add(of("employees", Operator.IN, List.of(5L, 500), a, c));
        // booleans
        cases.add(of("active", Operator.EQ, true, a, c));
        cases.add(of("active", Operator.EQ, "false", b));
        cases.add(of("active", Operator.NE, true, b, empty));
        cases.add(of("active", Operator.IN, List.of(true, false), a, b, c));
        // dates; today is Wednesday 2026-05-13
        cases.add(of("founded", Operator.EQ, "2026-05-13", a));
        cases.add(of("founded", Operator.NE, "2026-05-13", b, c, empty));
        cases.add(of("founded", Operator.GT, "2026-04-30", a));
        cases.add(of("founded", Operator.BETWEEN, List.of("2026-04-30", "2026-05-13"), a, b));
        cases.add(of("founded", Operator.EQ, macro("today"), a));
        cases.add(of("founded", Operator.NE, macro("today"), b, c, empty));
        cases.add(of("founded", Operator.EQ, macro("last_month"), b));
        cases.add(of("founded", Operator.EQ, macro("this_year"), a, b));
        cases.add(of("founded", Operator.LT, macro("this_month"), b, c));
        cases.add(of("founded", Operator.LTE, macro("this_month"), a, b, c));
        cases.add(of("founded", Operator.GT, macro("last_month"), a));
        cases.add(of("founded", Operator.GTE, macro("last_month"), a, b));
        cases.add(of("founded", Operator.EQ, macro("last_n_days", 13), a, b));
        cases.add(of("founded", Operator.EQ, macro("last_n_days", 12), a));
        cases.add(of("founded", Operator.BETWEEN, List.of(macro("last_month"), macro("today")), a, b));
        cases.add(of("founded", Operator.IN, List.of("2026-05-13", "2025-05-13"), a, c));
        cases.add(of("opens", Operator.GTE, "09:00:00", b, c));
        cases.add(of("opens", Operator.EQ, "08:30", a));
        // instants
        cases.add(of("seen_at", Operator.EQ, "2026-05-13T10:00:00.123456Z", a));
        cases.add(of("seen_at", Operator.EQ, "2026-05-13T12:00:00.123456+02:00", a));
        cases.add(of("seen_at", Operator.EQ, "2026-05-13T10:00:00Z"));
        cases.add(of("seen_at", Operator.EQ, "2026-05-13", a));
        cases.add(of("seen_at", Operator.NE, "2026-05-13", b, c, empty));
        cases.add(of("seen_at", Operator.GT, "2026-05-13", c));
        cases.add(of("seen_at", Operator.GTE, "2026-05-13", a, c));
        cases.add(of("seen_at", Operator.LTE, "2026-05-13", a, b));
        cases.add(of("seen_at", Operator.LT, "2026-05-13T10:00:00.123456Z", b));
        cases.add(of("seen_at", Operator.LTE, "2026-05-13T10:00:00.123456Z", a, b));
        cases.add(of("seen_at", Operator.GT, "2026-05-13T10:00:00.123456Z", c));
        cases.add(of("seen_at", Operator.BETWEEN, List.of("2026-05-12", "2026-05-13"), a, b));
        cases.add(of("seen_at", Operator.EQ, macro("yesterday"), b));
        cases.add(of("seen_at", Operator.EQ, macro("tomorrow"), c));
        cases.add(of("seen_at", Operator.LTE, macro("now"), a, b));
        cases.add(of("seen_at", Operator.GT, macro("now"), c));
        cases.add(of("seen_at", Operator.IN, List.of("2026-05-14T00:00:00Z"), c));
        // lookups and ids
        cases.add(of("id", Operator.EQ, a.toString(), a));
        cases.add(of("parent", Operator.EQ, a.toString(), b));
        cases.add(of("parent", Operator.NE, a.toString(), a, c, empty));
        cases.add(of("parent", Operator.IN, List.of(a.toString(), b.toString()), b, c));
        cases.add(of("parent", Operator.IS_NULL, none, a, empty));
        cases.add(of("parent.name", Operator.EQ, "Alpha", b));
        cases.add(of("parent.name", Operator.NE, "Alpha", a, c, empty));
        cases.add(of("parent.parent.name", Operator.EQ, "Alpha", c));
        // lists
        cases.add(of("tags", Operator.CONTAINS, "red", a, c));
        cases.add(of("tags", Operator.CONTAINS, List.of("red", "green"), c));
        cases.add(of("tags", Operator.NOT_CONTAINS, "red", b, empty));
        cases.add(of("tags", Operator.IN, List.of("blue", "green"), a, b, c));
        cases.add(of("tags", Operator.NOT_IN, List.of("red"), b, empty));
        cases.add(of("tags", Operator.EQ, List.of("red", "blue"), a));
        cases.add(of("tags", Operator.IS_NULL, none, empty));
        cases.add(of("watchers", Operator.CONTAINS, user.toString(), a));
        // what only can be there or not
        cases.add(of("extra", Operator.IS_NOT_NULL, none, a));
        cases.add(of("api_key", Operator.IS_NULL, none, b, c, empty));
        // fields with fields
        cases.add(of("name", Operator.EQ, new Operand.Field(FieldPath.of("previous_name")), a, empty));
        cases.add(of("name", Operator.NE, new Operand.Field(FieldPath.of("previous_name")), b, c));
        cases.add(of("employees", Operator.LT, new Operand.Field(FieldPath.of("revenue")), a, b));
        cases.add(of("name", Operator.EQ, new Operand.Field(FieldPath.parse("parent.previous_name")), empty));
        // together
        Predicate tech = compare("industry", Operator.EQ, "tech");
        Predicate big = compare("employees", Operator.GT, 100);
        cases.add(new Case(new Predicate.And(List.of(tech, big)), List.of(c)));
        cases.add(new Case(new Predicate.Or(List.of(tech, compare("name", Operator.IS_NULL, none))),
                List.of(a, c, empty)));
        cases.add(new Case(new Predicate.Not(tech), List.of(b, empty)));
        cases.add(new Case(new Predicate.Not(new Predicate.Not(tech)), List.of(a, c)));
        cases.add(new Case(new Predicate.Not(compare("name", Operator.CONTAINS, "lpha")), List.of(c, empty)));
        cases.add(new Case(new Predicate.Or(List.of()), List.of()));
        cases.add(new Case(Predicate.ALWAYS, List.of(a, b, c, empty)));
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void finds(Case one) {
        Query query = TestingQuery.of("accounts").where(one.predicate()).build();

        assertThat(ids(query)).containsExactlyElementsOf(one.expected().stream().map(UUID::toString).toList());
    }

    @Test
    void searchesEveryWordInEverySearchableField() {
        assertThat(ids(TestingQuery.of("accounts").search("ALPHA").build())).containsExactly(a.toString(),
                b.toString());
        assertThat(ids(TestingQuery.of("accounts").search("  (bet)  alpha! ").build())).containsExactly(b.toString());
        assertThat(ids(TestingQuery.of("accounts").search("100%").build())).containsExactly(b.toString());
        assertThat(ids(TestingQuery.of("accounts").search("%").build())).containsExactly(b.toString());
        assertThat(ids(TestingQuery.of("accounts").search("alpha nothing").build())).isEmpty();
        assertThat(ids(TestingQuery.of("accounts").search(" ").build())).hasSize(4);
    }

    private static List<String> ids(Query query) {
        return records.query(query).get("records").valueStream().map(record -> record.get("id").stringValue())
                .toList();
    }
}
