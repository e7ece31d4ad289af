package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.RecordColumn;
import dev.objectos.runtime.spi.RecordSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Shows the records of a stream to somebody else as well, in parts that look like the answers of queries. */
final class WatchedSink implements RecordSink {

    private static final int RECORDS = 1_000;
    private static final int BYTES = 4 << 20;

    private final String object;
    private final RecordSink sink;
    private final Consumer<JsonDocument> watcher;
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private int records;

    WatchedSink(String object, RecordSink sink, Consumer<JsonDocument> watcher) {
        this.object = object;
        this.sink = sink;
        this.watcher = watcher;
    }

    @Override
    public void begin(List<RecordColumn> columns) throws IOException {
        sink.begin(columns);
    }

    @Override
    public void record(Row row) throws IOException {
        write(records == 0 ? "{\"object\":\"" + object + "\",\"records\":[" : ",");
        row.writeJson(part);
        if (++records == RECORDS || part.size() > BYTES) {
            show(true);
        }
        sink.record(row);
    }

    /** Called when there are no more. */
    void end() throws IOException {
        if (records > 0) {
            show(false);
        }
    }

    private void show(boolean more) throws IOException {
        write("],\"hasMore\":" + more + "}");
        watcher.accept(new JsonDocument(part.toByteArray()));
        part.reset();
        records = 0;
    }

    private void write(String text) throws IOException {
        part.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
