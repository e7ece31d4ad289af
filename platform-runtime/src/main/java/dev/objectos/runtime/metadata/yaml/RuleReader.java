package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.expression.CelText;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.SelectOption;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.ValidationRule;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Entry;
import dev.objectos.runtime.metadata.yaml.Element.Items;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads validation rules of every kind into conditions. */
final class RuleReader {

    /** The language of messages that stand for those who speak none of the others. */
    static final String LANGUAGE = "en";

    /** What tells a program from an expression. */
    private static final Pattern CODE = Pattern.compile("[;{}]|=>|\\b(return|function|await|const|let|var|new)\\b");

    private final Findings findings;
    private final Map<String, FieldDefinition> fields;
    private final IndexReader indexes;
    private final ConditionTranslator conditions;

    /**
     * @param fields all fields of the object, the platform's included
     * @param indexes takes the rules that are kept by an index
     */
    RuleReader(Findings findings, Map<String, FieldDefinition> fields, IndexReader indexes) {
        this.findings = findings;
        this.fields = fields;
        this.indexes = indexes;
        this.conditions = new ConditionTranslator(findings, this::typeOf);
    }

    List<ValidationRule> read(@Nullable Entries written) {
        var rules = new ArrayList<ValidationRule>();
        if (written != null) {
            written.entries().forEach((name, entry) -> {
                if (entry.value() instanceof Entries rule && isActive(rule, entry)) {
                    ValidationRule read = read(name, rule, entry);
                    if (read != null) {
                        rules.add(read);
                    }
                }
            });
        }
        return rules;
    }

    private @Nullable FieldType typeOf(String name) {
        FieldDefinition field = fields.get(name);
        return field == null ? null : field.type();
    }

    private boolean isActive(Entries rule, Entry entry) {
        if (rule.get("active") instanceof Scalar(Boolean active, _, _, _) && !active) {
            return false;
        }
        // A warning or a hint never refuses a record, so nothing is left to enforce.
        String severity = rule.text("severity");
        if (severity != null && !severity.equals("error")) {
            return false;
        }
        if ("custom".equals(rule.text("type")) || "dependency".equals(rule.text("type"))) {
            findings.warning(entry.keyWhere(), "a rule of type " + rule.text("type") + " is not enforced",
                    "write it as a condition, or as a hook in Java");
            return false;
        }
        String script = rule.text("script");
        if (script != null && CODE.matcher(script).find()) {
            findings.warning(rule.valueWhere("script"), "a rule in code is not enforced",
                    "write it as a condition, or as a hook in Java");
            return false;
        }
        return true;
    }

    private @Nullable ValidationRule read(String name, Entries rule, Entry entry) {
        SourceLocation where = entry.keyWhere();
        String type = rule.text("type");
        if (type == null) {
            type = rule.has("transitions") ? "state_machine" : rule.has("constraint") ? "business_rule" : "expression";
        }
        Element when = rule.get("when");
        String condition = switch (type) {
            case "unique" -> {
                unique(name, rule, where);
                yield null;
            }
            case "state_machine" -> new TransitionReader(findings, conditions, fields).read(rule, where);
            case "business_rule" -> businessRule(rule, where);
            case "conditional" -> {
                when = rule.get("condition");
                if (when == null) {
                    findings.error(where, "a conditional rule needs a condition",
                            "add condition: {field, operator, value}");
                    yield null;
                }
                yield simple(rule, where, false);
            }
            default -> {
                boolean holdsItself = rule.has("field") && rule.has("operator") && !rule.has("rule");
                if (holdsItself && rule.has("condition") && when == null) {
                    when = rule.get("condition");
                }
                yield simple(rule, where, !holdsItself);
            }
        };
        if (condition == null) {
            return null;
        }
        String applies = triggered(rule, when == null || when.isNull() ? null : conditions.cel(when), where);
        List<String> marked = rule.words("fields");
        if (marked == null) {
            String own = rule.text("field");
            marked = own != null ? List.of(own) : ConditionTranslator.fieldsIn(condition, fields.keySet());
        }
        checkMarks(rule, marked);
        String code = rule.text("error_code");
        boolean previous = condition.contains("previous.") || (applies != null && applies.contains("previous."));
        return new ValidationRule(name, located(condition, rule, where),
                applies == null ? null : new ExpressionSource(applies, when == null ? where : when.where()),
                message(rule, name), marked, code == null ? "invalid" : code, previous, where);
    }

    private static ExpressionSource located(String condition, Entries rule, SourceLocation where) {
        for (String key : new String[]{"rule", "condition", "expression", "script", "constraint", "transitions"}) {
            Element written = rule.get(key);
            if (written instanceof Scalar scalar && CelText.cel(scalar.text()).equals(condition)) {
                return Expressions.source(scalar);
            }
            if (written != null) {
                return new ExpressionSource(condition, written.where());
            }
        }
        return new ExpressionSource(condition, where);
    }

