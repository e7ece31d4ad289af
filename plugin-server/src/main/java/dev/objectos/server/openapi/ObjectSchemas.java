package dev.objectos.server.openapi;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.spi.ObjectAccess;
import dev.objectos.server.metadata.CatalogView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The schemas of an object's records as a session sees them: {@code contacts} as it is read, {@code contacts_input} as it is made,
 * {@code contacts_change} as it is changed.
 */
final class ObjectSchemas {

    private ObjectSchemas() {}

    static Map<String, Object> of(ObjectDefinition object, CatalogView view) {
        ObjectAccess access = view.access(object);
        var read = new LinkedHashMap<String, Object>();
        var created = new LinkedHashMap<String, Object>();
        var changed = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        view.fields(object).forEach(field -> {
            read.put(field.name(),
                    FieldSchemas.read(field, access.masked().contains(field.name()), target -> shown(view, target)));
            if (access.creatable().contains(field.name())) {
                created.put(field.name(), FieldSchemas.written(field));
                if (field.required() && field.defaultValue() == null) {
                    required.add(field.name());
                }
            }
            if (access.editable().contains(field.name())) {
                changed.put(field.name(), FieldSchemas.written(field));
            }
        });
        var schemas = new LinkedHashMap<String, Object>();
        schemas.put(object.name(), titled(object.label(), read, List.of()));
        if (access.changes().contains(ChangeAction.CREATE)) {
            schemas.put(object.name() + "_input", titled("New " + object.label(), created, required));
        }
        if (access.changes().contains(ChangeAction.UPDATE)) {
            schemas.put(object.name() + "_change", titled("Changes of " + object.label(), changed, List.of()));
        }
        return schemas;
    }

    private static boolean shown(CatalogView view, String object) {
        return view.reads(object)
                && view.catalog().object(object).filter(found -> found.enable().api()).isPresent();
    }

    private static Map<String, Object> titled(String title, Map<String, Object> properties, List<String> required) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("title", title);
        schema.putAll(Notation.object(properties, required));
        return schema;
    }
}
