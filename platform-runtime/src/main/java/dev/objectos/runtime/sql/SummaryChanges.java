package dev.objectos.runtime.sql;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.plan.MutationPlan;
import dev.objectos.runtime.plan.SummaryGraph;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the changes of one transaction mean for the summaries of parents, put together before any parent is touched. */
public final class SummaryChanges {

    private final Catalog catalog;
    private final Map<String, Map<UUID, OfParent>> parents = new TreeMap<>();

    public SummaryChanges(Catalog catalog) {
        this.catalog = catalog;
    }

    /** What one parent's summaries need: differences by field, and whether something has to be computed anew. */
    static final class OfParent {

        private final Map<SummaryGraph.Link, BigDecimal> differences = new LinkedHashMap<>();
        private final Map<SummaryGraph.Link, Boolean> stale = new LinkedHashMap<>();

        Map<SummaryGraph.Link, BigDecimal> differences() {
            return differences;
        }

        Iterable<SummaryGraph.Link> stale() {
            return stale.keySet();
        }
    }

    public void add(MutationPlan plan) {
        switch (plan.action()) {
            case CREATE -> changed(plan.object(), null, plan.values());
            case UPDATE -> {
                Map<String, @Nullable Object> before = plan.previous();
                if (before != null) {
                    var after = new LinkedHashMap<String, @Nullable Object>(before);
                    after.putAll(plan.values());
                    changed(plan.object(), before, after);
                }
            }
            case DELETE -> changed(plan.object(), Objects.requireNonNull(plan.previous()), null);
            case RESTORE -> changed(plan.object(), null, Objects.requireNonNull(plan.previous()));
        }
    }

    /**
     * A record has changed.
     *
     * @param before null: it was created
     * @param after null: it was deleted
     */
    public void changed(ObjectDefinition object, @Nullable Map<String, @Nullable Object> before,
            @Nullable Map<String, @Nullable Object> after) {
        for (SummaryGraph.Link link : SummaryGraph.of(catalog).over(object)) {
            if (before != null && after != null && link.inputs().stream()
                    .allMatch(input -> Objects.equals(before.get(input), after.get(input)))) {
                continue;
            }
            contribute(link, before, -1);
            contribute(link, after, 1);
        }
    }

    /** A summary of a parent is to be computed anew from all its children. */
    void stale(SummaryGraph.Link link, UUID parent) {
        of(link, parent).stale.put(link, true);
    }

    /** By object name, then by id: the order in which parents are locked. */
    Map<String, Map<UUID, OfParent>> byParent() {
        return parents;
    }

    public boolean isEmpty() {
        return parents.isEmpty();
    }

    private void contribute(SummaryGraph.Link link, @Nullable Map<String, @Nullable Object> row, int sign) {
        if (row == null || !(row.get(link.reference().name()) instanceof UUID parent)) {
            return;
        }
        if (!link.byDifference()) {
            stale(link, parent);
            return;
        }
        BigDecimal amount = link.summed() == null ? BigDecimal.ONE : number(row.get(link.summed().name()));
        of(link, parent).differences.merge(link, sign < 0 ? amount.negate() : amount, BigDecimal::add);
    }

    private OfParent of(SummaryGraph.Link link, UUID parent) {
        return parents.computeIfAbsent(link.parent().name(), _ -> new TreeMap<>(IN_ORDER)).computeIfAbsent(parent,
                _ -> new OfParent());
    }

    private static BigDecimal number(@Nullable Object value) {
        return switch (value) {
            case BigDecimal decimal -> decimal;
            case Long whole -> BigDecimal.valueOf(whole);
            case null, default -> BigDecimal.ZERO;
        };
    }

    /** PostgreSQL's order of uuids is that of their text; Java's own compares signed halves. */
    private static final java.util.Comparator<UUID> IN_ORDER = java.util.Comparator.comparing(UUID::toString);
}
