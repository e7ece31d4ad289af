package dev.objectos.runtime.storage.file;

import java.io.IOException;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Keeps two installations out of one store: each would take the files of the other for such as nobody knows of, and remove them. */
public final class StoreClaim {

    private final DSLContext worker;

    /** @param worker connections of the role that does the platform's own work */
    public StoreClaim(DataSource worker) {
        this.worker = DSL.using(worker, SQLDialect.POSTGRES);
    }

    /** @throws IllegalStateException where one of the stores is another installation's, with what to do */
    public void check(FileStores stores) {
        for (FileStore store : stores.all()) {
            if (!store.name().equals(DiskFileStore.NAME)) {
                check(store);
            }
        }
    }

    private void check(FileStore store) {
        String own = worker.resultQuery("SELECT id::text FROM platform.installation")
                .fetchSingle(row -> row.get(0, String.class));
        try {
            String whose = store.claimedBy(own);
            if (!own.equals(whose)) {
                throw new IllegalStateException("The store of files '" + store.name() + "' (" + store.check()
                        + ") holds those of another installation, " + whose + ", and this one is " + own
                        + ". Choose another bucket or prefix; or, where this one takes the place of the other, "
                        + "delete the object objectos-installation there");
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The store of files '" + store.name() + "' cannot be used: " + e.getMessage(), e);
        }
    }
}
