package dev.objectos.runtime.intake;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.query.ImportOrder;
import dev.objectos.runtime.spi.ObjectAccess;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a file mean for an object. An export has columns that nobody writes (moments, versions, what is
 * computed, fields of other records); these are left out, and said to be. What is neither is refused.
 */
final class ImportColumns {

    private final Catalog catalog;
    private final ObjectDefinition object;
    private final ObjectAccess access;
    private final Map<String, ImportColumn> byField = new LinkedHashMap<>();
    private final List<String> ignored = new ArrayList<>();
    private final List<FieldError> unknown = new ArrayList<>();
    private @Nullable String idHeader;

    private ImportColumns(Catalog catalog, ObjectDefinition object, ObjectAccess access) {
        this.catalog = catalog;
        this.object = object;
        this.access = access;
    }

    /**
     * Finds the field of each column.
     *
     * @param access what the importing session sees; a field that is hidden from it does not exist
     * @throws PlatformException {@code INVALID_FIELD} with every column that means nothing, before anything is written
     */
    static ImportColumns of(Catalog catalog, ObjectDefinition object, ObjectAccess access, ImportOrder order,
            Collection<String> headers) {
        var columns = new ImportColumns(catalog, object, access);
        for (String mapped : order.mapping().keySet()) {
            if (!headers.contains(mapped)) {
                throw new PlatformException(RuntimeError.INVALID_REQUEST,
                        "\"mapping\" names the column \"" + mapped + "\", which is not there").about(object.name());
            }
        }
        for (String header : headers) {
            columns.add(header, order.mapping());
        }
        if (!columns.unknown.isEmpty()) {
            throw new PlatformException(RuntimeError.INVALID_FIELD, columns.unknown.getFirst().message())
                    .about(object.name()).withFields(columns.unknown);
        }
        return columns;
    }

    Collection<ImportColumn> written() {
        return byField.values();
    }

    /** The column with the records' ids; null: none. */
    @Nullable
    String idHeader() {
        return idHeader;
    }

    List<String> ignored() {
        return ignored;
    }

    /** Whether a column gives the field's values. */
    boolean has(String field) {
        return byField.containsKey(field);
    }

    private void add(String header, Map<String, @Nullable String> mapping) {
        if (mapping.containsKey(header)) {
            String target = mapping.get(header);
            if (target != null && !take(header, FieldPath.parse(target))) {
                unknown.add(new FieldError(header, "unknown_field",
                        "\"mapping\" leads to \"" + target + "\", which " + object.name() + " does not have"));
            }
            return;
        }
        String name = header.strip();
        if (take(header, FieldPath.parse(name))) {
            return;
        }
        Optional<FieldDefinition> labelled = labelled(name);
        if (labelled.isPresent()) {
            take(header, FieldPath.of(labelled.get().name()));
        } else if (catalog.child(object.name(), name).isPresent()) {
            ignored.add(header);
        } else {
            unknown.add(new FieldError(header, "unknown_field", object.name() + " has no field \"" + name
                    + "\"; map the column to a field, or to null to leave it out"));
        }
    }

    /** The one visible field with that label. */
    private Optional<FieldDefinition> labelled(String label) {
        List<FieldDefinition> fields = object.fields().values().stream()
                .filter(field -> access.sees(field.name()) && field.label().equalsIgnoreCase(label)).toList();
        return fields.size() == 1 ? Optional.of(fields.getFirst()) : Optional.empty();
    }

    /** Whether the path means something here. */
    private boolean take(String header, FieldPath path) {
        FieldDefinition field = object.fields().get(path.first());
        if (field == null || !access.sees(field.name())) {
            return false;
        }
        if (!path.isDirect()) {
            return takeReferred(header, path, field);
        }
        if (field.name().equals(SystemFields.ID)) {
            idHeader = header;
        } else if (!field.writable() || access.masked().contains(field.name())) {
            ignored.add(header);
        } else {
            put(new ImportColumn(header, field, null));
        }
        return true;
    }

    private boolean takeReferred(String header, FieldPath path, FieldDefinition field) {
        String target = target(field.type());
        if (target == null) {
            return false;
        }
        ObjectDefinition referred = catalog.object(target).orElseThrow();
        String by = path.segments().get(1);
        FieldDefinition key = referred.fields().get(by);
        boolean names = path.segments().size() == 2 && key != null && (by.equals(SystemFields.ID) || key.externalId()
                || key.unique() || by.equals(referred.nameField()));
        if (names && field.writable() && !access.masked().contains(field.name())) {
            put(new ImportColumn(header, field, by));
        } else {
            ignored.add(header);
        }
        return true;
    }

    /** The object that a lookup leads to; null: the field is none. */
    static @Nullable String target(FieldType type) {
        return type.refersTo().orElse(null);
    }

    /** An export has a lookup's id beside fields of the record that it leads to: the surest of them counts. */
    private void put(ImportColumn column) {
        ImportColumn known = byField.get(column.field().name());
        if (known == null) {
            byField.put(column.field().name(), column);
        } else if (known.by() == null && column.by() == null) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "The columns \"" + known.header() + "\" and \""
                    + column.header() + "\" both mean " + column.field().name()).about(object.name());
        } else if (surety(column) > surety(known)) {
            byField.put(column.field().name(), column);
            ignored.add(known.header());
        } else {
            ignored.add(column.header());
        }
    }

    private int surety(ImportColumn column) {
        String by = column.by();
        if (by == null) {
            return 4;
        }
        if (by.equals(SystemFields.ID)) {
            return 3;
        }
        FieldDefinition key = catalog.object(String.valueOf(target(column.field().type()))).orElseThrow().fields()
                .get(by);
        return key != null && key.externalId() ? 2 : 1;
    }
}
