package dev.objectos.server.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.CsvWriter.CsvWriterRecord;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import dev.objectos.runtime.query.FormulaGuard;
import dev.objectos.runtime.query.RecordColumn;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CSV (RFC 4180) in UTF-8. An empty text is written with quotes, nothing without. */
final class CsvFile implements RecordFile {

    private final CsvWriter csv;
    private final boolean header;
    private List<RecordColumn> columns = List.of();

    /** @param header whether the first line names the columns */
    CsvFile(OutputStream out, boolean header) {
        this.header = header;
        csv = CsvWriter.builder().quoteStrategy(QuoteStrategies.EMPTY).build(out, StandardCharsets.UTF_8);
    }

    @Override
    public void begin(List<RecordColumn> found) throws IOException {
        columns = found;
        if (!header) {
            return;
        }
        try {
            csv.writeRecord(found.stream().map(RecordColumn::name).toList());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void record(Row row) throws IOException {
        try {
            CsvWriterRecord line = csv.writeRecord();
            for (int i = 0; i < columns.size(); i++) {
                line.writeField(cell(columns.get(i).kind(), row.text(i)));
            }
            line.endRecord();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static @Nullable String cell(RecordColumn.Kind kind, @Nullable String text) {
        return text != null && kind == RecordColumn.Kind.TEXT ? FormulaGuard.guarded(text) : text;
    }

    @Override
    public void end() throws IOException {
        csv.flush();
    }
}
