package dev.objectos.runtime.service;

import java.util.List;

/**
 * How services went.
 *
 * @param services how many went
 * @param cut uses that had to be cut off, because their references were still open
 */
public record Withdrawal(int services, List<ServiceUse> cut) {

    public Withdrawal {
        cut = List.copyOf(cut);
    }

    /** Whether everybody had let go in time. */
    public boolean isClean() {
        return cut.isEmpty();
    }
}
