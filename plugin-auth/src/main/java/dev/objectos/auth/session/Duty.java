package dev.objectos.auth.session;

import dev.objectos.runtime.ErrorCode;
import java.util.Set;

/**
 * Something that a person who has signed in has to do before anything else.
 *
 * @param code with which everything else is refused
 * @param message says what to do, and where
 * @param paths that are open all the same
 */
public record Duty(ErrorCode code, String message, Set<String> paths) {

    public Duty {
        paths = Set.copyOf(paths);
    }
}
