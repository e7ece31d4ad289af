package dev.objectos.runtime.sql;

import dev.objectos.runtime.query.JsonDocument;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Makes the JSON of a page of the rows that its statement gives. */
final class PageWriter {

    private static final int USUAL_SIZE = 8 << 10;

    private static final byte[] OBJECT = ascii("{\"object\":\"");
    private static final byte[] RECORDS = ascii("\",\"records\":[");
    private static final byte[] TOTAL = ascii(",\"total\":");
    private static final byte[] MORE = ascii(",\"hasMore\":true");
    private static final byte[] NO_MORE = ascii(",\"hasMore\":false}");
    private static final byte[] CURSOR = ascii(",\"nextCursor\":\"");
    private static final byte[] NULL = ascii("null");

    private final PageLayout layout;
    private final ResultSet rows;
    private final JsonBytes json = new JsonBytes(USUAL_SIZE);
    private final RowWriter row;

    private PageWriter(PageLayout layout, ResultSet rows) {
        this.layout = layout;
        this.rows = rows;
        this.row = new RowWriter(rows, json, layout.object(), layout.size());
    }

    /**
     * @return null: the rows have a value that the statement leaves out for its size
     * @throws dev.objectos.runtime.PlatformException where the page would be too large
     */
    static @Nullable JsonDocument write(PageLayout layout, ResultSet rows) throws SQLException {
        return new PageWriter(layout, rows).page();
    }

    private @Nullable JsonDocument page() throws SQLException {
        json.raw(OBJECT).raw(layout.object().getBytes(StandardCharsets.UTF_8)).raw(RECORDS);
        int shown = 0;
        boolean more = false;
        byte @Nullable [] total = null;
        byte @Nullable [] cursor = null;
        while (!more && rows.next()) {
            if (shown == 0) {
                total = layout.total() == 0 ? null : rows.getBytes(layout.total());
            }
            if (layout.total() != 0 && rows.getBytes(layout.present()) == null) {
                break;
            }
            if (shown == layout.limit()) {
                more = true;
            } else {
                if (shown > 0) {
                    json.raw(',');
                }
                if (!row.object(layout.members())) {
                    return null;
                }
                if (++shown == layout.limit()) {
                    cursor = cursor();
                }
            }
        }
        json.raw(']');
        if (total != null) {
            json.raw(TOTAL).raw(total);
        } else if (layout.told() && !more) {
            json.raw(TOTAL).raw(ascii(Integer.toString(shown)));
        }
        ending(more, cursor);
        return new JsonDocument(json.toArray());
    }

    private void ending(boolean more, byte @Nullable [] cursor) {
        if (!more) {
            json.raw(NO_MORE);
            return;
        }
        json.raw(MORE);
        if (cursor != null) {
            json.raw(CURSOR).raw(cursor).raw('"');
        }
        json.raw('}');
    }

    /** The place of the row, which {@code plan.Cursor} reads. */
    private byte @Nullable [] cursor() throws SQLException {
        PageLayout.Place place = layout.cursor();
        if (place == null) {
            return null;
        }
        var keys = new JsonBytes(128).raw('[').string(ascii(place.digest()));
        for (int column : place.keys()) {
            keys.raw(',');
            byte[] key = rows.getBytes(column);
            if (key == null) {
                keys.raw(NULL);
            } else {
                keys.string(key);
            }
        }
        return Base64.getUrlEncoder().withoutPadding().encode(keys.raw(']').toArray());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
