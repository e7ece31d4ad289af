package dev.objectos.runtime.spi;

import dev.objectos.runtime.metadata.Catalog;
import java.util.Set;

/**
 * Knows names that mean something as a role. A bean of this type is asked before people are given roles; where there is none, every
 * name will do.
 */
@FunctionalInterface
public interface RoleNames {

    /** Those of a catalog; a pure function of it. */
    Set<String> in(Catalog catalog);
}
