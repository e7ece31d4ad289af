package dev.objectos.server.record;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.Expected;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code If-Match}: an ETag of ours, or a record's {@code version} or {@code updated_at} with or without quotes, as
 * the TypeScript client sends them. A weak tag counts too: a proxy that compresses weakens ours, and the version in it is
 * as exact as before.
 */
final class Preconditions {

    private static final Pattern VERSION = Pattern.compile("(\\d{1,18})(?:-[0-9a-f]{8})?");

    private Preconditions() {}

    /** What must be stored for the write to happen; null: anything, as long as the record exists. */
    static @Nullable Expected expected(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return null;
        }
        String tag = ifMatch.strip();
        String bare = unquote(tag.startsWith("W/") ? tag.substring(2) : tag);
        Matcher version = VERSION.matcher(bare);
        if (version.matches()) {
            return new Expected.Version(Long.parseLong(version.group(1)));
        }
        try {
            return new Expected.UpdatedAt(OffsetDateTime.parse(bare).toInstant());
        } catch (DateTimeException e) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "If-Match takes one ETag of the record, such as \"3\", or its updated_at", e);
        }
    }

    private static String unquote(String tag) {
        return tag.length() >= 2 && tag.startsWith("\"") && tag.endsWith("\"")
                ? tag.substring(1, tag.length() - 1)
                : tag;
    }
}
