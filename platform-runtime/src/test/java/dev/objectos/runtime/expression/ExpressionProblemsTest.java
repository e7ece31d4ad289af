package dev.objectos.runtime.expression;

import static dev.objectos.runtime.expression.TestingExpressions.expressions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.metadata.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, where it is said to be, and what is suggested. */
class ExpressionProblemsTest {

    private static List<ExpressionProblem> problems(String text, Scope scope) {
        var source = new ExpressionSource(text, new SourceLocation("a.yml", 7, 20));
        return catchThrowableOfType(ExpressionException.class, () -> expressions().compile(source, scope)).problems();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "record.frist == 'a' | 8 | 'frist' is not a field of person | did you mean 'first'?",
            "  amuont > 3 | 1 | 'amuont' is not a field of person | did you mean 'amount'?",
            "active && manager.frist == 'x' | 19 | 'frist' is not a field of person | did you mean 'first'?",
            "currentUser.mail == 'x' | 13 | 'mail' is not an attribute of currentUser | did you mean 'email'?",
            "uper(first) | 1 | there is no function 'uper' | did you mean 'upper'?",
            "status = 'active' | 8 | '=' is not a comparison | write ==",
            "status === 'active' | 8 | '===' is not an operator here | write ==",
            "status <> 'active' | 8 | '<>' is not an operator here | write !=",
            "active AND verified | 8 | 'AND' is not expected here | write &&",
            "first + 3 | 9 | '+' needs text, not integer | write string(…) around it",
            "first * 2 | 1 | '*' needs number, not text | write number(…) around it",
            "amount > 'abc' | 10 | '>' needs one type, but has number and text | write string(…) around the number or number(…) around the text",
            "amount && active | 1 | '&&' needs boolean, not number | compare it with something",
            "active > verified | 1 | values of type boolean have no order | ``",
            "owner == 'bob' | 10 | '==' needs one type, but has id of user and text | a lookup is the id of a record; follow it to a field: lookup.name",
            "first.name == 'x' | 7 | 'first' is text and has no 'name' | ``",
            "friends.first == 'x' | 9 | 'friends' is list of id of person and has no 'first' | it is a list: use exists, all, map or filter",
            "pin == 'x' | 1 | 'pin' is a password, which no expression may read | ``",
            "manager.key == 'x' | 9 | 'key' is a secret, which no expression may read | ``",
            "previous.first == 'x' | 1 | 'previous' is not available here | use record, currentUser, now, today",
            "record == 1 | 1 | 'record' is not a value by itself | name one of its fields: record.…",
            "currentUser == manager | 1 | 'currentUser' is not a value by itself | write currentUser.id",
            "upper(first, last) | 1 | 'upper' takes 1 argument, not 2 | ``",
            "first.matches('x') | 1 | matches cannot be computed by the database | use contains, startsWith or endsWith",
            "round(amount, quantity) | 15 | 'round' needs a constant number of digits, at most 20 | ``",
            "date('2026-02-30') == born | 6 | the text is not a date | write it like '2026-01-31'",
            "first + | 8 | the expression ends too early | ``", "(first | 7 | ')' is missing | ``",
            "first last | 7 | 'last' is not expected here | ``",
            "'abc | 1 | the text that starts here does not end, or has an unknown escape | close the quote; write \\\\ for a backslash",
            "'a' in first | 8 | 'in' needs a list, not text | write text.contains(part)",
            "born + seen | 1 | '+' needs number, not date | ``",
            "{'a': 1} == meta | 1 | objects in braces are not supported | ``",
            "manager.manager.manager.manager.manager.manager.first == '' | 41 | a path goes through at most 5 lookups | ``"})
    void saysWhatIsWrongAndWhere(String expression, int column, String message, String suggestion) {
        assertThat(problems(expression, Scope.filter("person"))).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo(message);
            assertThat(problem.suggestion()).isEqualTo(suggestion);
            assertThat(problem.column()).isEqualTo(column);
            assertThat(problem.where()).isEqualTo(new SourceLocation("a.yml", 7, 19 + column));
        });
    }

    @Test
    void reportsEveryProblemOfAnExpression() {
        assertThat(problems("record.frist == 'a' && uper(last) == 'B' || amuont > 2", Scope.filter("person")))
                .extracting(ExpressionProblem::column).containsExactly(8, 24, 45);
    }

    @Test
    void countsLinesInsideAnExpression() {
        assertThat(problems("first == 'é😀' &&\n  frist == 'x'", Scope.filter("person"))).singleElement()
                .satisfies(problem -> assertThat(problem.where()).isEqualTo(new SourceLocation("a.yml", 8, 3)));
    }

    @Test
    void refusesWhatIsTooLongDeepOrLarge() {
        assertThat(problems("first == '" + "x".repeat(10_000) + "'", Scope.filter("person")).getFirst().message())
                .contains("more than 10000 characters");
        assertThat(problems("!(".repeat(60) + "active == (".repeat(50) + "active" + ")".repeat(110),
                Scope.filter("person")).getFirst().message()).contains("nested");
        assertThat(problems("amount" + " * amount".repeat(17), Scope.filter("person")).getFirst().message())
                .isEqualTo("the value could become too large");
        assertThat(problems("1e2000 > amount", Scope.filter("person")).getFirst().message())
                .isEqualTo("the number has more than 1000 digits");
    }

    @Test
    void refusesAnEmptyExpression() {
        assertThat(problems(" ", Scope.filter("person")).getFirst().message()).isEqualTo("the expression is empty");
    }

    @Test
    void findsWhatIsWrongInACatalog() {
        Catalog catalog = TestingCatalogs.loadFiles(Map.of("deal.object.yml", """
                name: deal
                fields:
                  title: {type: text}
                  amount: {type: currency}
                  stage: {type: select, options: [open, won]}
                  good: {type: formula, expression: "amount * 2", return_type: number}
                  unfit: {type: formula, expression: "amount * 2", return_type: text}
                  unknown: {type: formula, expression: "amuont * 2", return_type: number}
                  dependent: {type: formula, expression: "unknown + 1", return_type: number}
                  one: {type: formula, expression: "two + 1", return_type: number}
                  two: {type: formula, expression: "three + 1", return_type: number}
                  three: {type: formula, expression: "one + 1", return_type: number}
                  upon: {type: formula, expression: "one + 1", return_type: number}
                  day: {type: date, default: "${titel}"}
                validations:
                  - {name: won_has_amount, condition: "stage != 'wonn' || amount > 0", message: Amount}
                """));

        List<Violation> violations = ExpressionChecker.check(catalog);

        assertThat(violations).filteredOn(Violation::isError).extracting(Violation::message).containsExactlyInAnyOrder(
                "the formula of deal.unfit: the expression gives number, but text is needed",
                "the formula of deal.unknown: 'amuont' is not a field of deal",
                "the formula of deal.dependent: it uses the formula deal.unknown, which cannot be computed",
                "the formula of deal.one: the formula refers to itself: deal.one → deal.two → deal.three → deal.one",
                "the formula of deal.two: the formula refers to itself: deal.one → deal.two → deal.three → deal.one",
                "the formula of deal.three: the formula refers to itself: deal.one → deal.two → deal.three → deal.one",
                "the formula of deal.upon: it uses the formula deal.one, which cannot be computed",
                "the default of deal.day: 'titel' is not a field of deal");
        assertThat(violations).filteredOn(violation -> !violation.isError()).singleElement()
                .satisfies(warning -> {
                    assertThat(warning.message())
                            .isEqualTo("the condition of deal.won_has_amount: 'wonn' is none of the options of stage");
                    assertThat(warning.suggestion()).isEqualTo("did you mean 'won'?");
                });
        assertThat(violations).filteredOn(violation -> violation.message().contains("amuont")).first()
                .satisfies(violation -> {
                    assertThat(violation.where().file()).isEqualTo("deal.object.yml");
                    assertThat(violation.where().line()).isEqualTo(8);
                    assertThat(violation.suggestion()).isEqualTo("did you mean 'amount'?");
                });
    }

    @Test
    void infersTheTypeOfAFormulaThatNamesNone() {
        Catalog catalog = TestingCatalogs.of("""
                name: line
                fields:
                  twice: {type: formula, expression: "tens * 2 > 10"}
                  tens: {type: formula, expression: "{count} * 10"}
                  count: {type: integer}
                  due: {type: formula, expression: "today + count"}
                """);

        assertThat(catalog.object("line").orElseThrow().fields().values()).map(field -> field.type())
                .filteredOn(FieldType.Formula.class::isInstance).map(type -> ((FieldType.Formula) type).returnType())
                .containsExactly("boolean", "integer", "date");
        assertThat(ExpressionChecker.check(catalog)).isEmpty();
    }

    @Test
    void refusesASummaryOfAFormulaThatGivesNoNumber() {
        Catalog catalog = TestingCatalogs.of("""
                name: invoice
                fields:
                  total: {type: summary, summary: {object: line, field: tens, function: sum}}
                  words: {type: summary, summary: {object: line, field: word, function: sum}}
                """, """
                name: line
                fields:
                  invoice: {type: lookup, reference_to: invoice}
                  tens: {type: formula, expression: "2 * 10"}
                  word: {type: formula, expression: "'a' + 'b'"}
                """);

        assertThat(ExpressionChecker.check(catalog)).extracting(Violation::message).containsExactly(
                "the summary invoice.words: the formula line.word gives text, which has no sum");
    }

    @Test
    void refusesFormulasThatGrowWithoutBoundWhenWrittenOut() {
        var yaml = new StringBuilder("name: bomb\nfields:\n  f0: {type: text}\n");
        for (int i = 1; i <= 40; i++) {
            yaml.append("  f%d: {type: formula, expression: \"f%d + f%d\", return_type: text}\n".formatted(i, i - 1,
                    i - 1));
        }
        Catalog catalog = TestingCatalogs.loadFiles(Map.of("bomb.object.yml", yaml.toString()));

        assertThat(ExpressionChecker.check(catalog)).extracting(Violation::message)
                .anyMatch(message -> message.contains("too large") || message.contains("too long"));
    }

    @Test
    void acceptsEveryExpressionOfTheTestObject() {
        assertThat(ExpressionChecker.check(TestingExpressions.CATALOG)).isEmpty();
    }
}
