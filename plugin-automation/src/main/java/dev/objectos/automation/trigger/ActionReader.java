package dev.objectos.automation.trigger;

import dev.objectos.runtime.expression.CelText;
import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.expression.ExpressionType;
import dev.objectos.runtime.expression.FieldCondition;
import dev.objectos.runtime.expression.Spelling;
import dev.objectos.runtime.metadata.ActionDefinition;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.query.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the actions of one trigger. */
final class ActionReader {

    private static final Set<String> KNOWN = Set.of("update_field", "create_record", "update_records", "delete_record",
            "send_email", "notify", "webhook", "start_workflow", "transition", "call_service", "run_action");

    private static final Map<String, String> ALIASES = Map.of("http_call", "webhook", "update_fields", "update_field",
            "field_update", "update_field", "update_record", "update_records", "delete_records", "delete_record",
            "email", "send_email", "send_mail", "send_email", "send_notification", "notify");

    private static final Map<String, Operator> OPERATORS = Map.ofEntries(Map.entry("==", Operator.EQ),
            Map.entry("!=", Operator.NE), Map.entry(">", Operator.GT), Map.entry(">=", Operator.GTE),
            Map.entry("<", Operator.LT), Map.entry("<=", Operator.LTE), Map.entry("in", Operator.IN),
            Map.entry("not_in", Operator.NOT_IN), Map.entry("contains", Operator.CONTAINS),
            Map.entry("starts_with", Operator.STARTS_WITH), Map.entry("ends_with", Operator.ENDS_WITH),
            Map.entry("is_null", Operator.IS_NULL), Map.entry("not_null", Operator.IS_NOT_NULL));

    private final Catalog catalog;
    private final ObjectDefinition object;
    private final MetadataItem item;
    private final TemplateTexts texts;
    private final Map<String, MailTemplate> templates;
    private final TriggerReader trigger;
    private final ValueReader values;

    ActionReader(Catalog catalog, ObjectDefinition object, MetadataItem item, TemplateTexts texts,
            Map<String, MailTemplate> templates, TriggerReader trigger) {
        this.catalog = catalog;
        this.object = object;
        this.item = item;
        this.texts = texts;
        this.templates = templates;
        this.trigger = trigger;
        this.values = new ValueReader(item, texts, trigger);
    }

    List<Action> read() {
        var actions = new ArrayList<Action>();
        if (item.content().get("actions") instanceof List<?> written) {
            for (int i = 0; i < written.size(); i++) {
                String path = "actions/" + i;
                if (written.get(i) instanceof Map<?, ?> map) {
                    action(map, path).ifPresent(actions::add);
                } else {
                    trigger.error(item.where(path), "an action must be a map", "write {type: update_field, …}");
                }
            }
        }
        return actions;
    }

    private Optional<Action> action(Map<?, ?> map, String path) {
        String key = map.containsKey("type") ? "type" : "action";
        String written = String.valueOf(map.get(key));
        String type = ALIASES.getOrDefault(written, written);
        return switch (type) {
            case "update_field" -> Optional.of(setFields(map, path));
            case "create_record" -> target(map, path, false)
                    .map(target -> new Action.CreateRecord(target.name(), values(map, path, target, false)));
            case "update_records" -> target(map, path, true).map(target -> new Action.UpdateRecords(target.name(),
                    where(map, path, target), values(map, path, target, false)));
            case "delete_record" -> target(map, path, true)
                    .map(target -> new Action.DeleteRecords(target.name(), where(map, path, target)));
            case "transition" -> target(map, path, true).flatMap(target -> transition(map, path, target));
            case "run_action" -> target(map, path, true).flatMap(target -> runAction(map, path, target));
            case "send_email" -> sendMail(map, path);
            case "notify" -> tell(map, path);
            default -> {
                if (!KNOWN.contains(type)) {
                    trigger.error(item.where(path + "/" + key), map.containsKey(key)
                            ? "there is no action '" + written + "'"
                            : "the action has no type", Spelling.suggestion(type, KNOWN));
                    yield Optional.empty();
                }
                trigger.warning(path + "/" + key, "the action '" + type + "' is not supported yet",
                        "its runs are shown as failed");
                yield Optional.of(new Action.Unsupported(type));
            }
        };
    }

