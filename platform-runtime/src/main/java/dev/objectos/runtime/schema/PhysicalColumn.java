package dev.objectos.runtime.schema;

/**
 * Where a stored field lives.
 *
 * @param field the field's API name
 * @param name column name; depends on the field's stable id alone, so that a rename touches no table
 */
public record PhysicalColumn(String field, String name, ColumnType type) {}
