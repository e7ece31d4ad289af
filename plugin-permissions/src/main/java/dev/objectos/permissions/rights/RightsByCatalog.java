package dev.objectos.permissions.rights;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.objectos.runtime.metadata.Catalog;

/** The rights of each catalog that is in use, worked out once. */
public final class RightsByCatalog {

    private final LoadingCache<Catalog, Rights> rights;

    public RightsByCatalog(People people) {
        this.rights = Caffeine.newBuilder().weakKeys().build(catalog -> new Rights(catalog, people));
    }

    public Rights of(Catalog catalog) {
        return rights.get(catalog);
    }
}
