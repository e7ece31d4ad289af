package dev.objectos.runtime.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some dead letters, newest first.
 *
 * @param nextCursor where the next page begins; null: there is none
 */
public record DeadLetterPage(List<DeadLetter> items, @Nullable String nextCursor) {

    public DeadLetterPage {
        items = List.copyOf(items);
    }
}
