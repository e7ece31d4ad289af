package dev.objectos.server.intake;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.ImportRow;
import dev.objectos.server.json.JsonReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows as JSON objects; their columns are all names that occur. */
final class JsonRows implements RowFile {

    private final List<ImportRow> rows;
    private final List<String> columns;

    private JsonRows(List<ImportRow> rows, List<String> columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /** @param given as {@link JsonReader} gave it */
    static JsonRows of(@Nullable Object given) {
        if (!(given instanceof List<?> objects)) {
            throw refuse("\"rows\" is a list of JSON objects");
        }
        var rows = new ArrayList<ImportRow>(objects.size());
        var columns = new LinkedHashSet<String>();
        for (Object object : objects) {
            if (!(object instanceof Map<?, ?> row)) {
                throw refuse("Row " + (rows.size() + 1) + " is no JSON object");
            }
            @SuppressWarnings("unchecked") // the JSON reader makes no other map
            var cells = (Map<String, @Nullable Object>) row;
            columns.addAll(cells.keySet());
            rows.add(new ImportRow(rows.size() + 1, cells));
        }
        return new JsonRows(rows, List.copyOf(columns));
    }

    /** A JSON array, or an object in each line. */
    static JsonRows of(byte[] utf8) {
        String text = new String(utf8, java.nio.charset.StandardCharsets.UTF_8);
        if (text.stripLeading().startsWith("[")) {
            return of(JsonReader.read(utf8));
        }
        var objects = new ArrayList<@Nullable Object>();
        for (String line : text.lines().toList()) {
            if (!line.isBlank()) {
                objects.add(JsonReader.read(line, RuntimeError.INVALID_REQUEST, "Line " + (objects.size() + 1)));
            }
        }
        return of(objects);
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public Iterator<ImportRow> rows() {
        return rows.iterator();
    }

    @Override
    public void close() {}

    private static PlatformException refuse(String message) {
        return new PlatformException(RuntimeError.INVALID_REQUEST, message);
    }
}
