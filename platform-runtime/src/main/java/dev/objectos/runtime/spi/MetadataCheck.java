package dev.objectos.runtime.spi;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Violation;
import java.util.List;

/**
 * Looks at metadata before it is published, for whoever knows its meaning. A bean of this type is asked; a file with an error
 * is left out, or serves with its last good content, and everything else is published.
 */
@FunctionalInterface
public interface MetadataCheck {

    /** Everything wrong or doubtful; a pure function of the catalog. */
    List<Violation> check(Catalog catalog);
}
