package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.expression.CelText;
import dev.objectos.runtime.expression.FieldCondition;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Items;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns conditions of the older forms (field, operator, value) into CEL, so that one evaluator serves all. */
final class ConditionTranslator {

    private static final Pattern PATH = Pattern.compile("[a-zA-Z_]\\w*(\\.[a-zA-Z_]\\w*)*");

    private final Findings findings;
    private final Function<String, @Nullable FieldType> types;

    /**
     * @param types the type of a field of the object by name, null where unknown
     */
    ConditionTranslator(Findings findings, Function<String, @Nullable FieldType> types) {
        this.findings = findings;
        this.types = types;
    }

    /** The condition in CEL, or null where it cannot be read, which is then reported. */
    @Nullable
    ExpressionSource condition(Element written) {
        if (written instanceof Scalar scalar
                && CelText.fromOlder(scalar.text()).equals(CelText.cel(scalar.text()))
                && scalar.value() != null) {
            return Expressions.source(scalar);
        }
        String cel = cel(written);
        return cel == null ? null : new ExpressionSource(cel, written.where());
    }

    @Nullable
    String cel(Element written) {
        return switch (written) {
            case Scalar scalar when scalar.value() == null -> refuse(written, "the condition is empty",
                    "write an expression");
            case Scalar scalar -> CelText.fromOlder(scalar.text());
            case Items items -> series(items);
            case Entries map -> map(new ShapeChecker(findings).check(RuleShapes.CONDITION, map));
        };
    }

    private @Nullable String map(Entries condition) {
        if (condition.has("if")) {
            return conditional(condition);
        }
        var parts = new ArrayList<String>();
        boolean readable = true;
        if (condition.has("all_of")) {
            readable &= add(parts, joined(condition.list("all_of"), " && "));
        }
        if (condition.has("any_of")) {
            readable &= add(parts, joined(condition.list("any_of"), " || "));
        }
        if (condition.has("none_of")) {
            readable &= add(parts, negated(joined(condition.list("none_of"), " || ")));
        }
        Element inner = condition.get("not");
        if (inner != null) {
            readable &= add(parts, negated(cel(inner)));
        }
        boolean alone = parts.isEmpty() && readable;
        if (alone || condition.has("field") || condition.has("expression")) {
            readable &= add(parts, single(condition));
        }
        if (!readable) {
            return null;
        }
        return parts.size() == 1 ? parts.getFirst() : "(" + String.join(") && (", parts) + ")";
    }

    /** Whether there is something to add. */
    private static boolean add(List<String> parts, @Nullable String cel) {
        return cel != null && parts.add(cel);
    }

    private static @Nullable String negated(@Nullable String cel) {
        return cel == null ? null : "!(" + cel + ")";
    }

    private @Nullable String single(Entries condition) {
        String field = condition.text("field");
        if (field != null) {
            if (!PATH.matcher(field).matches()) {
                return refuse(condition, "'" + field + "' is no field", "write the name of a field");
            }
            if (condition.flag("required") && !condition.has("operator")) {
                return notEmpty(path(field), types.apply(field));
            }
            return comparison(condition, path(field), types.apply(field));
        }
        if (condition.get("expression") instanceof Items complex) {
            return series(complex);
        }
        String expression = condition.text("expression");
        if (expression == null) {
            return refuse(condition, "the condition says neither field nor expression",
                    "write {field, operator, value}, or an expression");
        }
        String cel = CelText.fromOlder(expression);
        return condition.has("operator") ? comparison(condition, "(" + cel + ")", null) : cel;
    }

    private @Nullable String conditional(Entries condition) {
        Element when = condition.get("if");
        Element then = condition.get("then");
        if (when == null || then == null) {
            return refuse(condition, "'if' needs 'then'", "add then:");
        }
        String premise = cel(when);
        String conclusion = cel(then);
        Element otherwise = condition.get("else");
        String alternative = otherwise == null ? "true" : cel(otherwise);
        return premise == null || conclusion == null || alternative == null
                ? null
                : implication(premise, conclusion) + (otherwise == null
                        ? ""
                        : " && ((" + premise + ") || (" + alternative
                                + "))");
    }

