package dev.objectos.permissions.definition;

import dev.objectos.runtime.expression.CelText;
import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.expression.ExpressionException;
import dev.objectos.runtime.expression.ExpressionType;
import dev.objectos.runtime.expression.Expressions;
import dev.objectos.runtime.expression.FieldCondition;
import dev.objectos.runtime.expression.ItemProblems;
import dev.objectos.runtime.expression.Scope;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ItemPart;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads conditions in all of their forms, an expression or {@code field}, {@code operator} and {@code value}, single or
 * joined, about the record or about a record that a lookup leads to.
 */
final class ConditionReader {

    private static final String RECORD = "record.";

    /** How sets write an operator as a key, with the operator that it is. */
    private static final Map<String, String> SET_OPERATORS = setOperators();

    private final Catalog catalog;
    private final ObjectDefinition object;
    private final ItemProblems problems;
    private final Scope scope;

    private ConditionReader(Catalog catalog, ObjectDefinition object, ItemProblems problems, Scope scope) {
        this.catalog = catalog;
        this.object = object;
        this.problems = problems;
        this.scope = scope;
    }

    /** Reads conditions that decide in statements. */
    static ConditionReader ofRecords(Catalog catalog, ObjectDefinition object, ItemProblems problems) {
        return new ConditionReader(catalog, object, problems, Scope.filter(object.name())
                .withUserAttribute(Permissions.SUBORDINATES,
                        ExpressionType.list(ExpressionType.reference(Catalog.USER))));
    }

    /** Reads conditions that are evaluated around a change. */
    static ConditionReader ofActions(Catalog catalog, ObjectDefinition object, ItemProblems problems) {
        return new ConditionReader(catalog, object, problems, Scope.creation(object.name()));
    }

    /** The condition; one that cannot be read is reported, and holds for nothing that it would grant. */
    Condition read(ItemPart written) {
        return compiled(cel(written, new Place(object, RECORD)), written);
    }

    /** A condition in CEL that stands for something written. */
    Condition compiled(@Nullable String cel, ItemPart written) {
        if (cel == null) {
            return new Condition(null, null, written.where());
        }
        try {
            CompiledExpression expression = Expressions.of(catalog)
                    .condition(new ExpressionSource(cel, written.where()), scope);
            return new Condition(expression, ConstantComparison.of(object, cel), written.where());
        } catch (ExpressionException e) {
            problems.expression("condition", e);
            return new Condition(null, null, written.where());
        }
    }

    /** Whose fields a condition names, and how CEL reaches that record. */
    private record Place(ObjectDefinition object, String prefix) {}

    private @Nullable String cel(ItemPart written, Place place) {
        if (written.value() instanceof List<?> list) {
            return list.stream().anyMatch(ConditionReader::joins)
                    ? series(written.elements(), place)
                    : joined(written, written.elements(), " && ", place);
        }
        if (!written.isMap()) {
            return expression(written, place);
        }
        if (written.has("via")) {
            return related(written, place);
        }
        if (written.has("all_of")) {
            return joined(written, written.elements("all_of"), " && ", place);
        }
        if (written.has("any_of")) {
            return joined(written, written.elements("any_of"), " || ", place);
        }
        ItemPart inner = written.first("condition", "expression", "formula");
        if (inner != null) {
            return cel(inner, place);
        }
        return written.has("field")
                ? comparison(written, place)
                : refused(written, "the condition says neither field nor expression");
    }

    private @Nullable String refused(ItemPart written, String message) {
        problems.error(written.where(), message, "write {field, operator, value}, or an expression");
        return null;
    }

    private @Nullable String expression(ItemPart written, Place place) {
        String text = written.text();
        if (text.isBlank()) {
            return refused(written, "the condition is empty");
        }
        String cel = CelText.fromOlder(text);
        return place.prefix().equals(RECORD)
                ? cel
                : CelText.outsideStrings(cel, part -> part.replaceAll("\\brecord\\.", place.prefix()));
    }

    /** A condition about the record that a lookup leads to. */
    private @Nullable String related(ItemPart written, Place place) {
        String via = String.valueOf(written.text("via"));
        Optional<FieldDefinition> lookup = place.object().field(via);
        ItemPart inner = written.get("condition");
        if (lookup.isEmpty() || !(lookup.get().type() instanceof FieldType.Reference reference) || inner == null) {
            problems.error(written.where(), "the condition needs via, a lookup of " + place.object().name()
                    + ", and a condition on the record that it leads to", "write {type: lookup, via, condition}");
            return null;
        }
        ObjectDefinition target = catalog.object(reference.target()).orElseThrow();
        String about = cel(inner, new Place(target, place.prefix() + via + "."));
        return about == null ? null : "(" + place.prefix() + via + " != null && (" + about + "))";
    }

