package dev.objectos.server.intake;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first row of a table: what its columns are called. Columns without a name at its end may be there, as long as they are
 * empty.
 */
record Headers(List<String> names) {

    private static final int MOST = 1_000;

    Headers {
        names = List.copyOf(names);
    }

    static Headers of(List<String> cells) {
        var names = new ArrayList<>(cells);
        while (!names.isEmpty() && names.getLast().isBlank()) {
            names.removeLast();
        }
        if (names.isEmpty()) {
            throw refuse("The file has no row with the names of its columns");
        }
        if (names.size() > MOST) {
            throw new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE, "A file has at most " + MOST + " columns");
        }
        var seen = new HashSet<String>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).isBlank()) {
                throw refuse("Column " + (i + 1) + " has no name");
            }
            if (!seen.add(names.get(i))) {
                throw refuse("Two columns are called \"" + names.get(i) + "\"");
            }
        }
        return new Headers(names);
    }

    /** The cells of a row by their columns. */
    Map<String, @Nullable Object> cells(List<? extends @Nullable Object> row, String where) {
        var cells = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < row.size(); i++) {
            Object cell = row.get(i);
            if (i < names.size()) {
                cells.put(names.get(i), cell);
            } else if (cell != null && !cell.equals("")) {
                throw refuse(where + " has more cells than there are columns");
            }
        }
        return cells;
    }

    private static PlatformException refuse(String message) {
        return new PlatformException(RuntimeError.INVALID_REQUEST, message);
    }
}
