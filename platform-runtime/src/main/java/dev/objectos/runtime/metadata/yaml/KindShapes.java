package dev.objectos.runtime.metadata.yaml;

import static dev.objectos.runtime.metadata.yaml.Value.any;
import static dev.objectos.runtime.metadata.yaml.Value.dictionary;
import static dev.objectos.runtime.metadata.yaml.Value.either;
import static dev.objectos.runtime.metadata.yaml.Value.expression;
import static dev.objectos.runtime.metadata.yaml.Value.flag;
import static dev.objectos.runtime.metadata.yaml.Value.list;
import static dev.objectos.runtime.metadata.yaml.Value.named;
import static dev.objectos.runtime.metadata.yaml.Value.names;
import static dev.objectos.runtime.metadata.yaml.Value.nested;
import static dev.objectos.runtime.metadata.yaml.Value.oneOrMany;
import static dev.objectos.runtime.metadata.yaml.Value.text;
import static dev.objectos.runtime.metadata.yaml.Value.whole;
import static dev.objectos.runtime.metadata.yaml.Value.words;

import java.util.EnumMap;
import java.util.Map;

/** The keys of every kind of file; those of objects, rules and permissions have places of their own. */
final class KindShapes {

    static final Shape STATE = Shape.of("a state", //
            Key.of("name", text()), //
            Key.of("label", text()), //
            Key.of("initial", flag(), "is_initial"), //
            Key.of("final", flag(), "is_final", "terminal"), //
            Key.of("transitions", dictionary(either(nested(() -> KindShapes.STATE_TRANSITION), text()))), //
            Key.of("on_enter", oneOrMany(any()), "onEnter", "on_entry"), //
            Key.of("on_exit", oneOrMany(any()), "onExit", "on_leave"), //
            Key.of("timers", list(any())), //
            Key.of("type", text()), //
            Key.of("approvers", any()), //
            Key.of("behavior", text()), //
            Key.of("sla", any())).describing("description", "color", "icon", "ai_context", "order", "meta");

    static final Shape STATE_TRANSITION = Shape.of("a transition", //
            Key.of("target", text(), "to").needed(), //
            Key.of("guard", text(), "condition"), //
            Key.of("guards", names()), //
            Key.of("actions", oneOrMany(any())), //
            Key.of("label", text()), //
            Key.of("comment_required", flag(), "require_comment"), //
            Key.of("roles", names(), "role", "allowed_roles", "permission")) //
            .describing("description", "icon", "color", "ai_context", "confirm_text");

    static final Shape STEP = Shape.of("a step", //
            Key.of("name", text()), //
            Key.of("label", text()), //
            Key.of("type", text()), //
            Key.of("description", text()), //
            Key.of("condition", any(), "when"), //
            Key.of("assignee", any()), //
            Key.of("approvers", any()), //
            Key.of("behavior", text()), //
            Key.of("quorum", whole(1, null)), //
            Key.of("actions", any()), //
            Key.of("action", any()), //
            Key.of("next_step", text(), "next", "nextStep"), //
            Key.of("steps", any()), //
            Key.of("branches", any()), //
            Key.of("parallel_steps", any()), //
            Key.of("join", text()), //
            Key.of("conditional", any()), //
            Key.of("field_updates", any(), "updates"), //
            Key.of("notification", any(), "notify"), //
            Key.of("create_record", any()), //
            Key.of("wait", any()), //
            Key.of("loop", any()), //
            Key.of("webhook", any()), //
            Key.of("script", any()), //
            Key.of("timeout", any(), "sla"), //
            Key.of("on_error", any()), //
            Key.of("outcome", text()), //
            Key.of("delegation", any()), //
            Key.of("recall", any())).describing("ai_context", "icon", "config", "order", "meta");

    static final Shape WORKFLOW = Shape.of("a workflow", //
            Key.of("name", text()), //
            Key.of("label", text(), "title"), //
            Key.of("description", text()), //
            Key.of("object", text(), "object_name", "objectName"), //
            Key.of("type", text()), //
            Key.of("version", whole(1, null)), //
            Key.of("active", flag(), "is_active", "enabled"), //
            Key.of("state_field", text(), "stateField", "field"), //
            Key.of("initial", text(), "initial_state", "initialState"), //
            Key.of("states", named(() -> STATE)), //
            Key.of("guards", dictionary(any())), //
            Key.of("actions", any()), //
            Key.of("trigger", any(), "triggers"), //
            Key.of("steps", list(nested(() -> STEP))), //
            Key.of("branches", any()), //
            Key.of("join", text()), //
            Key.of("initial_step", text()), //
            Key.of("variables", any()), //
            Key.of("on_success", any()), //
            Key.of("on_failure", any()), //
            Key.of("timeout", any()), //
            Key.of("timers", any()), //
            Key.of("approvers", any()), //
            Key.of("behavior", text()), //
            Key.of("sla", any()), //
            Key.of("priority", whole(null, null)), //
            Key.of("permissions", any())) //
            .describing("icon", "ai_context", "ai", "execution_mode", "config", "tags", "category", "author");

