package dev.objectos.runtime.metadata;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Something wrong, or doubtful, in metadata.
 *
 * @param severity whether the element is refused or merely doubted
 * @param where the element
 * @param type metadata type, such as {@code object}
 * @param name name of the item that the element belongs to
 * @param message what is wrong
 * @param suggestion what to write instead; empty where there is nothing to suggest
 */
public record Violation(Severity severity, SourceLocation where, String type, String name, String message,
        String suggestion) {

    /** How bad it is. */
    public enum Severity {
        /** The item cannot be used. */
        ERROR,
        /** The item is used, but probably not as its author meant. */
        WARNING
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** As an answer shows it. */
    public Map<String, Object> toMap() {
        var members = new LinkedHashMap<String, Object>();
        members.put("severity", severity.name().toLowerCase(Locale.ROOT));
        members.put("file", where.file());
        members.put("line", where.line());
        members.put("column", where.column());
        members.put("type", type);
        members.put("name", name);
        members.put("message", message);
        members.put("suggestion", suggestion);
        return members;
    }

    @Override
    public String toString() {
        return where + ": " + severity.name().toLowerCase(Locale.ROOT) + ": " + message
                + (suggestion.isEmpty() ? "" : " (" + suggestion + ")");
    }
}
