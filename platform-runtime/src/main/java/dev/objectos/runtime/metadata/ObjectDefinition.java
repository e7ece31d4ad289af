package dev.objectos.runtime.metadata;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A kind of business record: becomes a table, a REST path and GraphQL types.
 *
 * @param name snake_case
 * @param nameField the field that people recognise a record by; the record's id where nothing better exists
 * @param system brought by the platform
 * @param fields by name, in the author's order, the platform's own last
 * @param permissionSets what was written under {@code permission_sets}, read by the permissions plugin
 * @param plugin id of the plugin that first defined it; {@code metadata} for a folder given at the start
 * @param descriptive what was written beside the enforced attributes, served as it is
 * @param view its records are rows of a database view of its name, which the plugin's migration makes and which shows the
 *        tenant's own rows alone; they are read like others and written by nobody
 */
public record ObjectDefinition(String name, String label, String pluralLabel, @Nullable String description,
        @Nullable String icon, String nameField, boolean system, Tenancy tenancy, ObjectFeatures enable,
        Map<String, FieldDefinition> fields, List<IndexDefinition> indexes, List<ValidationRule> validations,
        Map<String, ActionDefinition> actions, Map<String, Object> permissionSets, String plugin,
        Map<String, Object> descriptive, SourceLocation source, boolean view) {

    public ObjectDefinition {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        indexes = List.copyOf(indexes);
        validations = List.copyOf(validations);
        actions = Collections.unmodifiableMap(new LinkedHashMap<>(actions));
        permissionSets = Collections.unmodifiableMap(new LinkedHashMap<>(permissionSets));
        descriptive = Map.copyOf(descriptive);
    }

    /** An object with a table of its own. */
    public ObjectDefinition(String name, String label, String pluralLabel, @Nullable String description,
            @Nullable String icon, String nameField, boolean system, Tenancy tenancy, ObjectFeatures enable,
            Map<String, FieldDefinition> fields, List<IndexDefinition> indexes, List<ValidationRule> validations,
            Map<String, ActionDefinition> actions, Map<String, Object> permissionSets, String plugin,
            Map<String, Object> descriptive, SourceLocation source) {
        this(name, label, pluralLabel, description, icon, nameField, system, tenancy, enable, fields, indexes,
                validations, actions, permissionSets, plugin, descriptive, source, false);
    }

    /** The same object with other fields. */
    public ObjectDefinition withFields(Map<String, FieldDefinition> others) {
        return new ObjectDefinition(name, label, pluralLabel, description, icon, nameField, system, tenancy, enable,
                others, indexes, validations, actions, permissionSets, plugin, descriptive, source, view);
    }

    /** The same object in other words. */
    public ObjectDefinition said(String otherLabel, String otherPluralLabel, @Nullable String otherDescription,
            Map<String, FieldDefinition> otherFields, List<ValidationRule> otherValidations,
            Map<String, ActionDefinition> otherActions) {
        return new ObjectDefinition(name, otherLabel, otherPluralLabel, otherDescription, icon, nameField, system,
                tenancy, enable, otherFields, indexes, otherValidations, otherActions, permissionSets, plugin,
                descriptive, source, view);
    }

    public Optional<FieldDefinition> field(String fieldName) {
        return Optional.ofNullable(fields.get(fieldName));
    }

    public boolean global() {
        return tenancy == Tenancy.GLOBAL;
    }
}
