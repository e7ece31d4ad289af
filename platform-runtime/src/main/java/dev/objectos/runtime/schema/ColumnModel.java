package dev.objectos.runtime.schema;

import org.jspecify.annotations.Nullable;

/**
 * A column of a business table as it should be.
 *
 * @param field API name of the field it holds
 * @param type as DDL writes it
 * @param defaultTo SQL expression for new rows; null: none, for the writer gives every value
 * @param fill SQL constant for the rows that exist when the column is added; null: none
 * @param identity the same for all columns of one field, which has another one with each type
 * @param generation counts these
 */
record ColumnModel(String name, String field, String type, @Nullable String defaultTo,
        @Nullable String fill, String identity, int generation) {}
