package dev.objectos.runtime.query;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a file.
 *
 * @param number counted from 1, the row with the names of the columns left out
 * @param cells by column: texts, or values of JSON; a column that the row lacks is not among them
 */
public record ImportRow(int number, Map<String, @Nullable Object> cells) {

    // Written out, because class files lose the nullness in the parameters of compact constructors.
    public ImportRow(int number, Map<String, @Nullable Object> cells) {
        this.number = number;
        this.cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
    }
}
