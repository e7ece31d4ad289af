package dev.objectos.server.record;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.spi.ObjectAccess;
import dev.objectos.server.metadata.CatalogView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a user may do with one record, shown beside it to whoever asks for {@code meta=permissions}. */
final class RecordPermissions {

    static final String PARAMETER = "meta";

    private static final String ASKED = "permissions";

    private RecordPermissions() {}

    /** Whether they are asked for, by the value of the parameter; null: it is not there. */
    static boolean wanted(@Nullable String meta) {
        if (meta != null && !meta.equals(ASKED)) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "\"" + PARAMETER + "\" is \"" + ASKED + "\" or is left out");
        }
        return meta != null;
    }

    /** <code>{"update","delete","fields":{name:{"editable"}}}</code> of a record that the user sees. */
    static Map<String, Object> of(ObjectDefinition object, UUID id, CatalogView view) {
        ObjectAccess access = view.access(object);
        boolean update = view.changeable(object, ChangeAction.UPDATE, id);
        var fields = new LinkedHashMap<String, Object>();
        view.fields(object).forEach(field -> fields.put(field.name(),
                Map.of("editable", update && access.editable().contains(field.name()))));
        var permissions = new LinkedHashMap<String, Object>();
        permissions.put("update", update);
        permissions.put("delete", view.changeable(object, ChangeAction.DELETE, id));
        permissions.put("fields", fields);
        return permissions;
    }
}
