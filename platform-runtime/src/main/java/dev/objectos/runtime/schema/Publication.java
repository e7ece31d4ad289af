package dev.objectos.runtime.schema;

import dev.objectos.runtime.metadata.Catalog;

/**
 * Tables that are fit for a catalog.
 *
 * @param catalog knows in which columns its fields are
 * @param plan what was done for it
 */
public record Publication(Catalog catalog, SchemaPlan plan) {}
