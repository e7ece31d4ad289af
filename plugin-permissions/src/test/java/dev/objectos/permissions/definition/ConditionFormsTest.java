package dev.objectos.permissions.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.expression.EvaluationContext;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The many ways in which people write a condition, and what each of them means. */
class ConditionFormsTest {

    private static final UUID ME = UUID.fromString("00000000-0000-7000-8000-0000000000aa");
    private static final UUID OTHER = UUID.fromString("00000000-0000-7000-8000-0000000000bb");

    private static final String OBJECTS = """
            name: deals
            fields:
              name:   {type: text}
              stage:  {type: select, options: [open, won, lost]}
              tags:   {type: tags}
              amount: {type: number}
              limit:  {type: number}
              parent: {type: lookup, reference_to: deals}
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "record.stage == 'open'"                                        | stage=open            | stage=won
            "${record.stage == 'open'}"                                     | stage=open            | stage=
            "stage = 'open' OR amount > 5"                                  | stage=won,amount=6    | stage=won,amount=5
            "record.owner == currentUser.id"                                | owner=me              | owner=other
            {field: owner, operator: "=", value: $current_user.id}          | owner=me              | owner=
            {field: owner, operator: "=", value: $currentUser.id}           | owner=me              | owner=other
            {type: simple, field: record.stage, operator: equals, value: open} | stage=open         | stage=won
            {type: expression, expression: "record.amount > 5"}             | amount=6              | amount=
            {type: formula, formula: "record.amount > 5"}                   | amount=6              | amount=5
            {field: amount, operator: ">=", compare_to: limit}              | amount=6,limit=6      | amount=5,limit=6
            {field: amount, operator: ">=", compare_to: record.limit}       | amount=6,limit=5      | amount=6
            {field: parent, operator: "=", value: null}                     | parent=               | parent=other
            {field: parent, operator: "!=", value: null}                    | parent=other          | parent=
            {field: parent, operator: is_null}                              | parent=               | parent=other
            {field: stage, operator: in, value: [open, won]}                | stage=won             | stage=lost
            {field: stage, operator: not_in, value: [open, won]}            | stage=lost            | stage=open
            {field: tags, operator: contains, value: vip}                   | tags=vip              | tags=new
            {field: name, operator: contains, value: "it's"}                | name=so it's          | name=so its
            {field: amount, operator: between, value: [2, 4]}               | amount=3              | amount=5
            {all_of: [{field: stage, operator: "=", value: open}, {field: amount, operator: ">", value: 5}]} | stage=open,amount=6 | stage=open,amount=5
            {any_of: [{field: stage, operator: "=", value: open}, {field: amount, operator: ">", value: 5}]} | stage=won,amount=6  | stage=won,amount=5
            {type: complex, expression: [{field: stage, operator: "=", value: won}, or, {field: amount, operator: ">", value: 5}]} | stage=won | stage=open,amount=5
            {type: complex, expression: [{field: stage, operator: "=", value: won}, and, {field: amount, operator: ">", value: 5}]} | stage=won,amount=6 | stage=won
            {type: complex, expression: [{field: stage, operator: "=", value: won}, {field: amount, operator: ">", value: 5}]} | stage=won,amount=6 | amount=6
            {type: lookup, object: deals, via: parent, condition: {field: stage, operator: "=", value: won}} | parent.stage=won | parent.stage=open
            {type: lookup, via: parent, condition: "record.amount > 5"}     | parent.amount=6       | amount=6
            {type: lookup, via: parent, condition: {type: lookup, via: parent, condition: {field: name, operator: starts_with, value: A}}} | parent.parent.name=Ada | parent.name=Ada
            {field: parent.stage, operator: "=", value: won}                | parent.stage=won      | stage=won
            """)
    void inRules(String written, String holds, String holdsNot) {
        Condition condition = rule(written);
        assertHolds(condition, holds, true);
        assertHolds(condition, holdsNot, false);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{field: owner, equals: $currentUser.id}]                       | owner=me              | owner=other
            {field: owner, equals: $currentUser.id}                         | owner=me              | owner=
            [{field: stage, equals: open}, {field: amount, gt: 5}]          | stage=open,amount=6   | stage=open,amount=5
            [{field: amount, gte: 2, lte: 4}]                               | amount=4              | amount=1
            [{field: amount, greater_than: 2, less_than: 4}]                | amount=3              | amount=4
            [{field: parent, equals: null}]                                 | parent=               | parent=other
            [{field: parent, not_equals: null}]                             | parent=other          | parent=
            [{field: parent, is_null: true}]                                | parent=               | parent=other
            [{field: parent, is_null: false}]                               | parent=other          | parent=
            [{field: stage, in: [open, won]}]                               | stage=won             | stage=lost
            [{field: stage, not_in: [open, won]}]                           | stage=lost            | stage=won
            [{field: name, starts_with: A, ends_with: a}]                   | name=Ada              | name=Adam
            [{field: name, contains: d}]                                    | name=Ada              | name=Eve
            [{field: stage, operator: "!=", value: open}]                   | stage=won             | stage=open
            "${record.owner == currentUser.id}"                             | owner=me              | owner=other
            [{condition: "record.amount > 5"}]                              | amount=6              | amount=5
            """)
    void inSets(String written, String holds, String holdsNot) {
        Permissions permissions = permissions("permission_sets: {sales: {allowRead: " + written + "}}");
        assertThat(permissions.violations()).isEmpty();
        Condition condition = Objects.requireNonNull(of(permissions).grants().getFirst().condition());
        assertHolds(condition, holds, true);
        assertHolds(condition, holdsNot, false);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "record.amuont > 5"                                             | amuont
            "record.amount >"                                               | condition
            "record.amount"                                                 | condition
            {field: stage, operator: about, value: open}                    | the operator 'about' is not known
            {field: amount, operator: ">"}                                  | the condition has no value
            {field: amount, operator: between, value: [1]}                  | 'between' needs two values
            {any_of: []}                                                    | the list of conditions is empty
            {operator: "=", value: 1}                                       | the condition says neither field nor expression
            {type: lookup, via: name, condition: "record.amount > 5"}       | the condition needs via, a lookup of deals
            {type: lookup, via: parent}                                     | the condition needs via, a lookup of deals
            {type: complex, expression: [or, {field: stage, operator: "=", value: won}]} | there is no condition before 'or'
            {type: complex, expression: [{field: stage, operator: "=", value: won}, or]} | there is no condition after 'or'
            """)
    void whatCannotBeReadIsReportedWithItsLine(String written, String message) {
        Permissions permissions = unsound(rules(written));

        assertThat(permissions.violations()).isNotEmpty().allSatisfy(violation -> {
            assertThat(violation.isError()).isTrue();
            assertThat(violation.where().line()).isEqualTo(3);
        }).extracting(Violation::message).anyMatch(said -> said.contains(message));
        assertThat(of(permissions).rules().getFirst().condition().readable()).isFalse();
    }

    @Test
    void aSwitchedOffRuleSaysNothing() {
        assertThat(
                of(permissions("record_rules: [{name: x, enabled: false, condition: \"record.amount > 5\"}]")).rules())
                .isEmpty();
    }

    @Test
    void setsThatBelongToNoObjectAreReported() {
        Permissions permissions = Permissions.of(TestingCatalogs.loadFiles(Map.of("deals.object.yml", OBJECTS,
                "elsewhere.permission.yml", "permission_sets: {sales: {allowRead: true}}")));

        assertThat(permissions.violations()).singleElement()
                .satisfies(violation -> assertThat(violation.message()).contains("of no object"));
    }

    private static String rules(String condition) {
        return "record_rules:\n  - name: a rule\n    condition: " + condition;
    }

    private static Condition rule(String condition) {
        Permissions permissions = permissions(rules(condition));
        assertThat(permissions.violations()).isEmpty();
        return of(permissions).rules().getFirst().condition();
    }

    private static Permissions permissions(String file) {
        return Permissions
                .of(TestingCatalogs.ofFiles(Map.of("deals.object.yml", OBJECTS, "deals.permission.yml", file)));
    }

    private static Permissions unsound(String file) {
        return Permissions
                .of(TestingCatalogs.loadFiles(Map.of("deals.object.yml", OBJECTS, "deals.permission.yml", file)));
    }

    private static ObjectPermissions of(Permissions permissions) {
        return permissions.objects().stream().filter(one -> one.object().name().equals("deals")).findFirst()
                .orElseThrow();
    }

    private static void assertHolds(Condition condition, String record, boolean expected) {
        CompiledExpression expression = Objects.requireNonNull(condition.expression());
        assertThat(expression.holds(new Record(values(record)))).as(expression + " of " + record).isEqualTo(expected);
    }

    /** {@code field=value,...}; nothing behind the sign is a missing value. */
    private static Map<String, @Nullable Object> values(String record) {
        var values = new HashMap<String, @Nullable Object>();
        for (String entry : record.split(",", -1)) {
            String[] parts = entry.strip().split("=", -1);
            values.put(parts[0], value(parts[0], parts[1]));
        }
        return values;
    }

    private static @Nullable Object value(String field, String written) {
        String last = field.substring(field.lastIndexOf('.') + 1);
        if (written.isEmpty()) {
            return null;
        }
        return switch (last) {
            case "amount", "limit" -> new BigDecimal(written);
            case "owner", "parent" -> written.equals("me") ? ME : OTHER;
            case "tags" -> List.of(written);
            default -> written;
        };
    }

    /** A record as a map by path. */
    private record Record(Map<String, @Nullable Object> values) implements EvaluationContext {

        @Override
        public @Nullable Object record(FieldPath path) {
            String name = String.join(".", path.segments());
            boolean followed = values.keySet().stream().anyMatch(other -> other.startsWith(name + "."));
            return followed ? OTHER : values.get(name);
        }

        @Override
        public @Nullable Object previous(FieldPath path) {
            return null;
        }

        @Override
        public Session session() {
            return new Session(Session.DEFAULT_TENANT, new UserIdentity(ME, "me@example.com", "Me", null), Set.of(),
                    false, Locale.ENGLISH, ZoneOffset.UTC, Origin.REST);
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }
    }

    @Test
    void textsThatAreComparedWithConstantsAreRecognised() {
        assertThat(rule("\"record.stage == 'open'\"").constants())
                .isEqualTo(new Condition.Constants(FieldPath.of("stage"), List.of("open")));
        assertThat(rule("{field: stage, operator: in, value: [open, won]}").constants())
                .isEqualTo(new Condition.Constants(FieldPath.of("stage"), List.of("open", "won")));
        assertThat(rule("{field: name, operator: \"=\", value: Ada}").constants())
                .isEqualTo(new Condition.Constants(FieldPath.of("name"), List.of("Ada")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {field: name, operator: "=", value: "it's"}
            {field: amount, operator: "=", value: 5}
            {field: owner, operator: "=", value: $currentUser.id}
            {field: stage, operator: "!=", value: open}
            {field: parent.stage, operator: "=", value: open}
            {field: stage, operator: "=", value: null}
            "record.stage == 'open' OR record.stage == 'won'"
            "record.name == record.stage"
            """)
    void nothingElseIsTakenForSuchAComparison(String written) {
        assertThat(rule(written).constants()).isNull();
    }
}
