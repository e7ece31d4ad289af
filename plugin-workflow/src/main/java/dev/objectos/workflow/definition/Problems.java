package dev.objectos.workflow.definition;

import dev.objectos.runtime.expression.ExpressionException;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.Violation.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Takes what is wrong with one workflow while it is read and compiled. */
final class Problems {

    private final String workflow;
    private final List<Violation> found = new ArrayList<>();

    Problems(MetadataItem item) {
        this.workflow = item.name();
    }

    void error(SourceLocation where, String message, String suggestion) {
        add(Severity.ERROR, where, message, suggestion);
    }

    void warning(SourceLocation where, String message, String suggestion) {
        add(Severity.WARNING, where, message, suggestion);
    }

    /** @param what names the expression in messages */
    void expression(String what, ExpressionException failure) {
        failure.problems().forEach(problem -> error(problem.where(), what + ": " + problem.message(),
                problem.suggestion()));
    }

    private void add(Severity severity, SourceLocation where, String message, String suggestion) {
        found.add(new Violation(severity, where, "workflow", workflow, message, suggestion));
    }

    List<Violation> found() {
        return List.copyOf(found);
    }

    boolean hasErrors() {
        return found.stream().anyMatch(Violation::isError);
    }

    /** What could have been written, for messages. */
    static String oneOf(Collection<String> known) {
        return known.isEmpty() ? "" : "write one of " + String.join(", ", known);
    }
}
