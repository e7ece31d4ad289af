package dev.objectos.runtime.plan;

/** One key of an order: nulls come last ascending, first descending. */
public record OrderKey(Scalar value, boolean descending, boolean nullable) {}
