package dev.objectos.runtime.metadata.yaml;

import static dev.objectos.runtime.metadata.yaml.Value.any;
import static dev.objectos.runtime.metadata.yaml.Value.dictionary;
import static dev.objectos.runtime.metadata.yaml.Value.either;
import static dev.objectos.runtime.metadata.yaml.Value.expression;
import static dev.objectos.runtime.metadata.yaml.Value.flag;
import static dev.objectos.runtime.metadata.yaml.Value.list;
import static dev.objectos.runtime.metadata.yaml.Value.names;
import static dev.objectos.runtime.metadata.yaml.Value.nested;
import static dev.objectos.runtime.metadata.yaml.Value.oneOrMany;
import static dev.objectos.runtime.metadata.yaml.Value.text;

/** The keys of validation rules and of their older conditions. */
final class RuleShapes {

    static final Shape CONDITION = Shape.of("a condition", //
            Key.of("type", text()), //
            Key.of("field", text()), //
            Key.of("operator", text(), "op"), //
            Key.of("value", any(), "values"), //
            Key.of("compare_to", text(), "compareTo", "compare_field"), //
            Key.of("expression", any(), "formula"), //
            Key.of("all_of", list(any()), "and", "all"), //
            Key.of("any_of", list(any()), "or", "any"), //
            Key.of("none_of", list(any()), "none"), //
            Key.of("not", any()), //
            Key.of("if", any()), //
            Key.of("then", any()), //
            Key.of("else", any()), //
            Key.of("required", flag())).describing("ai_context", "description", "message");

    static final Shape TRANSITION = Shape.of("a transition", //
            Key.of("allowed_next", names(), "allowedNext", "next", "to"), //
            Key.of("is_terminal", flag(), "isTerminal", "terminal")).describing("ai_context", "label", "description");

    static final Shape TRANSITION_CONDITION = Shape.of("a transition condition", //
            Key.of("from", names()).needed(), //
            Key.of("to", names()).needed(), //
            Key.of("condition", any(), "rule").needed()).describing("ai_context", "description", "message");

    static final Shape RELATIONSHIP = Shape.of("a relationship", //
            Key.of("via", text())).describing("object", "field", "fields", "validate", "ai_context");

    static final Shape CONSTRAINT = Shape.of("a constraint", //
            Key.of("expression", expression()), //
            Key.of("all_of", list(any()), "and"), //
            Key.of("any_of", list(any()), "or"), //
            Key.of("then_require", oneOrMany(any()), "thenRequire", "then"), //
            Key.of("field", text()), //
            Key.of("operator", text()), //
            Key.of("value", any()), //
            Key.of("compare_to", text()), //
            Key.of("relationships", dictionary(nested(() -> RELATIONSHIP)))).describing("ai_context", "description");

    static final Shape RULE = Shape.of("a validation rule", //
            Key.of("name", text()), //
            Key.of("type", types()), //
            Key.of("condition", any(), "check", "assert"), //
            Key.of("expression", expression(), "formula"), //
            Key.of("script", text()).says("An expression; code is not run"), //
            Key.of("rule", any(), "rules"), //
            Key.of("constraint", nested(() -> CONSTRAINT)), //
            Key.of("field", text()), //
            Key.of("fields", names()), //
            Key.of("operator", text()), //
            Key.of("value", any()), //
            Key.of("compare_to", text(), "compareTo"), //
            Key.of("message", either(text(), dictionary(text())), "error_message", "errorMessage"), //
            Key.of("error_code", text(), "errorCode", "code"), //
            Key.of("severity", Value.words("error", "warning", "info")), //
            Key.of("when", any(), "apply_when", "applyWhen"), //
            Key.of("trigger", oneOrMany(events()), "on", "events", "triggers"), //
            Key.of("transitions", dictionary(either(names(), nested(() -> TRANSITION)))), //
            Key.of("initial_states", names(), "initialStates"), //
            Key.of("transition_conditions", dictionary(nested(() -> TRANSITION_CONDITION))), //
            Key.of("scope", any()), //
            Key.of("case_sensitive", flag(), "caseSensitive"), //
            Key.of("active", flag(), "enabled", "is_active"))
            .describing("ai_context", "ai", "description", "label", "context", "skip_bulk", "async", "timeout",
                    "validator", "error_message_template", "message_params", "priority", "order", "tags");

    /** {@code *.validation.yml}. */
    static final Shape FILE = Shape.of("a validation file", //
            Key.of("name", text()), //
            Key.of("object", text(), "object_name", "objectName"), //
            Key.of("validations", rules(), "rules").needed())
            .describing("description", "ai_context", "ai", "label", "validation_groups", "version");

    private RuleShapes() {}

    /** Rules: a list of them, or a map by name. */
    static Value rules() {
        return new Value.Named(nested(() -> RULE), false);
    }

    private static Value types() {
        return Value.words("expression: condition, formula, cel", "field", "cross_field: crossField", "conditional",
                "state_machine: stateMachine", "unique: uniqueness", "business_rule: businessRule", "dependency",
                "custom: script");
    }

    private static Value events() {
        return Value.words("create: insert, beforeInsert, beforeCreate", "update: beforeUpdate",
                "delete: beforeDelete");
    }
}
