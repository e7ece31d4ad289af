package dev.objectos.permissions.definition;

import dev.objectos.runtime.metadata.SourceLocation;
import org.jspecify.annotations.Nullable;

/**
 * An operation that a set gives its holders.
 *
 * @param condition which records it is for; null: those that sharing leaves open
 * @param where it was written
 */
public record Grant(String set, Operation operation, @Nullable Condition condition, SourceLocation where) {}
