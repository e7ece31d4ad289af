package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.Violation.Severity;
import java.util.function.Consumer;

/**
 * Takes what is wrong with one item while it is read.
 *
 * @param type metadata type of the item
 * @param name the item's name
 */
record Findings(String type, String name, Consumer<Violation> sink) {

    void error(SourceLocation where, String message, String suggestion) {
        report(Severity.ERROR, where, message, suggestion);
    }

    void warning(SourceLocation where, String message, String suggestion) {
        report(Severity.WARNING, where, message, suggestion);
    }

    void report(Severity severity, SourceLocation where, String message, String suggestion) {
        sink.accept(new Violation(severity, where, type, name, message, suggestion));
    }
}
