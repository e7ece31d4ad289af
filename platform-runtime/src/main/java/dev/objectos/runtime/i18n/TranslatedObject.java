package dev.objectos.runtime.i18n;

import dev.objectos.runtime.metadata.ActionDefinition;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SelectOption;
import dev.objectos.runtime.metadata.ValidationRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object in another language: the same definition with other texts. */
final class TranslatedObject {

    private final ObjectDefinition object;
    private final Texts texts;

    TranslatedObject(ObjectDefinition object, Texts texts) {
        this.object = object;
        this.texts = texts;
    }

    ObjectDefinition definition() {
        var fields = new LinkedHashMap<String, FieldDefinition>();
        object.fields().forEach((name, field) -> fields.put(name, field(field)));
        var actions = new LinkedHashMap<String, ActionDefinition>();
        object.actions().forEach((name, action) -> actions.put(name, action(action)));
        return object.said(texts.textOr(object.label(), "label"), texts.textOr(object.pluralLabel(), "plural_label"),
                nullable(object.description(), texts, "description"), fields,
                object.validations().stream().map(this::rule).toList(), actions);
    }

    /** What a rule that is not met says. */
    static String message(ValidationRule rule, Texts texts) {
        return texts.textOr(texts.textOr(rule.message(), "validations", rule.name(), "message"), "messages",
                rule.name());
    }

    private ValidationRule rule(ValidationRule rule) {
        return new ValidationRule(rule.name(), rule.condition(), rule.when(), message(rule, texts), rule.fields(),
                rule.errorCode(), rule.needsPrevious(), rule.source());
    }

    private FieldDefinition field(FieldDefinition field) {
        String name = field.name();
        return field.said(texts.textOr(field.label(), "fields", name),
                nullable(field.description(), texts, "descriptions", name),
                nullable(nullable(field.helpText(), texts, "helps", name), texts, "help_texts", name),
                replaced(field.descriptive(), "placeholder", texts.text("placeholders", name).orElse(null)))
                .withType(type(field.type(), texts.below("options", name)));
    }

    private static FieldType type(FieldType type, Texts texts) {
        return switch (type) {
            case FieldType.Choice(String name, List<SelectOption> options) -> new FieldType.Choice(name,
                    options(options, texts));
            case FieldType.Choices(String name, List<SelectOption> options) -> new FieldType.Choices(name,
                    options(options, texts));
            default -> type;
        };
    }

    private static List<SelectOption> options(List<SelectOption> options, Texts texts) {
        return options.stream().map(option -> new SelectOption(option.value(),
                texts.textOr(option.label(), option.value()), option.descriptive())).toList();
    }

    private ActionDefinition action(ActionDefinition action) {
        Texts own = texts.below("actions", action.name());
        var params = new LinkedHashMap<String, FieldDefinition>();
        action.params().forEach((name, param) -> params.put(name, param(param, own.below("params"))));
        var definition = new LinkedHashMap<>(action.definition());
        own.merged().forEach((key, text) -> {
            if (definition.get(key) instanceof String && text instanceof String) {
                definition.put(key, text);
            }
        });
        return new ActionDefinition(action.name(), own.textOr(action.label(), "label"), action.onRecord(), params,
                definition, action.handler(), action.source());
    }

    /** A parameter is translated by its label alone, or by a map of its texts. */
    private static FieldDefinition param(FieldDefinition param, Texts params) {
        Texts own = params.below(param.name());
        String label = own.textOr(params.textOr(param.label(), param.name()), "label");
        return param.said(label, nullable(param.description(), own, "description"),
                nullable(nullable(param.helpText(), own, "help"), own, "help_text"), param.descriptive())
                .withType(type(param.type(), own.below("options")));
    }

    private static @Nullable String nullable(@Nullable String text, Texts texts, String... keys) {
        return texts.text(keys).orElse(text);
    }

    private static Map<String, Object> replaced(Map<String, Object> map, String key, @Nullable String text) {
        if (text == null) {
            return map;
        }
        var copy = new LinkedHashMap<>(map);
        copy.put(key, text);
        return copy;
    }
}
