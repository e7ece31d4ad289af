package dev.objectos.workflow;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a record stands in its workflow, for one reader.
 *
 * @param workflow its name
 * @param version the version of the workflow that the record runs by
 * @param state name of the state
 * @param recordVersion the record's own version
 * @param transitions that lead away from the state, in the author's order
 * @param history the transitions taken so far, oldest first
 */
public record RecordState(String workflow, int version, String state, long recordVersion, List<Way> transitions,
        List<Past> history) {

    public RecordState {
        transitions = List.copyOf(transitions);
        history = List.copyOf(history);
    }

    /**
     * A transition that leads away.
     *
     * @param target name of the state that it leads to
     * @param refusal why the reader may not take it; null: they may
     */
    public record Way(String name, String label, String target, @Nullable Refusal refusal) {

        public boolean allowed() {
            return refusal == null;
        }
    }

    /**
     * Why somebody may not take a transition.
     *
     * @param ofWorkflow whether the workflow itself says so, rather than the rights to take transitions of that name
     */
    public record Refusal(boolean ofWorkflow, String because) {}

    /**
     * A transition that was taken.
     *
     * @param user who took it; null: the platform itself
     * @param version of the workflow
     */
    public record Past(String transition, String from, String to, @Nullable UUID user, @Nullable String comment,
            Instant at, int version) {}
}
