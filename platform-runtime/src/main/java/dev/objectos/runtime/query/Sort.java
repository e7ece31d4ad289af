package dev.objectos.runtime.query;

import dev.objectos.runtime.metadata.FieldPath;

/** One key of an order: a field, possibly through lookups, or an alias of a grouped query. Nulls come last ascending, first descending. */
public record Sort(FieldPath field, boolean descending) {}
