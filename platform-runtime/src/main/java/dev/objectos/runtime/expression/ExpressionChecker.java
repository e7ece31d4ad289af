package dev.objectos.runtime.expression;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Violation;
import java.util.List;

/** Finds what is wrong with the expressions of a catalog. */
public final class ExpressionChecker {

    private ExpressionChecker() {}

    /** Every formula, validation, default, field rule and summary filter that cannot be used. */
    public static List<Violation> check(Catalog catalog) {
        throw new UnsupportedOperationException(catalog.toString());
    }
}
