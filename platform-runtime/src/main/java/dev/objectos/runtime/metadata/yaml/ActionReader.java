package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.ActionDefinition;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.Written;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Entry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the actions of an object and their parameters. */
final class ActionReader {

    private final Findings findings;
    private final FieldReader params;

    ActionReader(String object, Findings findings) {
        this.findings = findings;
        this.params = new FieldReader(object, findings, true);
    }

    Map<String, ActionDefinition> read(@Nullable Entries written) {
        var actions = new LinkedHashMap<String, ActionDefinition>();
        if (written != null) {
            written.entries().forEach((name, entry) -> {
                if (entry.value() instanceof Entries action && isNamed(name, entry)) {
                    actions.put(name, read(name, action, entry));
                }
            });
        }
        return actions;
    }

    private ActionDefinition read(String name, Entries action, Entry entry) {
        var fields = new LinkedHashMap<String, FieldDefinition>();
        Entries written = action.map("params");
        if (written != null) {
            written.entries().forEach((param, part) -> {
                FieldDefinition field = params.read(param, part);
                if (field == null) {
                    return;
                }
                if (field.type().derived()) {
                    findings.error(part.keyWhere(), "a parameter cannot be of type " + field.type().name(),
                            "choose a type that can be entered");
                } else {
                    fields.put(param, field);
                }
            });
        }
        String label = action.text("label");
        var definition = new LinkedHashMap<String, Object>();
        action.plain().forEach((key, value) -> {
            if (value != null) {
                definition.put(key, value);
            }
        });
        return new ActionDefinition(name, label == null ? Names.humanise(name) : label,
                !"global".equals(action.text("type")), fields, definition, handler(action), entry.keyWhere());
    }

    private static @Nullable Written handler(Entries action) {
        Element handler = action.get("handler");
        return handler == null || handler.isNull() ? null : WrittenYaml.written(handler);
    }

    private boolean isNamed(String name, Entry entry) {
        if (Names.isSnakeCase(name)) {
            return true;
        }
        findings.error(entry.keyWhere(), "'" + name + "' is no name of an action: it must be snake_case",
                "write " + Names.snakeCase(name));
        return false;
    }
}
