package dev.objectos.runtime.expression;

import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.Violation.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Takes what is wrong with a metadata item while it is read and compiled. */
public final class ItemProblems {

    private final MetadataItem item;
    private final List<Violation> found = new ArrayList<>();

    public ItemProblems(MetadataItem item) {
        this.item = item;
    }

    public void error(SourceLocation where, String message, String suggestion) {
        add(Severity.ERROR, where, message, suggestion);
    }

    public void warning(SourceLocation where, String message, String suggestion) {
        add(Severity.WARNING, where, message, suggestion);
    }

    /** @param what names the expression in messages */
    public void expression(String what, ExpressionException failure) {
        failure.problems().forEach(problem -> error(problem.where(), what + ": " + problem.message(),
                problem.suggestion()));
    }

    private void add(Severity severity, SourceLocation where, String message, String suggestion) {
        found.add(new Violation(severity, where, item.type(), item.name(), message, suggestion));
    }

    public List<Violation> found() {
        return List.copyOf(found);
    }

    public boolean hasErrors() {
        return found.stream().anyMatch(Violation::isError);
    }

    /** What could have been written, for messages. */
    public static String oneOf(Collection<String> known) {
        return known.isEmpty() ? "" : "write one of " + String.join(", ", known);
    }
}
