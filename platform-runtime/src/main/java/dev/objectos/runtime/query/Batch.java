package dev.objectos.runtime.query;

import java.util.List;

/**
 * Several changes at once.
 *
 * @param atomic all or none
 * @param continueOnError where not atomic: whether to go on after a failure
 * @param returnRecords whether the results hold the records as they are afterwards
 * @param trial whether nothing is kept of it: everything is tried in one transaction, which is undone
 */
public record Batch(List<Mutation> mutations, boolean atomic, boolean continueOnError, boolean returnRecords,
        boolean trial) {

    public static final int MAXIMUM = 10_000;

    public Batch {
        mutations = List.copyOf(mutations);
    }

    /** Changes that are meant. */
    public Batch(List<Mutation> mutations, boolean atomic, boolean continueOnError, boolean returnRecords) {
        this(mutations, atomic, continueOnError, returnRecords, false);
    }
}
