package dev.objectos.runtime.spi;

import dev.objectos.runtime.metadata.Catalog;

/** The snapshot of everything known that serves at the moment; what an added plugin is given instead of the whole. */
@FunctionalInterface
public interface CurrentCatalog {

    /** Taken once for each piece of work, and then kept. */
    Catalog get();
}
