package dev.objectos.server.query;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a query says, by key whatever the spelling. A key given as null counts as not given.
 *
 * @param known by key
 * @param others what has a name that is no key
 */
record QueryArguments(Map<QueryKey, Object> known, Map<String, @Nullable Object> others) {

    static QueryArguments of(Map<?, ?> given) {
        var known = new EnumMap<QueryKey, Object>(QueryKey.class);
        var others = new LinkedHashMap<String, @Nullable Object>();
        given.forEach((name, value) -> {
            String spelling = String.valueOf(name);
            QueryKey key = QueryKey.of(spelling);
            if (key == null) {
                others.put(spelling, value);
            } else if (value != null && known.put(key, value) != null) {
                throw new PlatformException(RuntimeError.INVALID_QUERY, "\"" + spelling
                        + "\" is given under another name too; give one of " + key.spellings());
            }
        });
        return new QueryArguments(known, others);
    }

    @Nullable
    Object get(QueryKey key) {
        return known.get(key);
    }

    /**
     * Refuses what does not belong.
     *
     * @param allowed the keys that do
     * @param what is being read, as a refusal names it
     */
    QueryArguments only(Set<QueryKey> allowed, String what) {
        for (String name : others.keySet()) {
            throw new PlatformException(RuntimeError.INVALID_QUERY, what + " has no " + Words.quote(name));
        }
        for (QueryKey key : known.keySet()) {
            if (!allowed.contains(key)) {
                throw new PlatformException(RuntimeError.INVALID_QUERY, what + " has no \"" + key.spelling() + "\"");
            }
        }
        return this;
    }

    QueryArguments only(String what) {
        return only(EnumSet.allOf(QueryKey.class), what);
    }
}
