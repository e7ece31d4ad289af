package dev.objectos.runtime.sql;

import dev.objectos.runtime.query.RecordColumn;
import dev.objectos.runtime.spi.RecordSink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Hands the rows of a stream on, and asks for as many at a time as fit into a little memory. */
final class StreamReader implements RecordSink.Row {

    /** Nothing is known of the size of the first rows. */
    static final int FIRST_ROWS = 50;

    private static final int MOST_ROWS = 2_000;
    private static final long BYTES_AT_A_TIME = 2L << 20;

    private final StreamLayout layout;
    private final ResultSet rows;
    private final JsonBytes json = new JsonBytes(1_024);
    private long bytes;

    StreamReader(StreamLayout layout, ResultSet rows) {
        this.layout = layout;
        this.rows = rows;
    }

    void readTo(RecordSink sink) throws SQLException, IOException {
        sink.begin(layout.columns());
        long count = 0;
        int fetched = FIRST_ROWS;
        while (rows.next()) {
            try {
                sink.record(this);
            } catch (UncheckedSqlException e) {
                throw e.failure();
            }
            if (++count == fetched) {
                measure();
                int next = (int) Math.clamp(BYTES_AT_A_TIME / Math.max(1, bytes), 1, MOST_ROWS);
                rows.setFetchSize(next);
                count = 0;
                fetched = next;
            }
        }
    }

    @Override
    public @Nullable String text(int column) {
        try {
            byte[] text = rows.getBytes(layout.places().get(column));
            if (text == null) {
                return null;
            }
            if (layout.columns().get(column).kind() == RecordColumn.Kind.INSTANT) {
                byte[] quoted = json.clear().instant(text).toArray();
                return new String(quoted, 1, quoted.length - 2, StandardCharsets.UTF_8);
            }
            return new String(text, StandardCharsets.UTF_8);
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    @Override
    public void writeJson(OutputStream out) throws IOException {
        try {
            RowJson.write(layout.members(), rows, json.clear());
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
        json.writeTo(out);
    }

    /** The bytes of a row: those of the one at which the result stands, for all rows of a stream are much alike. */
    private void measure() throws SQLException {
        long size = 0;
        for (int place = 1; place <= rows.getMetaData().getColumnCount(); place++) {
            byte[] value = rows.getBytes(place);
            size += value == null ? 0 : value.length;
        }
        bytes = Math.max(bytes / 2, size);
    }
}
