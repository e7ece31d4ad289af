package dev.objectos.runtime.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.expression.TestingExpressions.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** The JVM and PostgreSQL come to the same values, and no record makes PostgreSQL fail. */
class SqlAgreementTest {

    private static final Pattern REFUSED = Pattern
            .compile("is not a number|is not a date|is not a datetime|too l(arge|ong)");

    private static @Nullable Rows rows;

    @BeforeContainer
    static void fillTable() {
        var records = new ArrayList<Map<String, Object>>();
        var random = new RandomExpressions(new Random(20_260_315));
        for (int i = 0; i < 40; i++) {
            records.add(random.record());
        }
        rows = Rows.of(records);
    }

    @AfterContainer
    static void dropTable() {
        rows().drop();
    }

    private static Rows rows() {
        if (rows == null) {
            throw new IllegalStateException("the table is not there");
        }
        return rows;
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void agreesOnRandomExpressions(@ForAll long seed) {
        String text = new RandomExpressions(new Random(seed)).any();
        CompiledExpression expression = compiled(text);

        List<@Nullable Object> queried = rows().query(expression);

        for (int i = 0; i < queried.size(); i++) {
            Map<String, ?> record = rows().records().get(i);
            Object evaluated = TestingExpressions.evaluate(expression, record);
            assertThat(TestingExpressions.same(evaluated, queried.get(i)))
                    .as("%s over %s: JVM %s, SQL %s", text, record, evaluated, queried.get(i)).isTrue();
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void selectsTheRecordsForWhichAConditionHolds(@ForAll long seed) {
        String text = new RandomExpressions(new Random(seed)).truth(4);
        CompiledExpression expression = compiled(text);

        List<Integer> matching = rows().matching(expression);

        var expected = new ArrayList<Integer>();
        for (int i = 0; i < rows().records().size(); i++) {
            if (expression.holds(new TestingExpressions.MapContext(rows().records().get(i), Map.of()))) {
                expected.add(i);
            }
        }
        assertThat(matching).as(text).isEqualTo(expected);
    }

    /** Constants that are no number or date are refused, and so is what grows too large; nothing else may be. */
    private static CompiledExpression compiled(String text) {
        try {
            return TestingExpressions.compile(text);
        } catch (ExpressionException e) {
            Assume.that(e.problems().stream().noneMatch(problem -> REFUSED.matcher(problem.message()).find()));
            throw e;
        }
    }
}
