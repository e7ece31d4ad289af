package dev.objectos.runtime.metadata;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is known of a record in the recycle bin beside its own fields. */
public final class BinFields {

    public static final String DELETED_AT = "deleted_at";
    public static final String DELETED_BY = "deleted_by";

    private static final List<FieldDefinition> ALL = List.of(
            field(DELETED_AT, "Deleted at", new FieldType.Instant()),
            field(DELETED_BY, "Deleted by", new FieldType.Reference("lookup", Catalog.USER, OnDelete.SET_NULL)));

    private BinFields() {}

    /** Whether records of the object go to the recycle bin; what all tenants share, and what is shown only, does not. */
    public static boolean kept(ObjectDefinition object) {
        return object.enable().trash() && !object.global() && !object.view();
    }

    /** The object as its records in the bin look. */
    public static ObjectDefinition of(ObjectDefinition object) {
        return object.withFields(added(object.fields()));
    }

    /** The fields and these; a field of the object's own that has the name of one of these comes first. */
    public static Map<String, FieldDefinition> added(Map<String, FieldDefinition> fields) {
        var all = new LinkedHashMap<>(fields);
        ALL.forEach(field -> all.putIfAbsent(field.name(), field));
        return all;
    }

    private static FieldDefinition field(String name, String label, FieldType type) {
        // No id of an author's field has a colon.
        return new FieldDefinition("bin:" + name, name, type, label, null, null, true, false, false, true, false,
                false, false, false, false, null, FieldRules.NONE, FieldAccess.OPEN, Map.of(),
                SourceLocation.BUILT_IN);
    }
}
