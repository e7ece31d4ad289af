package dev.objectos.permissions.explain;

import dev.objectos.permissions.definition.Operation;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody may do something.
 *
 * @param operation what has to be permitted on the record
 * @param deed the action or transition that it is about; null: the operation itself
 * @param record null: with some record at all
 * @param fields those that matter, by name
 */
public record Question(ObjectDefinition object, Operation operation, @Nullable String deed,
        @Nullable UUID record, List<String> fields) {

    public Question {
        fields = List.copyOf(fields);
    }

    /** What is wanted, by its name. */
    public String word() {
        return deed == null ? operation.word() : deed;
    }
}
