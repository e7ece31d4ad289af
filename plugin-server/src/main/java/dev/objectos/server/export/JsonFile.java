package dev.objectos.server.export;

import dev.objectos.runtime.query.RecordColumn;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Records as queries answer them: a JSON array, or a line for each. */
final class JsonFile implements RecordFile {

    private final OutputStream out;
    private final byte[] opening;
    private final byte[] between;
    private final byte[] closing;
    private boolean empty = true;

    private JsonFile(OutputStream out, String opening, String between, String closing) {
        this.out = out;
        this.opening = opening.getBytes(StandardCharsets.US_ASCII);
        this.between = between.getBytes(StandardCharsets.US_ASCII);
        this.closing = closing.getBytes(StandardCharsets.US_ASCII);
    }

    static JsonFile array(OutputStream out) {
        return new JsonFile(out, "[", ",\n", "]");
    }

    static JsonFile lines(OutputStream out) {
        return new JsonFile(out, "", "\n", "");
    }

    @Override
    public void begin(List<RecordColumn> columns) throws IOException {
        out.write(opening);
    }

    @Override
    public void record(Row row) throws IOException {
        if (!empty) {
            out.write(between);
        }
        empty = false;
        row.writeJson(out);
    }

    @Override
    public void end() throws IOException {
        if (!empty && closing.length == 0) {
            out.write(between);
        }
        out.write(closing);
    }
}
