package dev.objectos.runtime.spi;

import dev.objectos.runtime.query.ImportOrder;
import dev.objectos.runtime.query.ImportReport;
import dev.objectos.runtime.query.ImportRow;
import dev.objectos.runtime.session.Session;
import java.util.Collection;
import java.util.List;

/** Makes records of rows, under the session's rights and by every rule that holds for any other change. */
public interface RecordImports {

    /** Rows that are imported while their sender waits. */
    int MOST_AT_ONCE = 10_000;

    /**
     * Imports the rows now. A row that is refused is an outcome and stops no other, unless all are wanted or none.
     *
     * @param columns that the rows have
     * @throws dev.objectos.runtime.PlatformException where columns mean nothing, the session may not write such records at all,
     *         or there are too many rows; then nothing is written
     */
    ImportReport run(ImportOrder order, Collection<String> columns, List<ImportRow> rows, Session session);
}
