package dev.objectos.runtime.spi;

import dev.objectos.runtime.query.RecordColumn;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes records one after another, in the thread that reads them. What it throws ends the reading. */
public interface RecordSink {

    /** Called once, when the records are found and before the first of them. */
    void begin(List<RecordColumn> columns) throws IOException;

    /** The next record, which is gone when the call returns. */
    void record(Row row) throws IOException;

    /** A record. */
    interface Row {

        /**
         * A value in the form that its {@link RecordColumn.Kind} has.
         *
         * @param column counted from 0
         */
        @Nullable
        String text(int column);

        /** Writes the record as a query would answer it: a JSON object in UTF-8, without a line break. */
        void writeJson(OutputStream out) throws IOException;
    }
}
