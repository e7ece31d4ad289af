package dev.objectos.runtime.sql;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.plan.FileFacts;
import dev.objectos.runtime.plan.RelatedRecords;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The records around a write, each read once and kept for the length of one write. */
public final class ReferredRecords implements RelatedRecords {

    private final WriteConnection connection;
    private final Catalog catalog;
    private final Sight sight;
    private final Map<Key, Optional<Map<String, @Nullable Object>>> rows = new HashMap<>();
    private final Set<UUID> own = new LinkedHashSet<>();

    public ReferredRecords(WriteConnection connection, Catalog catalog, Sight sight) {
        this.connection = connection;
        this.catalog = catalog;
        this.sight = sight;
    }

    /** What the session sees of the records of its tenant. */
    public interface Sight {

        /** Whether it sees all records of the object. */
        boolean seesAll(ObjectDefinition object);

        /** Those of the ids whose records it sees. */
        Set<UUID> visible(ObjectDefinition object, Collection<UUID> ids) throws SQLException;

        /** Whether it sees a field as it is. */
        boolean shows(ObjectDefinition object, FieldDefinition field);
    }

    @Override
    public @Nullable Map<String, @Nullable Object> row(ObjectDefinition object, UUID id) {
        return rows.computeIfAbsent(new Key(object.name(), id), _ -> load(object, id)).orElse(null);
    }

    @Override
    public boolean restricted(ObjectDefinition object) {
        return !sight.seesAll(object);
    }

    @Override
    public Set<UUID> visible(ObjectDefinition object, Collection<UUID> ids) {
        var visible = new LinkedHashSet<>(ids);
        visible.retainAll(own);
        var others = new LinkedHashSet<>(ids);
        others.removeAll(own);
        if (others.isEmpty()) {
            return visible;
        }
        try {
            visible.addAll(restricted(object)
                    ? sight.visible(object, others)
                    : StoredRecords.existing(connection, catalog, object, others));
            return visible;
        } catch (SQLException e) {
            throw WriteFailures.refusal(e);
        }
    }

    @Override
    public Map<Object, UUID> find(ObjectDefinition object, String field, Collection<?> values) {
        try {
            return StoredRecords.having(connection, catalog, object, field, values);
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    @Override
    public Map<UUID, FileFacts> files(Collection<UUID> ids) {
        try {
            return new GivenFiles(connection, catalog, sight).of(ids);
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    @Override
    public long next(String owner, String counter) {
        try {
            return Counters.next(connection, owner, counter);
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    /** A record made or changed by this write: it may be referred to, and what was known of it is stale. */
    public void written(ObjectDefinition object, UUID id) {
        own.add(id);
        rows.remove(new Key(object.name(), id));
    }

    private Optional<Map<String, @Nullable Object>> load(ObjectDefinition object, UUID id) {
        try {
            return Optional.ofNullable(StoredRecords
                    .read(connection, catalog, object, List.of(id), StoredRecords.Lock.NONE).get(id));
        } catch (SQLException e) {
            throw WriteFailures.refusal(e);
        }
    }

    /** Ids are unique within an object. */
    private record Key(String object, UUID id) {}
}
