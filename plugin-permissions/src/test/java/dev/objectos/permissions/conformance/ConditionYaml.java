package dev.objectos.permissions.conformance;

import dev.objectos.permissions.conformance.Condition.Compare;
import dev.objectos.permissions.conformance.Condition.Op;
import dev.objectos.permissions.conformance.Condition.Operand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Conditions as authors write them. */
final class ConditionYaml {

    private ConditionYaml() {}

    /** One of the conditions under {@code allowRead} and its like: {@code {field: owner, equals: $currentUser.id}}. */
    static Map<String, Object> ofSet(Compare compare) {
        var written = new LinkedHashMap<String, Object>();
        written.put("field", String.join(".", compare.path()));
        String operator = switch (compare.op()) {
            case EQUALS -> "equals";
            case NOT_EQUALS -> "not_equals";
            case GREATER -> "greater_than";
            case LESS -> "less_than";
            case AT_LEAST -> "gte";
            case AT_MOST -> "lte";
            case CONTAINS -> "contains";
            case STARTS_WITH -> "starts_with";
            case ENDS_WITH -> "ends_with";
            case IN -> "in";
            case NOT_IN -> "not_in";
            case IS_NULL, NOT_NULL -> "is_null";
        };
        written.put(operator, switch (compare.op()) {
            case IS_NULL -> true;
            case NOT_NULL -> false;
            default -> operand(compare.operand());
        });
        return written;
    }

    /** A condition of a rule, as CEL where that is asked for and it has no part that only the other form knows. */
    static Object ofRule(Condition condition, Schema schema, String object, boolean cel) {
        return cel && !related(condition) ? cel(condition) : form(condition, schema, object);
    }

    private static boolean related(Condition condition) {
        return switch (condition) {
            case Condition.All(List<Condition> all) -> all.stream().anyMatch(ConditionYaml::related);
            case Condition.Any(List<Condition> any) -> any.stream().anyMatch(ConditionYaml::related);
            case Condition.Through _ -> true;
            case Compare _ -> false;
        };
    }

    private static String cel(Condition condition) {
        return switch (condition) {
            case Condition.All(List<Condition> all) -> joined(all, " && ");
            case Condition.Any(List<Condition> any) -> joined(any, " || ");
            case Condition.Through through -> throw new IllegalStateException("not in CEL: " + through);
            case Compare compare -> cel(compare);
        };
    }

    private static String joined(List<Condition> conditions, String operator) {
        return conditions.stream().map(inner -> "(" + cel(inner) + ")").collect(Collectors.joining(operator));
    }

    private static String cel(Compare compare) {
        String path = "record." + String.join(".", compare.path());
        String other = switch (compare.operand()) {
            case Operand.Constant(Object value) -> literal(value);
            case Operand.Me _ -> "currentUser.id";
            case Operand.Subordinates _ -> "currentUser.subordinates";
            case Operand.None _ -> "null";
        };
        return switch (compare.op()) {
            case EQUALS, IS_NULL -> path + " == " + other;
            case NOT_NULL -> path + " != " + other;
            case NOT_EQUALS -> present(path, path + " != " + other);
            case GREATER -> path + " > " + other;
            case LESS -> path + " < " + other;
            case AT_LEAST -> path + " >= " + other;
            case AT_MOST -> path + " <= " + other;
            case CONTAINS -> path + ".contains(" + other + ")";
            case STARTS_WITH -> path + ".startsWith(" + other + ")";
            case ENDS_WITH -> path + ".endsWith(" + other + ")";
            case IN -> path + " in " + other;
            case NOT_IN -> present(path, "!(" + path + " in " + other + ")");
        };
    }

    /** In expressions nothing differs from something, so authors who do not mean that say so. */
    private static String present(String path, String cel) {
        return "(" + path + " != null && " + cel + ")";
    }

    private static String literal(Object value) {
        return switch (value) {
            case List<?> list -> list.stream().map(ConditionYaml::literal).collect(Collectors.joining(", ", "[", "]"));
            case Integer number -> number.toString();
            default -> "'" + value + "'";
        };
    }

    private static Object form(Condition condition, Schema schema, String object) {
        return switch (condition) {
            case Condition.All(List<Condition> all) when all.size() == 2 -> {
                var series = new ArrayList<Object>();
                series.add(form(all.get(0), schema, object));
                series.add("and");
                series.add(form(all.get(1), schema, object));
                yield Map.of("type", "complex", "expression", series);
            }
            case Condition.All(List<Condition> all) ->
                Map.of("all_of", all.stream().map(inner -> form(inner, schema, object)).toList());
            case Condition.Any(List<Condition> any) ->
                Map.of("any_of", any.stream().map(inner -> form(inner, schema, object)).toList());
            case Condition.Through(String lookup, Condition inner) -> {
                String target = schema.lookup(object, lookup).target();
                yield Map.of("type", "lookup", "object", target, "via", lookup, "condition",
                        form(inner, schema, target));
            }
            case Compare compare -> simple(compare);
        };
    }

    private static Map<String, Object> simple(Compare compare) {
        var written = new LinkedHashMap<String, Object>();
        written.put("type", "simple");
        written.put("field", String.join(".", compare.path()));
        written.put("operator", switch (compare.op()) {
            case EQUALS -> "=";
            case NOT_EQUALS -> "!=";
            case GREATER -> ">";
            case LESS -> "<";
            case AT_LEAST -> ">=";
            case AT_MOST -> "<=";
            case CONTAINS -> "contains";
            case STARTS_WITH -> "starts_with";
            case ENDS_WITH -> "ends_with";
            case IN -> "in";
            case NOT_IN -> "not_in";
            case IS_NULL -> "is_null";
            case NOT_NULL -> "not_null";
        });
        if (compare.op() != Op.IS_NULL && compare.op() != Op.NOT_NULL) {
            written.put("value", operand(compare.operand()));
        }
        return written;
    }

    private static Object operand(Operand operand) {
        return switch (operand) {
            case Operand.Constant(Object value) -> value;
            case Operand.Me _ -> "$currentUser.id";
            case Operand.Subordinates _ -> "$currentUser.subordinates";
            case Operand.None _ -> true;
        };
    }
}
