package dev.objectos.runtime.plan;

import dev.objectos.runtime.ErrorCode;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Expansion;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.Range;

/** How large a query may be. What is larger is refused, never cut. */
final class QueryLimits {

    static final int FIELDS = 500;
    static final int EXPANSIONS = 50;
    static final int EXPANSION_DEPTH = 5;
    static final int SELECTION_DEPTH = 12;
    static final int SELECTED = 5_000;
    static final int RELATIONS = 100;
    static final int PREDICATE_NODES = 500;
    static final int PREDICATE_DEPTH = 30;
    static final int LIST = 1_000;
    static final int SORTS = 16;
    static final int GROUPS = 10;
    static final int AGGREGATIONS = 50;
    static final int OFFSET = 1_000_000;
    static final int SEARCH = 200;
    static final int PATH = 6;

    private QueryLimits() {}

    static void check(Query query) {
        Page page = query.page();
        checkLimit("limit", page.limit());
        if (page.offset() != null && page.cursor() != null) {
            throw refused("Page by offset or by cursor, not by both");
        }
        checkParts(query);
    }

    /** Of a query whose records are read one after another; there may be any number of them. */
    static void checkStream(Query query) {
        if (query.page().limit() < 1) {
            throw refused("The limit must be at least 1, not " + query.page().limit());
        }
        if (query.page().cursor() != null || query.count()) {
            throw refused("All records are read at once: neither a cursor nor a count has a place here");
        }
        if (query.grouped() || !query.having().equals(Predicate.ALWAYS)) {
            throw refused("Records are read at once, not groups; ask for those by a query");
        }
        checkParts(query);
    }

    private static void checkParts(Query query) {
        Integer offset = query.page().offset();
        if (offset != null) {
            checkOffset(offset);
        }
        checkFields(query.fields().size());
        checkSorts(query.orderBy().size());
        checkGroups(query.groupBy().size(), query.aggregations().size());
        String search = query.search();
        if (search != null && search.length() > SEARCH) {
            throw refused("The search is longer than " + SEARCH + " characters");
        }
    }

    static void check(Expansion expansion) {
        checkFields(expansion.fields().size());
        checkSorts(expansion.orderBy().size());
        Integer limit = expansion.limit();
        if (limit != null) {
            checkLimit("limit of " + expansion.name(), limit);
        }
        Integer offset = expansion.offset();
        if (offset != null) {
            checkOffset(offset);
        }
    }

    static void checkFields(int fields) {
        most("fields", fields, FIELDS, RuntimeError.INVALID_QUERY);
    }

    static void checkExpansions(int depth, int all) {
        if (depth > EXPANSION_DEPTH) {
            throw refused("expand goes at most " + EXPANSION_DEPTH + " levels deep");
        }
        most("expand", all, EXPANSIONS, RuntimeError.INVALID_QUERY);
    }

    /**
     * @param depth of records within records
     * @param relations lookups and collections that are followed in all
     * @param parts members of records in all
     */
    static void checkSelection(int depth, int relations, int parts) {
        if (depth > SELECTION_DEPTH) {
            throw refused("Records are shown within records at most " + SELECTION_DEPTH + " levels deep");
        }
        if (relations > RELATIONS) {
            throw refused("At most " + RELATIONS + " lookups and collections are followed at once");
        }
        if (parts > SELECTED) {
            throw refused("At most " + SELECTED + " fields are shown at once");
        }
    }

    static void check(Range range) {
        checkLimit("limit", range.limit());
        checkSorts(range.orderBy().size());
    }

    static void checkSorts(int sorts) {
        most("orderBy", sorts, SORTS, RuntimeError.INVALID_SORT);
    }

    static void checkGroups(int keys, int aggregations) {
        most("groupBy", keys, GROUPS, RuntimeError.INVALID_QUERY);
        most("aggregations", aggregations, AGGREGATIONS, RuntimeError.INVALID_QUERY);
    }

    static void checkPredicate(int depth, int nodes) {
        if (depth > PREDICATE_DEPTH) {
            throw refused("A filter is nested at most " + PREDICATE_DEPTH + " levels deep");
        }
        if (nodes > PREDICATE_NODES) {
            throw refused("A filter has at most " + PREDICATE_NODES + " conditions");
        }
    }

    static void checkList(FieldPath field, int values) {
        if (values > LIST) {
            throw new PlatformException(RuntimeError.INVALID_QUERY,
                    field + " is compared with " + values + " values; the most is " + LIST);
        }
    }

    static void checkLimit(String what, int limit) {
        if (limit < 1 || limit > Page.MAXIMUM) {
            throw refused("The " + what + " must be from 1 to " + Page.MAXIMUM + ", not " + limit);
        }
    }

    static void checkOffset(int offset) {
        if (offset < 0 || offset > OFFSET) {
            throw refused(
                    "The offset must be from 0 to " + OFFSET + ", not " + offset + "; page further by cursor");
        }
    }

    private static void most(String what, int size, int most, ErrorCode code) {
        if (size > most) {
            throw new PlatformException(code, what + " has " + size + " entries; the most is " + most);
        }
    }

    private static PlatformException refused(String message) {
        return new PlatformException(RuntimeError.INVALID_QUERY, message);
    }
}
