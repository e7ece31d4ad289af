package dev.objectos.server.query;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a query may say, and every spelling of it; the first is the canonical one. */
enum QueryKey {

    OBJECT("object"), //
    WHERE("where", "filter", "filters"), //
    FIELDS("fields", "select"), //
    ORDER_BY("orderBy", "sort", "orderby"), //
    LIMIT("limit", "top"), //
    OFFSET("offset", "skip"), //
    CURSOR("cursor"), //
    EXPAND("expand", "populate", "include"), //
    GROUP_BY("groupBy"), //
    AGGREGATIONS("aggregations"), //
    HAVING("having"), //
    SEARCH("search"), //
    COUNT("count");

    private static final Map<String, QueryKey> BY_SPELLING = bySpelling();

    private final List<String> spellings;

    QueryKey(String... spellings) {
        this.spellings = List.of(spellings);
    }

    /** The key of that spelling; null: none. */
    static @Nullable QueryKey of(String spelling) {
        return BY_SPELLING.get(spelling);
    }

    String spelling() {
        return spellings.getFirst();
    }

    List<String> spellings() {
        return spellings;
    }

    private static Map<String, QueryKey> bySpelling() {
        var keys = new HashMap<String, QueryKey>();
        for (QueryKey key : values()) {
            key.spellings.forEach(spelling -> keys.put(spelling, key));
        }
        return Map.copyOf(keys);
    }
}
