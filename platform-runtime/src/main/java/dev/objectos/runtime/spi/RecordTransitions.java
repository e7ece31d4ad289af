package dev.objectos.runtime.spi;

import dev.objectos.runtime.session.Session;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes records on their way through their workflows; a bean of this type is there where workflows are. */
public interface RecordTransitions {

    /**
     * Takes a transition, in one transaction with everything that belongs to it.
     *
     * @param comment what whoever takes it has to say; null: nothing
     * @throws dev.objectos.runtime.PlatformException {@code INVALID_TRANSITION} where the record's state does not allow it,
     *         {@code PERMISSION_DENIED} where a guard says no, and what an update of the record refuses with
     */
    void take(String object, UUID id, String transition, @Nullable String comment, Session session);
}
