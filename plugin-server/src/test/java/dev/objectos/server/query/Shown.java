package dev.objectos.server.query;

import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Predicate;
import java.util.List;
import java.util.stream.Collectors;

/** A predicate as a line of text, for tables of expectations; text that looks like a date macro is quoted. */
final class Shown {

    private Shown() {}

    static String predicate(Predicate predicate) {
        return switch (predicate) {
            case Predicate.And and -> and.terms().isEmpty() ? "true" : joined(and.terms(), " and ");
            case Predicate.Or or -> or.terms().isEmpty() ? "false" : joined(or.terms(), " or ");
            case Predicate.Not not -> "not " + predicate(not.term());
            case Predicate.Comparison comparison ->
                comparison.field() + " " + comparison.operator() + operand(comparison.operand());
        };
    }

    private static String joined(List<Predicate> terms, String word) {
        return terms.stream().map(Shown::predicate).collect(Collectors.joining(word, "(", ")"));
    }

    private static String operand(Operand operand) {
        return switch (operand) {
            case Operand.None _ -> "";
            case Operand.Literal(String text) when text.startsWith("{") -> " '" + text + "'";
            case Operand.Literal literal -> " " + literal.value();
            case Operand.Literals literals -> " " + literals.values();
            case Operand.Field field -> " field " + field.path();
            case Operand.DateMacro macro -> " {" + macro.name()
                    + (macro.argument() == null ? "" : ":" + macro.argument()) + "}";
        };
    }
}
