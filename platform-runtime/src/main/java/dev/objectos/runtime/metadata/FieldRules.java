package dev.objectos.runtime.metadata;

import org.jspecify.annotations.Nullable;

/** Conditions that make a field required, read-only or visible depending on the record. Null: no such condition. */
public record FieldRules(@Nullable ExpressionSource requiredWhen, @Nullable ExpressionSource readonlyWhen,
        @Nullable ExpressionSource visibleWhen) {

    public static final FieldRules NONE = new FieldRules(null, null, null);
}