    static final Shape TRIGGER = Shape.of("a trigger", //
            Key.of("name", text()), //
            Key.of("label", text(), "title"), //
            Key.of("description", text()), //
            Key.of("object", text(), "object_name", "objectName"), //
            Key.of("event", oneOrMany(events()), "events", "on"), //
            Key.of("schedule", any(), "cron"), //
            Key.of("webhook", any()), //
            Key.of("email", any()), //
            Key.of("when", either(expression(), any()), "condition"), //
            Key.of("conditions", oneOrMany(any())), //
            Key.of("fields", names(), "watch"), //
            Key.of("actions", list(any()), "action").needed(), //
            Key.of("active", flag(), "is_active", "enabled"), //
            Key.of("order", whole(null, null), "priority"), //
            Key.of("timezone", text()), //
            Key.of("retry", any()), //
            Key.of("run_as", text())).describing("ai_context", "ai", "tags", "icon", "version");

    static final Shape ENDPOINT_QUERY = Shape.strict("the query of an endpoint", //
            Key.of("object", text(), "object_name"), //
            Key.of("where", any(), "filter", "filters"), //
            Key.of("fields", any(), "select"), //
            Key.of("orderBy", any(), "order_by", "sort"), //
            Key.of("limit", any(), "top"), //
            Key.of("offset", any(), "skip"), //
            Key.of("cursor", any()), //
            Key.of("expand", any(), "include", "populate"), //
            Key.of("groupBy", any(), "group_by"), //
            Key.of("aggregations", any(), "aggregate", "aggregates"), //
            Key.of("having", any()), //
            Key.of("search", any()), //
            Key.of("count", any()));

    static final Shape ENDPOINT_ACTION = Shape.strict("the action of an endpoint", //
            Key.of("object", text(), "object_name"), //
            Key.of("name", text(), "action").needed(), //
            Key.of("record", any(), "id", "recordId", "record_id"), //
            Key.of("params", dictionary(any()), "parameters"));

    static final Shape API = Shape.of("an api", //
            Key.of("name", text()), //
            Key.of("label", text()), //
            Key.of("description", text()), //
            Key.of("path", text()).needed(), //
            Key.of("method", words("GET", "POST", "PUT", "PATCH", "DELETE")), //
            Key.of("roles", names(), "role", "permission_sets"), //
            Key.of("object", text(), "object_name"), //
            Key.of("params",
                    either(dictionary(either(nested(() -> ObjectShapes.FIELD), new Value.Word(TypeFamily.spellings()))),
                            list(nested(() -> ObjectShapes.FIELD))),
                    "parameters"), //
            Key.of("query", nested(() -> ENDPOINT_QUERY)), //
            Key.of("action", either(nested(() -> ENDPOINT_ACTION), text())), //
            Key.of("single", flag()), //
            Key.of("response", either(dictionary(any()), list(text()))), //
            Key.of("public", flag()), //
            Key.of("rate_limit", any())).describing("ai_context", "tags", "version", "deprecated");

    static final Shape TEMPLATE = Shape.open("a template", //
            Key.of("name", text()), //
            Key.of("label", text()), //
            Key.of("object", text(), "object_name"), //
            Key.of("subject", any()), //
            Key.of("text", any()), //
            Key.of("html", any()));

    static final Shape DATA = Shape.of("a data file", //
            Key.of("object", text(), "object_name"), //
            Key.of("mode", words("insert", "upsert", "ignore")), //
            Key.of("match", names(), "match_fields"), //
            Key.of("records", list(any()), "data", "rows").needed()).describing("description", "ai_context", "name");

    static final Shape TRANSLATION = Shape.open("a translation");

    private static final Map<MetadataKind, Shape> DESCRIPTIVE = new EnumMap<>(MetadataKind.class);

    static {
        for (MetadataKind kind : new MetadataKind[]{MetadataKind.APP, MetadataKind.VIEW, MetadataKind.FORM,
                MetadataKind.REPORT, MetadataKind.CHART, MetadataKind.PAGE, MetadataKind.MENU}) {
            DESCRIPTIVE.put(kind, Shape.open("the " + kind.type(), //
                    Key.of("name", text()), //
                    Key.of("label", any(), "title"), //
                    Key.of("object", text(), "object_name", "objectName")));
        }
    }

    private KindShapes() {}

    static Shape of(MetadataKind kind) {
        return switch (kind) {
            case OBJECT -> ObjectShapes.OBJECT;
            case VALIDATION -> RuleShapes.FILE;
            case PERMISSION -> PermissionShapes.FILE;
            case PERMISSION_TEST -> PermissionTestShapes.FILE;
            case WORKFLOW -> WORKFLOW;
            case TRIGGER -> TRIGGER;
            case API -> API;
            case TEMPLATE -> TEMPLATE;
            case DATA -> DATA;
            case TRANSLATION -> TRANSLATION;
            case APP, VIEW, FORM, REPORT, CHART, PAGE, MENU -> DESCRIPTIVE.getOrDefault(kind, TRANSLATION);
        };
    }

    private static Value events() {
        return words("beforeInsert: beforeCreate, before_insert, before_create", "beforeUpdate: before_update",
                "beforeDelete: before_delete", "afterInsert: afterCreate, after_insert, after_create",
                "afterUpdate: after_update", "afterDelete: after_delete");
    }
}
