package dev.objectos.runtime.expression;

import static dev.objectos.runtime.expression.TestingExpressions.ADA;
import static dev.objectos.runtime.expression.TestingExpressions.BOB;
import static dev.objectos.runtime.expression.TestingExpressions.CATALOG;
import static dev.objectos.runtime.expression.TestingExpressions.compile;
import static dev.objectos.runtime.expression.TestingExpressions.evaluate;
import static dev.objectos.runtime.expression.TestingExpressions.expressions;
import static dev.objectos.runtime.expression.TestingExpressions.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.expression.TestingExpressions.MapContext;
import dev.objectos.runtime.expression.TestingExpressions.Rows;
import dev.objectos.runtime.metadata.FieldPath;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The written rules, line by line, in the JVM and in PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExpressionValuesTest {

    /** Fields that are not here are null. */
    private static final Map<String, Object> RECORD = Map.ofEntries(Map.entry("first", "Ada"),
            Map.entry("last", "Lovelace"), Map.entry("amount", new BigDecimal("1.10")),
            Map.entry("price", new BigDecimal("2.50")), Map.entry("quantity", 4L), Map.entry("active", true),
            Map.entry("verified", false), Map.entry("born", LocalDate.of(2024, 2, 29)),
            Map.entry("seen", Instant.parse("2026-03-15T00:00:00Z")), Map.entry("alarm", LocalTime.of(7, 30)),
            Map.entry("status", "active"), Map.entry("labels", List.of("a", "b", "a")), Map.entry("manager", ADA),
            Map.entry("friends", List.of(ADA, BOB)), Map.entry("manager.first", "Grace"),
            Map.entry("meta",
                    Map.of("name", "x", "size", new BigDecimal("2.5"), "tags", List.of("p", "q"), "flag", true)));

    private Rows rows;

    @BeforeAll
    void fillTable() {
        rows = Rows.of(List.of(RECORD));
    }

    @AfterAll
    void dropTable() {
        rows.drop();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "null", value = {
            // decimals
            "0.1 + 0.2 == 0.3 | true", "1.10 == 1.1 | true", "amount == 1.1 | true", "amount in [1.100, 7] | true",
            "12345678901234567890.123 + 0.001 | 12345678901234567890.124", "7 / 2 | 3.5",
            "1 / 3 | 0.33333333333333333333",
            "2 / 3 | 0.66666666666666666667", "-2 / 3 | -0.66666666666666666667", "price / 0 | null",
            "price % 0 | null",
            "-7 % 3 | -1", "quantity * 2 | 8", "amount * price | 2.75", "round(2.5) | 3", "round(-2.5) | -3",
            "round(2.345, 2) | 2.35", "round(1250, -2) | 1300", "floor(-1.5) | -2", "ceil(1.2) | 2", "abs(-3) | 3",
            "int(-3.7) | -3", "mod(7, 4) | 3", "1-2.5 | -1.5", "1.5e-3 * 1000 | 1.5", "-0.5 | -0.5", "-quantity | -4",
            "math.greatest(1, 2.5, quantity) | 4",
            "max([1, 5, 3]) | 5", "min(3, null) | 3", "number('12.5') + 1 | 13.5", "number(first) | null",
            // null
            "null + 1 | null", "rank + 1 | null", "rank > 1 | null", "1 > rank | null", "rank == null | true",
            "rank != 1 | true", "rank == 1 | false", "!(rank == 1) | true", "rank == company.revenue | true",
            "null == null | true", "rank > 1 || active | true", "rank > 1 && active | null",
            "rank > 1 && verified | false",
            "!(rank > 1) | null", "rank > 1 ? 'yes' : 'no' | no", "rank in [1, 2] | false", "rank in [1, null] | true",
            "'a' in null | false", "coalesce(rank, quantity) | 4", "isBlank(notes) | true", "isBlank(' ') | true",
            "isBlank(first) | false", "has(record.notes) | false", "has(record.first) | true", "isNull(rank) | true",
            // text
            "first + last | AdaLovelace", "first + notes | Ada", "notes + notes | null",
            "first + ' ' + last | Ada Lovelace",
            "notes + ' ' + last | Lovelace", "first + ' ' + notes | Ada", "notes + ' ' + notes | null",
            "first + ', ' + notes | `Ada, `", "CONCAT(first, '-', quantity) | Ada-4", "full_name | Ada Lovelace",
            "shout | ADA LOVELACE!", "upper('straße') | STRAßE", "lower('ÀB') | àb", "upperAscii('àb') | àB",
            "trim(' x ') | x", "'hello'.substring(1, 3) | el", "'hello'.substring(3) | lo",
            "'hello'.substring(-5, 99) | hello",
            "'a😀b'.substring(1, 2) | 😀", "size('a😀b') | 3", "left('hello', 2) | he", "right('hello', 2) | lo",
            "'hello'.indexOf('l') | 2", "'hello'.indexOf('z') | -1", "replace('aXbX', 'X', '-') | a-b-",
            "replace('ab', '', '-') | ab", "first.contains('d') | true", "first.startsWith('ad') | false",
            "notes.contains('d') | null", "'a' < 'B' | false", "'Z' < 'a' | true", "'\uE000' < '😀' | true",
            "string(amount) | 1.1", "string(2.50) | 2.5", "string(active) | true", "string(born) | 2024-02-29",
            "string(seen) | 2026-03-15T00:00:00Z", "string(alarm) | 07:30:00", "join(split('a-b', '-'), '+') | a+b",
            // dates
            "born + 1 == date('2024-03-01') | true", "born - 1 == '2024-02-28' | true", "date('2024-03-01') - born | 1",
            "string(addMonths(born, 12)) | 2025-02-28", "string(addYears(born, 4)) | 2028-02-29",
            "addDays(born, 99999999) | null", "addDays(born, -99999999) | null", "year(born) | 2024", "month(born) | 2",
            "born.getMonth() | 1", "day(born) | 29", "weekday(born) | 4", "born < seen | true",
            "date('2026-03-15') == seen | true", "seen > '2026-03-14T23:59:59Z' | true", "hour(seen) | 0",
            "minute(alarm) | 30",
            "seen - timestamp('2026-03-13T00:00:00Z') > duration('47h') | true",
            "string(seen + duration('1h30m')) | 2026-03-15T01:30:00Z",
            "hoursBetween(seen, addMinutes(seen, -90)) | -1", "daysBetween(born, '2024-03-02') | 2",
            "string(TODAY()) | 2026-03-15",
            "today == date('2026-03-15') | true", "NOW() > seen | true", "date('2024-02-30' + '') | null",
            // lists and json
            "'a' in labels | true", "labels.contains('z') | false", "labels[1] | b", "labels[9] | null",
            "labels[-1] | null",
            "size(labels) | 3", "labels.exists(x, x > 'a') | true", "labels.all(x, x == 'a') | false",
            "labels.exists_one(x, x == 'b') | true", "join(labels.map(x, upper(x)), '') | ABA",
            "size(labels.filter(x, x == 'a')) | 2", "[1, 2, 3].map(x, x * 2)[2] | 6", "meta.name == 'x' | true",
            "meta.size > 2 | true", "meta.size + 1 | 3.5", "meta.nope == null | true", "meta.name + '!' | x!",
            "'p' in meta.tags | true", "size(meta.tags) | 2", "meta.tags.exists(t, t == 'q') | true",
            "meta['name'] == 'x' | true",
            // records and people
            "manager == currentUser.id | true", "manager.id == currentUser.id | true", "manager.first | Grace",
            "currentUser.id in friends | true", "'admin' in currentUser.roles | true",
            "currentUser.username == null | true",
            "manager == '01900000-0000-7000-8000-00000000000a' | true", "currentUser.timezone | Pacific/Auckland",
            // spellings of the family
            "{quantity} * 10 | 40", "${record.quantity * 10} | 40", "IF(active, 'y', 'n') | y",
            "AND(active, NOT(verified)) | true",
            "OR(verified, rank > 1) | null", "ISBLANK(notes) | true", "CASE(status, 'draft', 1, 'active', 2, 0) | 2",
            "ISPICKVAL(status, 'active') | true", "doubled + 1 | 9", "total | 10"})
    void holdsToTheRules(String expression, String expected) {
        CompiledExpression compiled = compile(expression);

        assertThat(shown(evaluate(compiled, RECORD))).as("in the JVM").isEqualTo(expected);
        assertThat(shown(rows.query(compiled).getFirst())).as("in PostgreSQL").isEqualTo(expected);
    }

    private static String shown(Object value) {
        return value instanceof BigDecimal number ? Conversions.plain(number) : value == null ? null : value.toString();
    }

    @Test
    void findsTextByALinearTimePattern() {
        CompiledExpression pattern = expressions().compile(source("first.matches('^(a+)+$')"), Scope.change("person"));

        assertThat(pattern.translatable()).isFalse();
        assertThat(evaluate(pattern, Map.of("first", "a".repeat(50_000) + "b"))).isEqualTo(false);
        assertThat(evaluate(pattern, Map.of("first", "aaa"))).isEqualTo(true);
    }

    @Test
    void comparesWithTheRecordBefore() {
        CompiledExpression changed = expressions().compile(source("isChanged(status) && previous.status == 'draft'"),
                Scope.change("person"));

        assertThat(changed.readsPrevious()).isTrue();
        assertThat(changed.storedPreviousFields()).containsExactly(FieldPath.of("status"));
        assertThat(changed.holds(new MapContext(Map.of("status", "active"), Map.of("status", "draft")))).isTrue();
        assertThat(changed.holds(new MapContext(Map.of("status", "draft"), Map.of("status", "draft")))).isFalse();
    }

    @Test
    void namesTheFieldsThatItReads() {
        CompiledExpression expression = compile("shout + company.boss.first + string(manager.id)");

        assertThat(expression.fields()).extracting(FieldPath::toString).containsExactlyInAnyOrder("shout",
                "company.boss.first", "manager");
        assertThat(expression.storedFields()).extracting(FieldPath::toString).containsExactlyInAnyOrder("first", "last",
                "company.boss.first", "manager");
        assertThat(expression.readsClock()).isFalse();
        assertThat(compile("currentUser.id == manager || now > seen").readsCurrentUser()).isTrue();
    }

    @Test
    void evaluatesAFormulaOfAnotherRecordThroughALookup() {
        CompiledExpression expression = compile("manager.full_name");

        assertThat(expression.fields()).containsExactly(FieldPath.of("manager", "full_name"));
        assertThat(expression.storedFields()).extracting(FieldPath::toString)
                .containsExactlyInAnyOrder("manager.first", "manager.last");
        assertThat(evaluate(expression, Map.of("manager.first", "Grace", "manager.last", "Hopper")))
                .isEqualTo("Grace Hopper");
    }

    @Test
    void givesTheJavaFormsOfFieldValues() {
        assertThat(Stream.of("quantity + 1", "amount + 1", "seen", "labels", "manager", "size(first) / 2")
                .map(expression -> evaluate(expression, RECORD))).containsExactly(5L, new BigDecimal("2.10"),
                        Instant.parse("2026-03-15T00:00:00Z"), List.of("a", "b", "a"), ADA, new BigDecimal("1.5"));
    }

    @Test
    void turnsAWholeNumberThatDoesNotFitToNull() {
        assertThat(evaluate("rank * 2", Map.of("rank", Long.MAX_VALUE))).isNull();
        assertThat(TestingExpressions.query(compile("rank * 2"), Map.of("rank", Long.MAX_VALUE))).isNull();
    }

    @Test
    void takesParametersAndAttributesOfTheCaller() {
        Scope scope = Scope.change("person").withParams(Map.of("limit", ExpressionType.DECIMAL))
                .withUserAttribute("subordinates", ExpressionType.list(ExpressionType.reference("person")));
        CompiledExpression expression = expressions()
                .compile(source("amount > params.limit && manager in currentUser.subordinates"), scope);
        var context = new EvaluationContext() {

            @Override
            public Object record(FieldPath path) {
                return RECORD.get(path.toString());
            }

            @Override
            public Object previous(FieldPath path) {
                throw new AssertionError();
            }

            @Override
            public dev.objectos.runtime.session.Session session() {
                return TestingExpressions.SESSION;
            }

            @Override
            public Instant now() {
                return TestingExpressions.NOW;
            }

            @Override
            public Object param(String name) {
                return 1;
            }

            @Override
            public Object userAttribute(String name) {
                return List.of(ADA);
            }
        };

        assertThat(expression.evaluate(context)).isEqualTo(true);
        assertThat(expression.translatable()).isFalse();
    }

    @Test
    void walksALongRowOfListsOnce() {
        String maps = ".map(x, x + 'a')".repeat(40);

        assertThat(evaluate(expressions().compile(source("labels" + maps + "[0]"), Scope.change("person")),
                Map.of("labels", List.of("")))).isEqualTo("a".repeat(40));
    }

    @Test
    void joinsMorePartsThanAFunctionOfPostgresTakes() {
        for (String separator : List.of("", ", ' '")) {
            CompiledExpression expression = compile("CONCAT(status" + (separator + ", status").repeat(110) + ")");

            assertThat(rows.query(expression)).containsExactly(evaluate(expression, RECORD));
        }
    }

    @Test
    void letsAnIndexServeAComparisonWithAConstant() {
        assertThat(compile("status == 'active' && quantity > 3").toCondition(rows).toString())
                .isEqualToIgnoringWhitespace("((\"status\" = cast('active' as text)) and ((\"quantity\" > 3)))");
    }

    @Test
    void keepsWhatItCompiledForTheCatalog() {
        assertThat(Expressions.of(CATALOG)).isSameAs(expressions());
        assertThat(compile("first + last")).isSameAs(compile("first + last"));
    }
}
