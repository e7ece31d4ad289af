package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.expression.CelText;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Items;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns a state machine rule into a condition over the record and the record before. */
final class TransitionReader {

    private final Findings findings;
    private final ConditionTranslator conditions;
    private final Map<String, FieldDefinition> fields;

    TransitionReader(Findings findings, ConditionTranslator conditions, Map<String, FieldDefinition> fields) {
        this.findings = findings;
        this.conditions = conditions;
        this.fields = fields;
    }

    @Nullable
    String read(Entries rule, SourceLocation where) {
        String field = rule.text("field");
        Entries transitions = rule.map("transitions");
        if (field == null || transitions == null) {
            findings.error(where, "a state machine needs a field and transitions",
                    "add field: status and transitions: {draft: [done]}");
            return null;
        }
        List<String> options = RuleReader.optionsOf(fields.get(field));
        var allowed = new ArrayList<String>();
        allowed.add("previous." + field + " == null");
        allowed.add("record." + field + " == previous." + field);
        transitions.entries().forEach((from, entry) -> {
            checkState(field, options, from, entry.keyWhere());
            List<Element> next = switch (entry.value()) {
                case Items items -> items.elements();
                case Entries map -> map.list("allowed_next");
                case Scalar _ -> List.of();
            };
            next.forEach(state -> checkState(field, options, ((Scalar) state).text(), state.where()));
            if (!next.isEmpty()) {
                allowed.add("(previous." + field + " == " + CelText.quote(from) + " && record." + field + " in "
                        + states(next) + ")");
            }
        });
        options.stream().filter(option -> !transitions.has(option)).findFirst().ifPresent(forgotten -> findings.warning(
                transitions.where(), "the transitions do not say what follows on '" + forgotten + "', so nothing may",
                "add " + forgotten + ": []"));
        String condition = "(" + String.join(" || ", allowed) + ")";
        return condition + initial(rule, field, options) + guards(rule, field);
    }

    private String initial(Entries rule, String field, List<String> options) {
        List<Element> states = rule.list("initial_states");
        if (states.isEmpty()) {
            return "";
        }
        states.forEach(state -> checkState(field, options, ((Scalar) state).text(), state.where()));
        return " && (previous." + field + " != null || record." + field + " == null || record." + field + " in "
                + states(states) + ")";
    }

    private String guards(Entries rule, String field) {
        Entries written = rule.map("transition_conditions");
        if (written == null) {
            return "";
        }
        var guards = new StringBuilder();
        written.entries().values().forEach(entry -> {
            if (entry.value() instanceof Entries guard) {
                Element condition = guard.get("condition");
                String cel = condition == null ? null : conditions.cel(condition);
                if (cel != null) {
                    guards.append(" && ").append(ConditionTranslator.implication("previous." + field + " in "
                            + states(guard.list("from")) + " && record." + field + " in " + states(guard.list("to"))
                            + " && previous." + field + " != record." + field, cel));
                }
            }
        });
        return guards.toString();
    }

    private void checkState(String field, List<String> options, String state, SourceLocation where) {
        if (!options.isEmpty() && !options.contains(state)) {
            findings.error(where, "'" + state + "' is none of the options of '" + field + "'",
                    Spelling.suggest(state, options));
        }
    }

    private static String states(List<Element> states) {
        return states.stream().map(state -> CelText.quote(((Scalar) state).text()))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