    private Action setFields(Map<?, ?> map, String path) {
        var fields = new LinkedHashMap<String, NewValue>();
        if (map.get("field") != null) {
            String name = TriggerReader.withoutRecord(String.valueOf(map.get("field")));
            Optional<FieldDefinition> field = writable(object, name, path + "/field");
            if (!map.containsKey("value") && map.get("expression") != null) {
                field.flatMap(known -> values.computed(known, String.valueOf(map.get("expression")),
                        path + "/expression")).ifPresent(value -> fields.put(name, value));
            } else if (!map.containsKey("value")) {
                trigger.error(item.where(path), "the action does not say what to write", "add value:");
            } else {
                field.flatMap(known -> values.read(known, map.get("value"), path + "/value", true))
                        .ifPresent(value -> fields.put(name, value));
            }
        } else {
            fields.putAll(values(map, path, object, true));
            if (fields.isEmpty()) {
                trigger.error(item.where(path), "the action names no field", "add field: and value:");
            }
        }
        return new Action.SetFields(fields);
    }

    /** The object that records are made or changed of; the trigger's own where none is named. */
    private Optional<ObjectDefinition> target(Map<?, ?> map, String path, boolean ownIsDefault) {
        Object written = map.get("object");
        if (written == null && ownIsDefault) {
            return Optional.of(object);
        }
        if (written == null) {
            trigger.error(item.where(path), "the action does not say of which object", "add object:");
            return Optional.empty();
        }
        Optional<ObjectDefinition> target = catalog.object(written.toString());
        if (target.isEmpty()) {
            trigger.error(item.where(path + "/object"), "there is no object '" + written + "'", Spelling.suggestion(
                    written.toString(), catalog.objects().stream().map(ObjectDefinition::name).toList()));
        }
        return target;
    }

    private Map<String, NewValue> values(Map<?, ?> map, String path, ObjectDefinition target, boolean turns) {
        var read = new LinkedHashMap<String, NewValue>();
        for (String key : List.of("values", "fields", "data", "updates")) {
            if (map.get(key) instanceof Map<?, ?> written) {
                written.forEach((name, value) -> writable(target, String.valueOf(name), path + "/" + key + "/" + name)
                        .flatMap(field -> values.read(field, value, path + "/" + key + "/" + name, turns))
                        .ifPresent(known -> read.put(String.valueOf(name), known)));
            }
        }
        if (map.get("field") != null && map.containsKey("value") && !turns) {
            String name = String.valueOf(map.get("field"));
            writable(target, name, path + "/field").flatMap(field -> values.read(field, map.get("value"),
                    path + "/value", false)).ifPresent(value -> read.put(name, value));
        }
        return read;
    }

    private List<Action.Condition> where(Map<?, ?> map, String path, ObjectDefinition target) {
        var conditions = new ArrayList<Action.Condition>();
        for (String key : List.of("id", "record", "record_id")) {
            if (map.get(key) != null) {
                condition(target, SystemFields.ID, "equals", map.get(key), path + "/" + key, conditions);
            }
        }
        for (String key : List.of("where", "filter", "filters", "conditions")) {
            conditions(target, map.get(key), path + "/" + key, conditions);
        }
        if (conditions.isEmpty() && !target.name().equals(object.name())) {
            trigger.error(item.where(path), "the action does not say which records", "add where: {field: value}");
        } else if (conditions.isEmpty()) {
            condition(target, SystemFields.ID, "equals", "${record.id}", path, conditions);
        }
        return conditions;
    }

    private void conditions(ObjectDefinition target, @Nullable Object written, String path,
            List<Action.Condition> conditions) {
        switch (written) {
            case List<?> all -> {
                for (int i = 0; i < all.size(); i++) {
                    conditions(target, all.get(i), path + "/" + i, conditions);
                }
            }
            case Map<?, ?> map when map.containsKey("field") -> condition(target, String.valueOf(map.get("field")),
                    map.get("operator") == null ? "equals" : String.valueOf(map.get("operator")), map.get("value"),
                    path + "/value", conditions);
            case Map<?, ?> map -> map.forEach((field, value) -> condition(target, String.valueOf(field),
                    value instanceof List ? "in" : "equals", value, path + "/" + field, conditions));
            case null, default -> {
                if (written != null) {
                    trigger.error(item.where(path), "which records is not said by '" + written + "'",
                            "write where: {field: value}");
                }
            }
        }
    }

