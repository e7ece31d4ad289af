package dev.objectos.runtime.metadata;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields that every object has without writing them. */
public final class SystemFields {

    public static final String ID = "id";
    public static final String TENANT_ID = "tenant_id";
    public static final String OWNER = "owner";
    public static final String CREATED_AT = "created_at";
    public static final String CREATED_BY = "created_by";
    public static final String UPDATED_AT = "updated_at";
    public static final String UPDATED_BY = "updated_by";
    public static final String VERSION = "version";

    /** Names that an object's author may not define; {@code owner} may be defined and then replaces ours. */
    public static final Set<String> RESERVED = Set.of(ID, TENANT_ID, CREATED_AT, CREATED_BY, UPDATED_AT, UPDATED_BY,
            VERSION);

    private static final Map<String, FieldDefinition> ALL = all();

    private SystemFields() {}

    /** By name, in the order in which they are shown; the tenant is not among them, for it is in no answer. */
    public static Map<String, FieldDefinition> definitions() {
        return ALL;
    }

    /** Those of an object whose records the platform stores in its own way, see {@link ObjectDefinition#view}. */
    public static Map<String, FieldDefinition> ofViews() {
        var fields = new LinkedHashMap<>(ALL);
        fields.keySet().removeAll(Set.of(OWNER, CREATED_BY, UPDATED_BY));
        return fields;
    }

    private static Map<String, FieldDefinition> all() {
        var fields = new LinkedHashMap<String, FieldDefinition>();
        for (FieldDefinition field : List.of( //
                field(ID, new FieldType.Id(), "ID", true, null), //
                field(OWNER, user(), "Owner", false, currentUser()), //
                field(CREATED_AT, new FieldType.Instant(), "Created at", true, null), //
                field(CREATED_BY, user(), "Created by", true, null), //
                field(UPDATED_AT, new FieldType.Instant(), "Updated at", true, null), //
                field(UPDATED_BY, user(), "Updated by", true, null), //
                field(VERSION, new FieldType.Whole(null, null), "Version", true, null))) {
            fields.put(field.name(), field);
        }
        return java.util.Collections.unmodifiableMap(fields);
    }

    private static FieldType user() {
        return new FieldType.Reference("lookup", Catalog.USER, OnDelete.SET_NULL);
    }

    private static DefaultValue currentUser() {
        return new DefaultValue.Computed(new ExpressionSource("currentUser.id", SourceLocation.BUILT_IN));
    }

    private static FieldDefinition field(String name, FieldType type, String label, boolean readonly,
            @Nullable DefaultValue defaultValue) {
        return new FieldDefinition(name, name, type, label, null, null, true, false, false, readonly, false, false,
                name.equals(OWNER), false, false, defaultValue, FieldRules.NONE, FieldAccess.OPEN, Map.of(),
                SourceLocation.BUILT_IN);
    }
}