    /** Holds unless the premise does without the conclusion. */
    static String implication(String premise, String conclusion) {
        return "(!(" + premise + ") || (" + conclusion + "))";
    }

    /** Conditions in a row: all of them, or with {@code and}, {@code or} between them, or one as [field, operator, value]. */
    private @Nullable String series(Items items) {
        List<Element> parts = items.elements();
        if (parts.size() == 3 && parts.get(0) instanceof Scalar field && parts.get(1) instanceof Scalar operator
                && FieldCondition.isOperator(operator.text()) && PATH.matcher(field.text()).matches()) {
            return compare(path(field.text()), types.apply(field.text()), operator, parts.get(2), items);
        }
        var cel = new StringBuilder();
        boolean joined = true;
        for (Element part : parts) {
            String word = part instanceof Scalar scalar ? scalar.text().toLowerCase(Locale.ROOT) : "";
            if (!joined && (word.equals("and") || word.equals("or"))) {
                cel.append(word.equals("and") ? " && " : " || ");
                joined = true;
                continue;
            }
            String inner = cel(part);
            if (inner == null) {
                return null;
            }
            cel.append(joined ? "" : " && ").append('(').append(inner).append(')');
            joined = false;
        }
        return parts.isEmpty() || joined
                ? refuse(items, "the condition is incomplete", "add a condition")
                : cel.toString();
    }

    /** Several conditions with an operator between them. */
    @Nullable
    String joined(List<Element> conditions, String operator) {
        var parts = new ArrayList<String>();
        for (Element condition : conditions) {
            String cel = cel(condition);
            if (cel == null) {
                return null;
            }
            parts.add("(" + cel + ")");
        }
        return parts.isEmpty() ? "true" : String.join(operator, parts);
    }

    private @Nullable String comparison(Entries condition, String left, @Nullable FieldType type) {
        if (!(condition.get("operator") instanceof Scalar operator)) {
            return refuse(condition, "the condition has no operator", "add operator: \"=\"");
        }
        String other = condition.text("compare_to");
        if (other != null) {
            String sign = FieldCondition.canonical(operator.text());
            if (sign == null || Character.isLetter(sign.charAt(0))) {
                return refuse(operator, "'" + operator.text() + "' does not compare two fields",
                        "use = != > >= < or <=");
            }
            return left + " " + sign + " " + path(other);
        }
        return compare(left, type, operator, condition.get("value"), condition);
    }

    private @Nullable String compare(String left, @Nullable FieldType type, Scalar operator, @Nullable Element value,
            Element whole) {
        String sign = FieldCondition.canonical(operator.text());
        if (value != null && value.isNull() && ("==".equals(sign) || "!=".equals(sign))) {
            return left + " " + sign + " null";
        }
        try {
            return FieldCondition.cel(left, type, operator.text(), value == null ? null : value.plain());
        } catch (FieldCondition.UnusableException e) {
            return refuse(e.atOperator() ? operator : value == null ? whole : value, e.problem(), e.suggestion());
        }
    }

    private static String notEmpty(String path, @Nullable FieldType type) {
        try {
            return FieldCondition.cel(path, type, "not_empty", null);
        } catch (FieldCondition.UnusableException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A field as CEL reaches it. */
    static String path(String field) {
        String variable = CelText.cel(field);
        return variable.matches("(record|previous|currentUser)\\..*") ? variable : "record." + variable;
    }

    /** Fields of the object itself that a condition names, for the marks on a refused record. */
    static List<String> fieldsIn(String cel, java.util.Set<String> known) {
        var named = new java.util.LinkedHashSet<String>();
        CelText.outsideStrings(cel, part -> {
            var paths = Pattern.compile("(?<![\\w.])(?:record\\.)?([a-z]\\w*)").matcher(part);
            while (paths.find()) {
                if (known.contains(paths.group(1)) && !SystemFields.RESERVED.contains(paths.group(1))) {
                    named.add(paths.group(1));
                }
            }
            return part;
        });
        return List.copyOf(named);
    }

    private @Nullable String refuse(Element where, String problem, String suggestion) {
        findings.error(where.where(), problem, suggestion);
        return null;
    }
}
