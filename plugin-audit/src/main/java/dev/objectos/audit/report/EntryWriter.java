package dev.objectos.audit.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes entries one after the other in one of the formats. */
public final class EntryWriter {

    private static final JsonMapper JSON = new JsonMapper();

    private static final List<String> COLUMNS = List.of("id", "at", "action", "object", "record", "version", "user",
            "impersonator", "tenant", "ip", "userAgent", "requestId", "origin", "changes", "details");

    /** What makes a spreadsheet take a text for a formula. */
    private static final String FORMULA = "=+-@\t\r\n";

    private final ExportFormat format;
    private final Writer out;
    private boolean first = true;

    public EntryWriter(ExportFormat format, Writer out) {
        this.format = format;
        this.out = out;
    }

    /** @param entry its values by name, as they are in answers of the API */
    public void write(Map<String, @Nullable Object> entry) {
        try {
            switch (format) {
                case CSV -> {
                    if (first) {
                        out.write(String.join(",", COLUMNS) + "\r\n");
                    }
                    out.write(String.join(",", COLUMNS.stream().map(column -> cell(entry.get(column))).toList())
                            + "\r\n");
                }
                case NDJSON -> out.write(JSON.writeValueAsString(entry) + "\n");
                case JSON -> out.write((first ? "[" : ",\n") + JSON.writeValueAsString(entry));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        first = false;
    }

    /** Writes what stands behind the last entry; and before the first, where there was none. */
    public void end() throws IOException {
        switch (format) {
            case CSV -> out.write(first ? String.join(",", COLUMNS) + "\r\n" : "");
            case NDJSON -> out.write("");
            case JSON -> out.write(first ? "[]" : "]");
        }
        out.flush();
    }

    private static String cell(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        String harmless = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return harmless.matches("[^,\"\r\n]*") ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
    }
}