    private void condition(ObjectDefinition target, String name, String operator, @Nullable Object value, String path,
            List<Action.Condition> conditions) {
        String sign = FieldCondition.canonical(operator);
        Operator known = sign == null ? null : OPERATORS.get(sign);
        if (known == null) {
            trigger.error(item.where(path), "the operator '" + operator + "' does not select records",
                    "use one of equals, not_equals, greater_than, less_than, gte, lte, contains, in, is_null");
            return;
        }
        Optional<FieldDefinition> field = trigger.field(target, name, path);
        if (field.isEmpty()) {
            return;
        }
        if (known == Operator.IS_NULL || known == Operator.IS_NOT_NULL) {
            conditions.add(new Action.Condition(name, known, List.of()));
            return;
        }
        List<?> written = value instanceof List<?> several ? several : java.util.Collections.singletonList(value);
        var operands = new ArrayList<NewValue>();
        for (int i = 0; i < written.size(); i++) {
            values.read(field.get(), written.get(i), value instanceof List ? path + "/" + i : path, false)
                    .ifPresent(operands::add);
        }
        conditions.add(new Action.Condition(name, known, operands));
    }

    private Optional<Action> transition(Map<?, ?> map, String path, ObjectDefinition target) {
        Object name = map.containsKey("transition") ? map.get("transition") : map.get("name");
        if (name == null) {
            trigger.error(item.where(path), "the action does not say which transition", "add transition: approve");
            return Optional.empty();
        }
        return Optional.of(new Action.TakeTransition(target.name(), where(map, path, target), name.toString(),
                text(map, path, "comment")));
    }

