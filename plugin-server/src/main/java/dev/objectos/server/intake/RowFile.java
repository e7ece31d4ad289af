package dev.objectos.server.intake;

import dev.objectos.runtime.query.ImportRow;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/** Rows that are read while they are asked for; what cannot be read is refused then. */
interface RowFile extends AutoCloseable {

    /** The names of the columns, each once. */
    List<String> columns();

    Iterator<ImportRow> rows();

    @Override
    void close() throws IOException;
}
