package dev.objectos.runtime.intake;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.query.ImportOrder;
import dev.objectos.runtime.query.ImportOrder.WriteMode;
import dev.objectos.runtime.spi.ObjectAccess;
import java.util.List;
import java.util.Optional;

/**
 * By what rows find the records that they are about.
 *
 * @param fields that must have the values of the row; empty: none
 * @param id whether the id tells, where the fields do not
 */
record RowMatch(List<String> fields, boolean id) {

    static final RowMatch NONE = new RowMatch(List.of(), false);

    /** @throws PlatformException where rows are to be matched, and nothing is there to match them by */
    static RowMatch of(ImportOrder order, ObjectDefinition object, ObjectAccess access, ImportColumns columns) {
        if (order.writeMode() == WriteMode.INSERT) {
            return NONE;
        }
        List<String> asked = order.matchFields();
        if (asked.isEmpty()) {
            Optional<String> external = object.fields().values().stream().filter(FieldDefinition::externalId)
                    .map(FieldDefinition::name)
                    .filter(name -> access.sees(name) && !access.masked().contains(name) && columns.has(name))
                    .findFirst();
            if (external.isEmpty() && columns.idHeader() == null) {
                throw refused(object, "To find the records of " + object.name()
                        + ", name \"matchFields\" or give a column with their ids");
            }
            return new RowMatch(external.map(List::of).orElse(List.of()), columns.idHeader() != null);
        }
        for (String name : asked) {
            boolean there = name.equals(SystemFields.ID) ? columns.idHeader() != null : columns.has(name);
            if (!there) {
                FieldDefinition field = object.fields().get(name);
                throw field == null || !access.sees(name)
                        ? new PlatformException(RuntimeError.INVALID_FIELD,
                                object.name() + " has no field \"" + name + "\" to match by").about(object.name())
                        : refused(object, "No column gives " + name + ", by which records are to be found");
            }
        }
        if (asked.contains(SystemFields.ID)) {
            if (asked.size() > 1) {
                throw refused(object, "The id finds a record by itself, without further \"matchFields\"");
            }
            return new RowMatch(List.of(), true);
        }
        return new RowMatch(asked, false);
    }

    private static PlatformException refused(ObjectDefinition object, String message) {
        return new PlatformException(RuntimeError.INVALID_REQUEST, message).about(object.name());
    }
}