    private Optional<Action> runAction(Map<?, ?> map, String path, ObjectDefinition target) {
        String key = List.of("run", "name", "action_name", "action").stream()
                .filter(one -> map.get(one) != null && (!one.equals("action") || map.containsKey("type"))).findFirst()
                .orElse("");
        if (key.isEmpty()) {
            trigger.error(item.where(path), "the action does not say which action of " + target.name() + " to run",
                    "add name: and the action's name");
            return Optional.empty();
        }
        ActionDefinition action = target.actions().get(String.valueOf(map.get(key)));
        if (action == null) {
            trigger.error(item.where(path + "/" + key),
                    target.name() + " has no action '" + map.get(key) + "'",
                    Spelling.suggestion(String.valueOf(map.get(key)), target.actions().keySet()));
            return Optional.empty();
        }
        var params = new LinkedHashMap<String, NewValue>();
        if (map.get("params") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> {
                FieldDefinition param = action.params().get(String.valueOf(name));
                String place = path + "/params/" + name;
                if (param == null) {
                    trigger.error(item.where(place), action.name() + " has no parameter '" + name + "'",
                            Spelling.suggestion(String.valueOf(name), action.params().keySet()));
                } else {
                    values.read(param, value, place, false).ifPresent(read -> params.put(param.name(), read));
                }
            });
        }
        action.params().values().stream()
                .filter(param -> param.required() && param.defaultValue() == null && !params.containsKey(param.name()))
                .forEach(param -> trigger.error(item.where(path),
                        action.name() + " needs the parameter '" + param.name() + "'", "add it to params:"));
        return Optional.of(new Action.RunAction(target.name(),
                action.onRecord() ? where(map, path, target) : List.of(), action.name(), params));
    }

    private Optional<FieldDefinition> writable(ObjectDefinition target, String name, String path) {
        Optional<FieldDefinition> field = trigger.field(target, name, path);
        if (field.isPresent() && (field.get().type().derived() || SystemFields.RESERVED.contains(name))) {
            trigger.error(item.where(path), target.name() + "." + name + " is kept by the platform",
                    "write another field");
            return Optional.empty();
        }
        return field;
    }

    private Optional<Action> sendMail(Map<?, ?> map, String path) {
        List<Action.Recipient> to = recipients(map, path, "to");
        if (to.isEmpty()) {
            trigger.error(item.where(path), "the mail has nobody to go to", "add to: \"${record.email}\"");
        }
        List<Action.Recipient> replyTo = recipients(map, path, "reply_to");
        MailContent content = null;
        String template = map.get("template") == null ? null : String.valueOf(map.get("template"));
        if (template == null) {
            content = content(map, path);
        } else {
            MailTemplate known = templates.get(template);
            if (known == null) {
                trigger.warning(path + "/template", "there is no template '" + template + "'; the mail cannot be sent",
                        "add templates/" + template + ".template.yml");
            } else {
                known.prepare(object.name());
            }
        }
        return Optional.of(new Action.SendMail(to, recipients(map, path, "cc"), recipients(map, path, "bcc"),
                replyTo.isEmpty() ? null : replyTo.getFirst(), template, content));
    }

    private @Nullable MailContent content(Map<?, ?> map, String path) {
        TextTemplate subject = text(map, path, "subject", "title");
        TextTemplate text = text(map, path, "text", "body", "message");
        TextTemplate html = text(map, path, "html", "body_html");
        boolean says = named(map, "subject", "title") && named(map, "text", "body", "message", "html", "body_html");
        if (!says) {
            trigger.error(item.where(path), "the mail says nothing", "add template:, or subject: and text:");
        }
        return subject == null ? null : new MailContent(subject, text, html);
    }

    private Optional<Action> tell(Map<?, ?> map, String path) {
        List<Action.Recipient> to = recipients(map, path, map.containsKey("to") ? "to" : "users");
        if (to.isEmpty()) {
            trigger.error(item.where(path), "there is nobody to tell", "add to: \"${record.owner}\"");
        }
        String template = map.get("template") == null ? null : String.valueOf(map.get("template"));
        TextTemplate title = text(map, path, "title", "subject", "message", "text");
        TextTemplate body = text(map, path, "body", "message", "text");
        if (title == null) {
            if (template == null) {
                trigger.error(item.where(path), "the notification says nothing", "add title:");
                return Optional.empty();
            }
            MailTemplate known = templates.get(template);
            if (known != null) {
                known.prepare(object.name());
            }
            title = new TextTemplate(List.of(new TextTemplate.Piece(item.content().get("label") instanceof String label
                    ? label
                    : item.name(), null)));
        }
        return Optional.of(new Action.Notify(to, template, title, body, text(map, path, "link", "url")));
    }

    private static boolean named(Map<?, ?> map, String... keys) {
        return Arrays.stream(keys).anyMatch(key -> map.get(key) != null);
    }

    private @Nullable TextTemplate text(Map<?, ?> map, String path, String... keys) {
        for (String key : keys) {
            Object written = map.get(key);
            if (written != null) {
                return texts.template(written.toString(), item.where(path + "/" + key));
            }
        }
        return null;
    }

    private List<Action.Recipient> recipients(Map<?, ?> map, String path, String key) {
        var recipients = new ArrayList<Action.Recipient>();
        List<?> written = map.get(key) instanceof List<?> several
                ? several
                : map.get(key) == null ? List.of() : List.of(map.get(key));
        for (int i = 0; i < written.size(); i++) {
            String text = String.valueOf(written.get(i));
            String place = map.get(key) instanceof List ? path + "/" + key + "/" + i : path + "/" + key;
            if (text.contains("${")) {
                recipient(text, place).ifPresent(recipients::add);
            } else {
                for (String one : text.split(",", -1)) {
                    recipient(one.strip(), place).ifPresent(recipients::add);
                }
            }
        }
        return recipients;
    }

    private Optional<Action.Recipient> recipient(String text, String path) {
        if (CelText.isWrapped(text)) {
            CompiledExpression value = texts.expression(CelText.cel(text), item.where(path), null);
            if (value != null && value.type() instanceof ExpressionType.Reference) {
                return Optional.of(new Action.Recipient.User(value));
            }
            return value == null
                    ? Optional.empty()
                    : Optional.of(new Action.Recipient.Written(new TextTemplate(
                            List.of(new TextTemplate.Piece("", value), new TextTemplate.Piece("", null)))));
        }
        return Optional.ofNullable(texts.template(text, item.where(path))).map(Action.Recipient.Written::new);
    }
}
