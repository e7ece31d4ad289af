package dev.objectos.runtime.plugin.resolve;

import java.util.List;
import java.util.Optional;

/**
 * Who starts and who does not.
 *
 * @param order each after those that it needs; among equals by id
 * @param excluded who cannot start, by id
 */
public record Resolution(List<Candidate> order, List<Exclusion> excluded) {

    public Resolution {
        order = List.copyOf(order);
        excluded = List.copyOf(excluded);
    }

    public List<String> ids() {
        return order.stream().map(Candidate::id).toList();
    }

    /** Why a plugin cannot start; empty where it can, or is not there. */
    public Optional<String> reason(String id) {
        return ids().contains(id)
                ? Optional.empty()
                : excluded.stream().filter(exclusion -> exclusion.id().equals(id)).map(Exclusion::reason).findFirst();
    }
}
