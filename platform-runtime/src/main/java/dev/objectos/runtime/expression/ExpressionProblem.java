package dev.objectos.runtime.expression;

import dev.objectos.runtime.metadata.SourceLocation;

/**
 * Something wrong in an expression.
 *
 * @param message what is wrong
 * @param suggestion what to write instead; empty where there is nothing to suggest
 * @param where the place inside the file
 * @param column the place inside the expression, counted from 1 in characters
 */
public record ExpressionProblem(String message, String suggestion, SourceLocation where, int column) {

    @Override
    public String toString() {
        return where + ": " + message + (suggestion.isEmpty() ? "" : " (" + suggestion + ")");
    }
}
