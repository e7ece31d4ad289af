package dev.objectos.runtime.query;

import java.util.List;

/**
 * Records with what it takes to page through them (Relay's cursor connections).
 *
 * @param parts what is shown of it; two never have one name
 */
public record PageSelection(Predicate where, List<Sort> orderBy, Window window, List<PagePart<Selection>> parts) {

    public PageSelection {
        orderBy = List.copyOf(orderBy);
        parts = List.copyOf(parts);
    }

    /** Everything that is shown of records. */
    public List<Selection> selections() {
        return parts.stream().flatMap(PagePart::shown).toList();
    }

    /**
     * The records of an order that follow a place, or that precede it.
     *
     * @param size at most {@value Page#MAXIMUM}
     * @param last whether the last ones before {@code before} are wanted, rather than the first ones after {@code after}
     * @param after a {@link Operand.Literal} of a cursor, or {@link Operand.None}
     * @param before likewise
     */
    public record Window(int size, boolean last, Operand after, Operand before) {}
}
