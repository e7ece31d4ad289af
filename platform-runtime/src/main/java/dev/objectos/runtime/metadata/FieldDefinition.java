package dev.objectos.runtime.metadata;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A field of an object.
 *
 * @param id stable identity: survives renames and names the column; the field's first name where the author gave no id
 * @param name API name, snake_case
 * @param system brought by the platform ({@code id}, {@code created_at}, …) and not written by the object's author
 * @param readonly never written through the API after creation by the platform, though not derived
 * @param defaultValue null: none
 * @param descriptive what was written beside the enforced attributes, served as it is
 */
public record FieldDefinition(String id, String name, FieldType type, String label, @Nullable String description,
        @Nullable String helpText, boolean system, boolean required, boolean unique, boolean readonly, boolean hidden,
        boolean searchable, boolean indexed, boolean externalId, boolean trackHistory,
        @Nullable DefaultValue defaultValue, FieldRules rules, FieldAccess access, Map<String, Object> descriptive,
        SourceLocation source) {

    public FieldDefinition {
        descriptive = Map.copyOf(descriptive);
    }

    /** The same field, holding something else. */
    public FieldDefinition withType(FieldType other) {
        return new FieldDefinition(id, name, other, label, description, helpText, system, required, unique, readonly,
                hidden, searchable, indexed, externalId, trackHistory, defaultValue, rules, access, descriptive,
                source);
    }

    /** Whose field it is, where a tenant has added it for itself; null: everybody's. */
    public @Nullable UUID tenant() {
        return MetadataSource.tenantOf(source.file());
    }

    /** Whether the field exists for the records of a tenant. */
    public boolean concerns(UUID anyTenant) {
        UUID own = tenant();
        return own == null || own.equals(anyTenant);
    }

    /** The same field in other words. */
    public FieldDefinition said(String otherLabel, @Nullable String otherDescription, @Nullable String otherHelpText,
            Map<String, Object> otherDescriptive) {
        return new FieldDefinition(id, name, type, otherLabel, otherDescription, otherHelpText, system, required,
                unique, readonly, hidden, searchable, indexed, externalId, trackHistory, defaultValue, rules, access,
                otherDescriptive, source);
    }

    /** Whether the record's row holds the value: everything but a formula. */
    public boolean stored() {
        return !(type instanceof FieldType.Formula);
    }

    /** Whether the records that an application starts with may bring a value: not where the platform sets it. */
    public boolean loadable() {
        return !type.derived() && (writable() || !system);
    }

    /** Whether a caller may ever write it. */
    public boolean writable() {
        return !readonly && !type.derived();
    }
}
