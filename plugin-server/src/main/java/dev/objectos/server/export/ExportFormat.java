package dev.objectos.server.export;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of files that records are exported to. */
enum ExportFormat {

    CSV("text/csv;charset=utf-8", "csv") {

        @Override
        RecordFile open(OutputStream out, String object, boolean header) {
            return new CsvFile(out, header);
        }
    },

    JSON("application/json", "json") {

        @Override
        RecordFile open(OutputStream out, String object, boolean header) {
            return JsonFile.array(out);
        }
    },

    NDJSON("application/x-ndjson", "ndjson") {

        @Override
        RecordFile open(OutputStream out, String object, boolean header) {
            return JsonFile.lines(out);
        }
    },

    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx") {

        @Override
        RecordFile open(OutputStream out, String object, boolean header) {
            return new XlsxFile(out, object, header);
        }
    };

    private final String mediaType;
    private final String extension;

    ExportFormat(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    /** The format of that name; null: CSV. */
    static ExportFormat of(@Nullable String name) {
        return switch (name == null ? "csv" : name.toLowerCase(Locale.ROOT)) {
            case "csv" -> CSV;
            case "json" -> JSON;
            case "ndjson", "jsonl" -> NDJSON;
            case "xlsx" -> XLSX;
            default -> throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "\"format\" is csv, json, ndjson or xlsx");
        };
    }

    String mediaType() {
        return mediaType;
    }

    String extension() {
        return extension;
    }

    /** Whether there are columns with names of their own above the records. */
    boolean tabular() {
        return this == CSV || this == XLSX;
    }

    /**
     * A file whose records are written to the stream as they come.
     *
     * @param header whether a table names its columns
     */
    abstract RecordFile open(OutputStream out, String object, boolean header) throws IOException;
}
