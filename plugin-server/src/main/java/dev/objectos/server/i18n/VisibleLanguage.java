package dev.objectos.server.i18n;

import dev.objectos.runtime.i18n.Translations;
import dev.objectos.runtime.metadata.ActionDefinition;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SelectOption;
import dev.objectos.server.metadata.CatalogView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything that one language says of what a session sees, in the shape of {@code @objectstack/spec}. */
final class VisibleLanguage {

    private final CatalogView view;

    /** @param view whose language it is */
    VisibleLanguage(CatalogView view) {
        this.view = view;
    }

    /** {@code {objects: {<object>: …}, messages: {<id>: text}}}; texts of files that fit nowhere else are messages by path. */
    Map<String, Object> all() {
        var objects = new LinkedHashMap<String, Object>();
        view.objects().forEach(object -> objects.put(object.name(), object(object)));
        var messages = new LinkedHashMap<String, Object>();
        Translations.of(view.catalog()).others(view.locale()).forEach((key, value) -> flatten(
                key.equals("messages") && value instanceof Map ? "" : key, value, messages));
        var all = new LinkedHashMap<String, Object>();
        all.put("objects", objects);
        putIfAny(all, "messages", messages);
        return all;
    }

    /** {@code {<field>: {label, help?, options?}}}; empty where the session sees no such object. */
    Optional<Map<String, Object>> labels(String name) {
        return view.object(name).map(object -> {
            var labels = new LinkedHashMap<String, Object>();
            view.fields(object).forEach(field -> {
                Map<String, Object> texts = field(field);
                texts.remove("placeholder");
                labels.put(field.name(), texts);
            });
            return labels;
        });
    }

    private Map<String, Object> object(ObjectDefinition object) {
        var texts = new LinkedHashMap<String, Object>();
        texts.put("label", object.label());
        texts.put("pluralLabel", object.pluralLabel());
        put(texts, "description", object.description());
        var fields = new LinkedHashMap<String, Object>();
        view.fields(object).forEach(field -> fields.put(field.name(), field(field)));
        texts.put("fields", fields);
        var actions = new LinkedHashMap<String, Object>();
        object.actions().values().forEach(action -> actions.put(action.name(), action(action)));
        putIfAny(texts, "_actions", actions);
        var rules = new LinkedHashMap<String, Object>();
        object.validations().forEach(rule -> rules.put(rule.name(), Map.of("message", rule.message())));
        putIfAny(texts, "_validations", rules);
        return texts;
    }

    private static Map<String, Object> field(FieldDefinition field) {
        var texts = new LinkedHashMap<String, Object>();
        texts.put("label", field.label());
        put(texts, "help", field.helpText() == null ? field.description() : field.helpText());
        put(texts, "placeholder", field.descriptive().get("placeholder"));
        putIfAny(texts, "options", options(field.type()));
        return texts;
    }

    private static Map<String, Object> options(FieldType type) {
        List<SelectOption> options = switch (type) {
            case FieldType.Choice choice -> choice.options();
            case FieldType.Choices choices -> choices.options();
            default -> List.of();
        };
        var texts = new LinkedHashMap<String, Object>();
        options.forEach(option -> texts.put(option.value(), option.label()));
        return texts;
    }

    private static Map<String, Object> action(ActionDefinition action) {
        var texts = new LinkedHashMap<String, Object>();
        texts.put("label", action.label());
        put(texts, "description", action.definition().get("description"));
        put(texts, "confirmText", action.definition().get("confirm_text"));
        put(texts, "successMessage", action.definition().get("success_message"));
        var params = new LinkedHashMap<String, Object>();
        action.params().values().forEach(param -> {
            Map<String, Object> said = field(param);
            put(said, "helpText", said.remove("help"));
            params.put(param.name(), said);
        });
        putIfAny(texts, "params", params);
        return texts;
    }

    private static void flatten(String path, @Nullable Object value, Map<String, Object> into) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> flatten(path.isEmpty() ? key.toString() : path + "." + key, inner, into));
        } else if (value != null) {
            into.put(path, value.toString());
        }
    }

    private static void put(Map<String, Object> texts, String name, @Nullable Object text) {
        if (text instanceof String) {
            texts.put(name, text);
        }
    }

    private static void putIfAny(Map<String, Object> texts, String name, Map<String, Object> map) {
        if (!map.isEmpty()) {
            texts.put(name, map);
        }
    }
}
