package dev.objectos.runtime.query;

/** How a field is compared. {@code CONTAINS} minds case on text and means membership on a list. */
public enum Operator {
    EQ, NE, GT, GTE, LT, LTE, IN, NOT_IN, CONTAINS, NOT_CONTAINS, ICONTAINS, STARTS_WITH, ENDS_WITH, LIKE, ILIKE, BETWEEN, IS_NULL, IS_NOT_NULL
}
