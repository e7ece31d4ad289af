package dev.objectos.server.export;

import dev.objectos.runtime.query.RecordColumn;
import dev.objectos.runtime.spi.RecordSink;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;

/** A file as the answer of a request, which begins when the first record is found: whatever is refused is refused before. */
final class Download implements RecordSink {

    private static final String DISPOSITION = "Content-Disposition";
    private static final byte[] BYTE_ORDER_MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);

    private final HttpServletResponse response;
    private final ExportFormat format;
    private final String object;
    private final boolean marked;
    private final boolean header;
    private final Clock clock;
    private @Nullable RecordFile file;

    /**
     * @param marked whether the file begins with a byte order mark
     * @param header whether a table names its columns
     */
    Download(HttpServletResponse response, ExportFormat format, String object, boolean marked, boolean header,
            Clock clock) {
        this.response = response;
        this.format = format;
        this.object = object;
        this.marked = marked;
        this.header = header;
        this.clock = clock;
    }

    @Override
    public void begin(List<RecordColumn> columns) throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(format.mediaType());
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(DISPOSITION, ContentDisposition.attachment()
                .filename(object + "-" + LocalDate.now(clock) + "." + format.extension()).build().toString());
        OutputStream out = response.getOutputStream();
        if (marked) {
            out.write(BYTE_ORDER_MARK);
        }
        RecordFile opened = format.open(out, object, header);
        file = opened;
        opened.begin(columns);
    }

    @Override
    public void record(Row row) throws IOException {
        Objects.requireNonNull(file).record(row);
    }

    void end() throws IOException {
        Objects.requireNonNull(file).end();
    }

    /** Takes back what was said of a file that does not come, if that is still possible. */
    static void withdraw(HttpServletResponse response) {
        if (!response.isCommitted()) {
            response.resetBuffer();
            response.setHeader(DISPOSITION, null);
        }
    }
}
