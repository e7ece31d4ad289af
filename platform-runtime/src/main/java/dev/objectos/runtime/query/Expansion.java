package dev.objectos.runtime.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lookup shown as the record it refers to, or a child collection shown beside its parent.
 *
 * @param name the lookup's or the collection's name
 * @param fields API names; empty: all
 * @param expand further expansions of the shown records
 * @param where which children; only for collections
 * @param orderBy order of the children; only for collections
 * @param limit most children per parent; null: the default; only for collections
 * @param offset children to skip; only for collections
 */
public record Expansion(String name, List<String> fields, List<Expansion> expand, Predicate where, List<Sort> orderBy,
        @Nullable Integer limit, @Nullable Integer offset) {

    public Expansion {
        fields = List.copyOf(fields);
        expand = List.copyOf(expand);
        orderBy = List.copyOf(orderBy);
    }

    /** The lookup or collection with all its fields. */
    public static Expansion of(String name) {
        return new Expansion(name, List.of(), List.of(), Predicate.ALWAYS, List.of(), null, null);
    }
}
