package dev.objectos.runtime.spi;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.query.Query;

/** Tells of queries in metadata whether they can be asked. */
@FunctionalInterface
public interface QueryCheck {

    /**
     * Plans a query for somebody who sees everything, without asking it.
     *
     * @throws dev.objectos.runtime.PlatformException what whoever asks it would be refused with
     */
    void check(Query query, Catalog catalog);
}
