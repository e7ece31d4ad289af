package dev.objectos.server.query;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.Page;
import org.jspecify.annotations.Nullable;

/** Reads limit, offset and cursor; what is out of range is refused, never cut. */
final class PageParser {

    private PageParser() {}

    static Page parse(QueryArguments given) {
        Integer limit = limit(given);
        Integer offset = offset(given);
        String cursor = cursor(given.get(QueryKey.CURSOR));
        if (offset != null && cursor != null) {
            throw refuse("A page starts at an offset or at a cursor, not both");
        }
        return new Page(limit == null ? Page.DEFAULT : limit, offset, cursor);
    }

    /** All that there is, unless fewer are asked for. */
    static Page all(QueryArguments given) {
        Integer limit = whole(given.get(QueryKey.LIMIT), "limit", 1, Integer.MAX_VALUE);
        return new Page(limit == null ? Integer.MAX_VALUE : limit, offset(given), cursor(given.get(QueryKey.CURSOR)));
    }

    static @Nullable Integer limit(QueryArguments given) {
        return whole(given.get(QueryKey.LIMIT), "limit", 1, Page.MAXIMUM);
    }

    static @Nullable Integer offset(QueryArguments given) {
        return whole(given.get(QueryKey.OFFSET), "offset", 0, Integer.MAX_VALUE);
    }

    private static @Nullable Integer whole(@Nullable Object given, String name, int lowest, int highest) {
        if (given == null) {
            return null;
        }
        if (given instanceof Integer number && number >= lowest && number <= highest) {
            return number;
        }
        throw refuse("\"" + name + "\" is a whole number from " + lowest + " to " + highest + ", not "
                + Words.describe(given));
    }

    private static @Nullable String cursor(@Nullable Object given) {
        if (given == null) {
            return null;
        }
        if (given instanceof String text && !text.isBlank()) {
            return text;
        }
        throw refuse("\"cursor\" is the nextCursor of an earlier answer, not " + Words.describe(given));
    }

    private static PlatformException refuse(String message) {
        return new PlatformException(RuntimeError.INVALID_QUERY, message);
    }
}
