package dev.objectos.auth.provider;

import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.Violation.Severity;

/**
 * A role that {@code auth.config.yml} gives to people.
 *
 * @param section which gives it
 */
record RoleMention(String section, String role, SourceLocation where) {

    Violation unknown() {
        return new Violation(Severity.WARNING, where, "auth", "auth",
                section + " gives people the role " + role + ", which nothing in the metadata names",
                "name it in a permission file, or write one that is there");
    }
}
