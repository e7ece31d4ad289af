package dev.objectos.server.export;

import dev.objectos.runtime.spi.RecordSink;
import java.io.IOException;

/** A file in the making, which is not complete before it is ended. */
interface RecordFile extends RecordSink {

    /** Called when there are no more records. */
    void end() throws IOException;
}
