package dev.objectos.runtime.spi;

import java.util.List;

/**
 * What goes with a plugin.
 *
 * @param objects what it defines, with the records of all tenants
 * @param foreignFields fields that others have added to its objects
 * @param ownFields fields that it has added to the objects of others
 * @param dependents plugins that run and need it
 */
public record PluginRemoval(String id, List<Objects> objects, List<Field> foreignFields, List<Field> ownFields,
        List<String> dependents) {

    public PluginRemoval {
        objects = List.copyOf(objects);
        foreignFields = List.copyOf(foreignFields);
        ownFields = List.copyOf(ownFields);
        dependents = List.copyOf(dependents);
    }

    /** An object by its API name, and how many records it has. */
    public record Objects(String name, String label, long rows) {}

    /**
     * A field.
     *
     * @param source the file that adds it
     */
    public record Field(String object, String field, String source) {}
}
