package dev.objectos.permissions.explain;

import dev.objectos.permissions.definition.Operation;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody may do something.
 *
 * @param record null: with some record at all
 * @param fields those that matter, by name
 */
public record Question(ObjectDefinition object, Operation operation, @Nullable UUID record, List<String> fields) {

    public Question {
        fields = List.copyOf(fields);
    }
}
