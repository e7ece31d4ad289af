package dev.objectos.audit.report;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How entries are taken elsewhere. */
public enum ExportFormat {

    CSV("text/csv;charset=UTF-8"), NDJSON("application/x-ndjson;charset=UTF-8"), JSON(
            "application/json;charset=UTF-8"), XLSX(
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final String mediaType;

    ExportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /** A file of that format, written as it comes. */
    public EntryFile to(OutputStream out) {
        return switch (this) {
            case CSV -> new TextEntries(TextEntries.Form.ROWS, out);
            case NDJSON -> new TextEntries(TextEntries.Form.LINES, out);
            case JSON -> new TextEntries(TextEntries.Form.ARRAY, out);
            case XLSX -> new SheetEntries(out);
        };
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of that name. */
    public static Optional<ExportFormat> named(String word) {
        return Arrays.stream(values()).filter(format -> format.word().equals(word)).findFirst();
    }

    /** The names of all. */
    public static List<String> words() {
        return Arrays.stream(values()).map(ExportFormat::word).toList();
    }
}
