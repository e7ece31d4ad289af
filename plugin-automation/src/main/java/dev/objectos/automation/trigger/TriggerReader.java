package dev.objectos.automation.trigger;

import dev.objectos.runtime.expression.CelText;
import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.expression.ExpressionType;
import dev.objectos.runtime.expression.FieldCondition;
import dev.objectos.runtime.expression.Spelling;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.Violation.Severity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads one trigger and finds what is wrong with it. */
final class TriggerReader {

    private final Catalog catalog;
    private final MetadataItem item;
    private final Map<String, MailTemplate> templates;
    private final Consumer<Violation> sink;
    private boolean usable = true;

    TriggerReader(Catalog catalog, MetadataItem item, Map<String, MailTemplate> templates, Consumer<Violation> sink) {
        this.catalog = catalog;
        this.item = item;
        this.templates = templates;
        this.sink = sink;
    }

    /** The trigger; empty where something is wrong with it, or where no change of a record sets it off. */
    Optional<Trigger> read() {
        for (String other : List.of("schedule", "webhook", "email")) {
            if (item.content().containsKey(other)) {
                warning(other, "a trigger is not set off by '" + other + "' on this server yet",
                        "use event: afterInsert or the like");
            }
        }
        Set<TriggerEvent> events = events();
        ObjectDefinition object = item.object() == null ? null : catalog.object(item.object()).orElse(null);
        if (events.isEmpty() || object == null) {
            return Optional.empty();
        }
        var texts = new TemplateTexts(catalog, object, null, this::error);
        List<CompiledExpression> conditions = conditions(object, texts);
        List<Action> actions = new ActionReader(catalog, object, item, texts, templates, this).read();
        if (events.stream().anyMatch(event -> event.action() == dev.objectos.runtime.event.ChangeAction.DELETE)) {
            for (int i = 0; i < actions.size(); i++) {
                if (actions.get(i).immediate()) {
                    error(item.where("actions/" + i + "/type"), "a record that is deleted has no fields to write",
                            "use another event, or update_records for other records");
                }
            }
        }
        if (!usable) {
            return Optional.empty();
        }
        return Optional.of(new Trigger(item.name(), text("label", item.name()), object.name(), events,
                item.content().get("order") instanceof Number number ? number.intValue() : 0, watched(object),
                conditions, actions, item.source()));
    }

    private Set<TriggerEvent> events() {
        var events = EnumSet.noneOf(TriggerEvent.class);
        if (item.content().get("event") instanceof List<?> words) {
            words.forEach(word -> TriggerEvent.of(String.valueOf(word)).ifPresent(events::add));
        }
        return events;
    }

    private Set<String> watched(ObjectDefinition object) {
        var fields = new LinkedHashSet<String>();
        if (item.content().get("fields") instanceof List<?> names) {
            for (int i = 0; i < names.size(); i++) {
                field(object, String.valueOf(names.get(i)), "fields/" + i).ifPresent(field -> fields.add(field.name()));
            }
        }
        return fields;
    }

    private List<CompiledExpression> conditions(ObjectDefinition object, TemplateTexts texts) {
        var conditions = new ArrayList<CompiledExpression>();
        condition(object, texts, item.content().get("when"), "when", conditions);
        condition(object, texts, item.content().get("conditions"), "conditions", conditions);
        return conditions;
    }

    private void condition(ObjectDefinition object, TemplateTexts texts, @Nullable Object written, String path,
            List<CompiledExpression> conditions) {
        switch (written) {
            case null -> {
                // no condition
            }
            case List<?> all -> {
                for (int i = 0; i < all.size(); i++) {
                    condition(object, texts, all.get(i), path + "/" + i, conditions);
                }
            }
            case Map<?, ?> map when map.containsKey("field") -> {
                String cel = cel(object, map, path);
                if (cel != null) {
                    add(texts, cel, item.where(path + "/field"), conditions);
                }
            }
            case Map<?, ?> map when map.get("expression") instanceof String cel ->
                add(texts, CelText.cel(cel), item.where(path + "/expression"), conditions);
            case Map<?, ?> _ -> error(item.where(path), "the condition names no field",
                    "write {field, operator, value}, or an expression");
            default -> add(texts, CelText.cel(written.toString()), item.where(path), conditions);
        }
    }

    private void add(TemplateTexts texts, String cel, SourceLocation where, List<CompiledExpression> conditions) {
        CompiledExpression compiled = texts.expression(cel, where, ExpressionType.BOOLEAN);
        if (compiled != null) {
            conditions.add(compiled);
        }
    }

    private @Nullable String cel(ObjectDefinition object, Map<?, ?> condition, String path) {
        String name = withoutRecord(String.valueOf(condition.get("field")));
        FieldDefinition field = field(object, name, path + "/field").orElse(null);
        if (field == null) {
            return null;
        }
        FieldType type = FieldPath.parse(name).isDirect() ? field.type() : null;
        String operator = condition.get("operator") == null ? "equals" : String.valueOf(condition.get("operator"));
        try {
            return person(type, name, operator, condition.get("value"));
        } catch (FieldCondition.UnusableException e) {
            error(item.where(path + (e.atOperator() ? "/operator" : "/value")), e.problem(), e.atOperator()
                    ? "use one of equals, not_equals, greater_than, less_than, gte, lte, contains, starts_with, "
                            + "ends_with, in, changed, changed_to, is_null"
                    : e.suggestion());
            return null;
        }
    }

    /** A user who is named otherwise than by id is compared by user name and e-mail. */
    private static String person(@Nullable FieldType type, String name, String operator, @Nullable Object value)
            throws FieldCondition.UnusableException {
        boolean user = type instanceof FieldType.Reference reference && reference.target().equals(Catalog.USER);
        if (!user || !(value instanceof String text) || FieldValues.isId(text) || text.strip().startsWith("$")) {
            return FieldCondition.ofChange(name, type, operator, value);
        }
        boolean negated = "!=".equals(FieldCondition.canonical(operator));
        String joint = negated ? " && " : " || ";
        return "(" + FieldCondition.ofChange(name + ".username", null, operator, value) + joint
                + FieldCondition.ofChange(name + ".email", null, operator, value) + ")";
    }

    /** The first field of a path; empty, and reported, where there is none. */
    Optional<FieldDefinition> field(ObjectDefinition object, String written, String path) {
        String first = FieldPath.parse(withoutRecord(written)).first();
        Optional<FieldDefinition> field = object.field(first);
        if (field.isEmpty()) {
            error(item.where(path), object.name() + " has no field '" + first + "'",
                    Spelling.suggestion(first, object.fields().keySet()));
        }
        return field;
    }

    static String withoutRecord(String written) {
        String name = CelText.unwrap(written);
        return name.startsWith("record.") ? name.substring("record.".length()) : name;
    }

    private String text(String key, String otherwise) {
        return item.content().get(key) instanceof String text ? text : otherwise;
    }

    void error(SourceLocation where, String message, String suggestion) {
        usable = false;
        sink.accept(new Violation(Severity.ERROR, where, "trigger", item.name(), message, suggestion));
    }

    void warning(String path, String message, String suggestion) {
        sink.accept(new Violation(Severity.WARNING, item.where(path), "trigger", item.name(), message, suggestion));
    }
}
