package dev.objectos.audit.entry;

import dev.objectos.runtime.query.RecordColumn;
import dev.objectos.runtime.spi.RecordSink;
import java.io.IOException;
import java.util.List;

/** Counts the records that go to somebody. */
final class CountedRecords implements RecordSink {

    private final RecordSink sink;
    private final Runnable beginning;
    private boolean begun;
    private long rows;

    /** @param beginning what has to happen before the first one goes out */
    CountedRecords(RecordSink sink, Runnable beginning) {
        this.sink = sink;
        this.beginning = beginning;
    }

    @Override
    public void begin(List<RecordColumn> columns) throws IOException {
        beginning.run();
        begun = true;
        sink.begin(columns);
    }

    @Override
    public void record(Row row) throws IOException {
        sink.record(row);
        rows++;
    }

    /** Whether any might have gone out. */
    boolean begun() {
        return begun;
    }

    long rows() {
        return rows;
    }
}