    private static boolean joins(@Nullable Object element) {
        return element instanceof String word && (word.equalsIgnoreCase("and") || word.equalsIgnoreCase("or"));
    }

    /** Conditions with {@code and} and {@code or} between them. */
    private @Nullable String series(List<ItemPart> parts, Place place) {
        var cel = new StringBuilder();
        boolean wanted = true;
        for (ItemPart part : parts) {
            if (joins(part.value())) {
                if (wanted) {
                    return refused(part, "there is no condition before '" + part.text() + "'");
                }
                cel.append(part.text().equalsIgnoreCase("and") ? " && " : " || ");
                wanted = true;
                continue;
            }
            String one = cel(part, place);
            if (one == null) {
                return null;
            }
            cel.append(wanted ? "" : " && ").append('(').append(one).append(')');
            wanted = false;
        }
        return wanted
                ? refused(parts.getLast(), "there is no condition after '" + parts.getLast().text() + "'")
                : cel.toString();
    }

    private @Nullable String joined(ItemPart written, List<ItemPart> parts, String operator, Place place) {
        if (parts.isEmpty()) {
            return refused(written, "the list of conditions is empty");
        }
        if (parts.size() == 1) {
            return cel(parts.getFirst(), place);
        }
        var conditions = new ArrayList<String>();
        for (ItemPart part : parts) {
            String one = cel(part, place);
            if (one == null) {
                return null;
            }
            conditions.add("(" + one + ")");
        }
        return String.join(operator, conditions);
    }

    private @Nullable String comparison(ItemPart written, Place place) {
        String field = String.valueOf(written.text("field"));
        String name = field.startsWith(RECORD) ? field.substring(RECORD.length()) : field;
        String left = place.prefix() + name;
        String operator = written.text("operator");
        if (operator != null) {
            String other = written.text("compare_to");
            return other == null
                    ? comparison(left, name, operator, written.get("value"), written, place)
                    : left + " " + Optional.ofNullable(FieldCondition.canonical(operator)).orElse(operator) + " "
                            + place.prefix() + (other.startsWith(RECORD) ? other.substring(RECORD.length()) : other);
        }
        var conditions = new ArrayList<String>();
        for (Map.Entry<String, String> known : SET_OPERATORS.entrySet()) {
            ItemPart value = written.get(known.getKey());
            if (value != null) {
                String one = comparison(left, name, known.getValue(), value, written, place);
                if (one == null) {
                    return null;
                }
                conditions.add(one);
            }
        }
        return conditions.isEmpty()
                ? refused(written, "the condition says nothing about " + name)
                : String.join(" && ", conditions);
    }

    private @Nullable String comparison(String left, String name, String operator, @Nullable ItemPart value,
            ItemPart written, Place place) {
        String sign = FieldCondition.canonical(operator);
        if (value != null && value.isNull() && ("==".equals(sign) || "!=".equals(sign))) {
            return left + " " + sign + " null";
        }
        FieldType type = catalog.field(place.object(), FieldPath.parse(name)).map(FieldDefinition::type).orElse(null);
        try {
            String cel = FieldCondition.cel(left, type, operator,
                    value == null ? null : value.value());
            // In expressions nothing differs from something; a condition over a missing value does not hold.
            return "!=".equals(sign) || "not_in".equals(sign) ? "(" + left + " != null && " + cel + ")" : cel;
        } catch (FieldCondition.UnusableException e) {
            problems.error(written.where(), e.problem(), e.suggestion());
            return null;
        }
    }

    private static Map<String, String> setOperators() {
        var operators = new LinkedHashMap<String, String>();
        operators.put("equals", "=");
        operators.put("not_equals", "!=");
        operators.put("greater_than", ">");
        operators.put("less_than", "<");
        operators.put("gte", ">=");
        operators.put("lte", "<=");
        for (String same : List.of("contains", "starts_with", "ends_with", "in", "not_in", "is_null")) {
            operators.put(same, same);
        }
        return operators;
    }
}
