package dev.objectos.runtime.query;

import java.util.List;

/**
 * Several changes at once.
 *
 * @param atomic all or none
 * @param continueOnError where not atomic: whether to go on after a failure
 * @param returnRecords whether the results hold the records as they are afterwards
 */
public record Batch(List<Mutation> mutations, boolean atomic, boolean continueOnError, boolean returnRecords) {

    public static final int MAXIMUM = 10_000;

    public Batch {
        mutations = List.copyOf(mutations);
    }
}
