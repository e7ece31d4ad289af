package dev.objectos.workflow;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.spi.MutationDraft;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A transition that somebody asked for, bound to the thread while its record is changed. Only this package can make or bind
 * one, so nobody else can pass a change off as a transition.
 */
final class TransitionRequest {

    static final ScopedValue<TransitionRequest> CURRENT = ScopedValue.newInstance();

    private final String object;
    private final UUID record;
    private final String transition;
    private final @Nullable String comment;
    private final @Nullable StartedBy startedBy;
    private @Nullable MutationDraft draft;
    private @Nullable String reached;

    /** @param startedBy what the record runs by; null: it was there before its workflow */
    TransitionRequest(String object, UUID record, String transition, @Nullable String comment,
            @Nullable StartedBy startedBy) {
        this.object = object;
        this.record = record;
        this.transition = transition;
        this.comment = comment;
        this.startedBy = startedBy;
    }

    /** The request that a change carries out; null where it is any other change. */
    static @Nullable TransitionRequest of(MutationDraft draft) {
        TransitionRequest request = CURRENT.isBound() ? CURRENT.get() : null;
        return request != null && request.draft == draft ? request : null;
    }

    /** Takes the change for its own where it is: the one change of that record in which nobody names a field. */
    static void admit(MutationDraft draft) {
        TransitionRequest request = CURRENT.isBound() ? CURRENT.get() : null;
        if (request != null && draft.action() == ChangeAction.UPDATE && !draft.consequence()
                && draft.object().name().equals(request.object) && draft.id().equals(request.record)
                && draft.written().isEmpty()) {
            request.draft = draft;
            request.reached = null;
        }
    }

    String transition() {
        return transition;
    }

    @Nullable
    String comment() {
        return comment;
    }

    @Nullable
    StartedBy startedBy() {
        return startedBy;
    }

    /** The state that the record has come to; null: none yet. */
    @Nullable
    String reached() {
        return reached;
    }

    void reached(String state) {
        reached = state;
    }
}