    private @Nullable String simple(Entries rule, SourceLocation where, boolean conditionHolds) {
        if (rule.get("rule") instanceof Items rules) {
            return conditions.joined(rules.elements(), " && ");
        }
        Element inner = rule.get("rule");
        if (inner == null && conditionHolds) {
            inner = rule.get("condition");
        }
        if (inner == null && rule.has("constraint")) {
            return businessRule(rule, where);
        }
        if (inner == null && !rule.has("operator")) {
            inner = rule.has("expression") ? rule.get("expression") : rule.get("script");
        }
        if (inner != null) {
            return conditions.cel(inner);
        }
        if (rule.has("field") && rule.has("operator")) {
            Entries own = rule;
            for (String key : List.copyOf(rule.entries().keySet())) {
                if (!Set.of("field", "operator", "value", "compare_to").contains(key)) {
                    own = own.without(key);
                }
            }
            return conditions.cel(own);
        }
        findings.error(where, "the rule says nothing that could be checked",
                "add condition: \"record.amount > 0\", or rule: {field, operator, value}");
        return null;
    }

    private void unique(String name, Entries rule, SourceLocation where) {
        Element named = rule.has("fields") ? rule.get("fields") : rule.get("field");
        boolean foldsCase = rule.has("case_sensitive") && !rule.flag("case_sensitive");
        if (rule.has("scope") || foldsCase) {
            String key = rule.has("scope") ? "scope" : "case_sensitive";
            findings.warning(rule.keyWhere(key), "'" + key + "' of a unique rule is not enforced",
                    "the values must differ as they are, in all records");
        }
        if (named instanceof Items items) {
            indexes.unique(name, items.elements(), where);
        } else if (named instanceof Scalar field) {
            indexes.unique(name, List.of(field), where);
        } else {
            findings.error(where, "a unique rule needs fields", "add fields: [name]");
        }
    }

    private @Nullable String businessRule(Entries rule, SourceLocation where) {
        if (!(rule.get("constraint") instanceof Entries constraint)) {
            return simple(rule, where, true);
        }
        String expression = constraint.text("expression");
        if (expression != null) {
            return viaRelationships(CelText.fromOlder(expression), constraint.map("relationships"));
        }
        if (constraint.has("field")) {
            return conditions.cel(constraint.without("relationships").without("then_require"));
        }
        String premise = constraint.has("any_of")
                ? conditions.joined(constraint.list("any_of"), " || ")
                : constraint.has("all_of") ? conditions.joined(constraint.list("all_of"), " && ") : null;
        if (premise == null) {
            findings.error(constraint.where(), "the constraint says nothing that could be checked",
                    "add expression:, all_of: or any_of:");
            return null;
        }
        if (!constraint.has("then_require")) {
            return premise;
        }
        String conclusion = conditions.joined(constraint.list("then_require"), " && ");
        return conclusion == null ? null : ConditionTranslator.implication(premise, conclusion);
    }

    /** {@code department.budget} with {@code department: {via: department_id}} means {@code department_id.budget}. */
    private static String viaRelationships(String cel, @Nullable Entries relationships) {
        if (relationships == null) {
            return cel;
        }
        var renamed = new LinkedHashMap<String, String>();
        relationships.entries().forEach((name, entry) -> {
            String via = entry.value() instanceof Entries map ? map.text("via") : null;
            if (via != null && !via.equals(name)) {
                renamed.put(name, via);
            }
        });
        UnaryOperator<String> rename = part -> {
            String result = part;
            for (var pair : renamed.entrySet()) {
                result = result.replaceAll("(?<![\\w.])(record\\.)?" + Pattern.quote(pair.getKey()) + "(?=\\.)",
                        "$1" + pair.getValue());
            }
            return result;
        };
        return CelText.outsideStrings(cel, rename);
    }

    /** Limits a rule to new or to changed records, where it names only one of them. */
    private @Nullable String triggered(Entries rule, @Nullable String when, SourceLocation where) {
        List<String> events = rule.words("trigger");
        if (events == null || (events.contains("create") && events.contains("update"))) {
            return when;
        }
        String limit;
        if (events.contains("create")) {
            limit = "previous.id == null";
        } else if (events.contains("update")) {
            limit = "previous.id != null";
        } else {
            findings.warning(where, "a rule for deletes alone is not enforced",
                    "write on_delete: restrict on the lookup, or a hook in Java");
            limit = "false";
        }
        return when == null ? limit : limit + " && (" + when + ")";
    }

    private void checkMarks(Entries rule, List<String> marked) {
        for (String field : marked) {
            if (!fields.containsKey(FieldPath.parse(field).first())) {
                SourceLocation where = rule.has("fields") ? rule.valueWhere("fields") : rule.valueWhere("field");
                findings.error(where, "the rule names the field '" + field + "', which the object does not have",
                        Spelling.suggest(field, fields.keySet()));
            }
        }
    }

    private static String message(Entries rule, String name) {
        String otherwise = Names.humanise(name) + " is not met";
        return switch (rule.get("message")) {
            case Scalar scalar -> scalar.text();
            case Entries byLocale -> Stream.concat(Stream.of(LANGUAGE), byLocale.entries().keySet().stream())
                    .map(byLocale::text).filter(Objects::nonNull).findFirst().orElse(otherwise);
            case null, default -> otherwise;
        };
    }

    /** The options of a select field; none for any other. */
    static List<String> optionsOf(@Nullable FieldDefinition field) {
        return field != null && field.type() instanceof FieldType.Choice(_, var options)
                ? options.stream().map(SelectOption::value).toList()
                : List.of();
    }
}
