package dev.objectos.permissions.share;

import dev.objectos.permissions.definition.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How far a record is opened. */
public enum Access {

    READ, READ_WRITE, FULL;

    /** What it lets do. */
    public Set<Operation> operations() {
        return switch (this) {
            case READ -> Set.of(Operation.READ);
            case READ_WRITE -> Set.of(Operation.READ, Operation.UPDATE);
            case FULL -> Set.of(Operation.READ, Operation.UPDATE, Operation.DELETE);
        };
    }

    /** As it is stored and answered: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Access> named(String word) {
        return Arrays.stream(values()).filter(access -> access.word().equals(word)).findFirst();
    }

    /** The words of those that let do something. */
    public static List<Object> wordsFor(Operation operation) {
        return Arrays.stream(values()).filter(access -> access.operations().contains(operation))
                .<Object>map(Access::word).toList();
    }
}
