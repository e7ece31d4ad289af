package dev.objectos.permissions.conformance;

import dev.objectos.runtime.ErrorCode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a request.
 *
 * @param refusals codes, one of which it is refused with; empty: it is answered
 * @param answer JSON as maps, lists, texts, numbers and booleans
 * @param after the records afterwards
 */
record Verdict(Set<ErrorCode> refusals, @Nullable Object answer, World after) {

    Verdict {
        refusals = Set.copyOf(refusals);
    }

    boolean refused() {
        return !refusals.isEmpty();
    }
}
