package dev.objectos.runtime.storage.file;

import dev.objectos.runtime.PlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes files to the store for new files, one after the other, beside running work and other nodes. What is left behind goes with
 * the next sweep, so that whoever is about to read it still can.
 */
final class FileMover {

    private static final Logger LOG = LoggerFactory.getLogger(FileMover.class);

    private static final String ELSEWHERE = "SELECT " + FileRow.COLUMNS
            + " FROM platform.file WHERE state = 'stored' AND store <> {0} AND id > {1} ORDER BY id LIMIT {2}";

    private static final String MOVED = """
            UPDATE platform.file SET store = {2}, blob = {3}
            WHERE tenant_id = {0} AND id = {1} AND state = 'stored' AND store = {4} AND blob = {5}""";

    private static final int TOGETHER = 100;

    private final DSLContext worker;
    private final FileStores stores;

    FileMover(DSLContext worker, FileStores stores) {
        this.worker = worker;
        this.stores = stores;
    }

    /** @return how many files were moved */
    int move(BooleanSupplier stopped) throws IOException {
        int moved = 0;
        var last = new UUID(0, 0);
        while (true) {
            List<FileRow> files = worker
                    .resultQuery(ELSEWHERE, DSL.val(stores.forNew()), DSL.val(last), DSL.val(TOGETHER))
                    .fetch(FileRow::of);
            for (FileRow file : files) {
                if (stopped.getAsBoolean()) {
                    return moved;
                }
                moved += move(file) ? 1 : 0;
                last = file.id();
            }
            if (files.size() < TOGETHER) {
                return moved;
            }
        }
    }

    private boolean move(FileRow file) throws IOException {
        String from = Objects.requireNonNull(file.blob());
        String to = file.newBlob();
        boolean counts = false;
        try (InputStream content = stores.open(file.store(), from, 0, file.size())) {
            var measured = new MeasuredStream(content, file.size());
            stores.put(stores.forNew(), to, measured);
            if (!Arrays.equals(measured.sha256(), file.sha256())) {
                LOG.error(
                        "The file {} in the store '{}' is not what was put there, and stays: restore it from a backup",
                        file.id(), file.store());
                return false;
            }
            counts = worker.execute(MOVED, DSL.val(file.tenant()), DSL.val(file.id()), DSL.val(stores.forNew()),
                    DSL.val(to), DSL.val(file.store()), DSL.val(from)) == 1;
            return counts;
        } catch (PlatformException e) {
            LOG.warn("The file {} could not be moved, and stays: {}", file.id(), e.message());
            return false;
        } finally {
            if (!counts) {
                stores.remove(stores.forNew(), to);
            }
        }
    }
}
