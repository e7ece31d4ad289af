package dev.objectos.automation.trigger;

import dev.objectos.runtime.expression.CelText;
import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.expression.ExpressionType;
import dev.objectos.runtime.expression.Spelling;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.InvalidValueException;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.SelectOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a trigger writes into fields, and checks that it is of the field's type. */
final class ValueReader {

    private final MetadataItem item;
    private final TemplateTexts texts;
    private final TriggerReader trigger;

    ValueReader(MetadataItem item, TemplateTexts texts, TriggerReader trigger) {
        this.item = item;
        this.texts = texts;
        this.trigger = trigger;
    }

    /**
     * The value; empty, and reported, where it cannot be written.
     *
     * @param turns whether users may take turns here
     */
    Optional<NewValue> read(FieldDefinition field, @Nullable Object written, String path, boolean turns) {
        return switch (written) {
            case null -> Optional.of(new NewValue.Constant(null));
            case Map<?, ?> map when "round_robin".equals(map.get("type")) -> roundRobin(field, map, path, turns);
            case Map<?, ?> map when map.get("expression") instanceof String cel && (map.size() == 1
                    || "expression".equals(map.get("type"))) -> computed(field, cel, path + "/expression");
            case String text when CelText.isWrapped(text) || variable(text) -> computed(field, text, path);
            case String text when CelText.mentionsExpression(text) -> filled(field, text, path);
            case String text when person(field) && !FieldValues.isId(text) ->
                Optional.of(new NewValue.Person(text.strip()));
            default -> constant(field, written, path);
        };
    }

    /** What an expression gives, in the field's type. */
    Optional<NewValue> computed(FieldDefinition field, String written, String path) {
        CompiledExpression compiled = texts.expression(CelText.cel(written), item.where(path),
                ExpressionType.of(field.type()));
        return Optional.ofNullable(compiled).map(NewValue.Computed::new);
    }

    private static boolean variable(String text) {
        return text.strip().matches("\\$(now|today|current_date|current_?[uU]ser|user)(\\.[\\w.]+)?");
    }

    private static boolean person(FieldDefinition field) {
        return field.type() instanceof FieldType.Reference reference && reference.target().equals(Catalog.USER);
    }

    private Optional<NewValue> filled(FieldDefinition field, String text, String path) {
        if (!(field.type() instanceof FieldType.Text)) {
            trigger.error(item.where(path), field.name() + " does not hold text",
                    "write one expression: \"${…}\"");
            return Optional.empty();
        }
        return Optional.ofNullable(texts.template(text, item.where(path))).map(NewValue.Filled::new);
    }

    private Optional<NewValue> roundRobin(FieldDefinition field, Map<?, ?> map, String path, boolean turns) {
        if (!person(field)) {
            trigger.error(item.where(path), field.name() + " does not hold a user, so nobody can take turns",
                    "use a field that refers to " + Catalog.USER);
            return Optional.empty();
        }
        if (!turns) {
            trigger.error(item.where(path), "users take turns for the record itself only", "name one user");
            return Optional.empty();
        }
        List<String> pool = map.get("pool") instanceof List<?> users
                ? users.stream().map(user -> String.valueOf(user).strip()).toList()
                : List.of();
        if (pool.isEmpty()) {
            trigger.error(item.where(path), "round_robin has nobody to choose from", "add pool: [anna, ben]");
            return Optional.empty();
        }
        return Optional.of(new NewValue.RoundRobin(pool));
    }

    private Optional<NewValue> constant(FieldDefinition field, Object written, String path) {
        try {
            Object value = FieldValues.parse(field.type(), written);
            List<String> options = options(field.type());
            if (value instanceof String text && !options.isEmpty() && !options.contains(text)) {
                trigger.error(item.where(path), "'" + text + "' is none of the options of " + field.name(),
                        Spelling.suggestion(text, options));
                return Optional.empty();
            }
            return Optional.of(new NewValue.Constant(value));
        } catch (InvalidValueException e) {
            trigger.error(item.where(path), field.name() + " " + e.message(), "");
            return Optional.empty();
        }
    }

    private static List<String> options(FieldType type) {
        return type instanceof FieldType.Choice choice
                ? choice.options().stream().map(SelectOption::value).toList()
                : List.of();
    }
}
