package dev.objectos.audit.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Entries as text: one after another, in rows or as JSON. */
final class TextEntries implements EntryFile {

    /** What a row holds, in a text as in a sheet. */
    static final List<String> COLUMNS = List.of("id", "at", "action", "object", "record", "version", "user",
            "impersonator", "tenant", "ip", "userAgent", "requestId", "origin", "changes", "details");

    private static final JsonMapper JSON = new JsonMapper();

    /** What makes a spreadsheet take a text for a formula. */
    private static final String FORMULA = "=+-@\t\r\n";

    private final Form form;
    private final Writer out;
    private boolean first = true;

    TextEntries(Form form, OutputStream out) {
        this.form = form;
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    /** How the entries are set apart. */
    enum Form {
        ROWS, LINES, ARRAY
    }

    @Override
    public void write(Map<String, @Nullable Object> entry) throws IOException {
        switch (form) {
            case ROWS -> {
                if (first) {
                    row(COLUMNS);
                }
                row(COLUMNS.stream().map(column -> cell(entry.get(column))).toList());
            }
            case LINES -> out.write(JSON.writeValueAsString(entry) + "\n");
            case ARRAY -> out.write((first ? "[" : ",\n") + JSON.writeValueAsString(entry));
        }
        first = false;
    }

    @Override
    public void end() throws IOException {
        switch (form) {
            case ROWS -> {
                if (first) {
                    row(COLUMNS);
                }
            }
            case LINES -> {
            }
            case ARRAY -> out.write(first ? "[]" : "]");
        }
        out.flush();
    }

    private void row(List<String> cells) throws IOException {
        out.write(String.join(",", cells) + "\r\n");
    }

    private static String cell(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        String harmless = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return harmless.matches("[^,\"\r\n]*") ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
    }
}
