package dev.objectos.runtime.pipeline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.sql.PreparedQuery;
import java.util.function.Supplier;

/** The statements of one catalog, made once for each shape of query and set of rights, the most used ones kept. */
final class PreparedQueries {

    private static final long MOST_CHARACTERS = 32L * 1024 * 1024;

    private final Cache<Object, PreparedQuery> statements = Caffeine.newBuilder().maximumWeight(MOST_CHARACTERS)
            .weigher((Object _, PreparedQuery prepared) -> prepared.sql().length()).build();

    private PreparedQueries() {}

    static PreparedQueries of(Catalog catalog) {
        return catalog.derive(PreparedQueries.class, _ -> new PreparedQueries());
    }

    /** Two requests may make the same statement at once; a refusal is not kept. */
    PreparedQuery get(Object key, Supplier<PreparedQuery> maker) {
        PreparedQuery known = statements.getIfPresent(key);
        if (known == null) {
            known = maker.get();
            statements.put(key, known);
        }
        return known;
    }
}
