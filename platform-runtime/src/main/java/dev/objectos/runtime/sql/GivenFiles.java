package dev.objectos.runtime.sql;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.plan.FileChecks;
import dev.objectos.runtime.plan.FileFacts;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The files that a session may give to records: its own, and those that it sees in a record. */
final class GivenFiles {

    private final WriteConnection connection;
    private final Catalog catalog;
    private final ReferredRecords.Sight sight;

    GivenFiles(WriteConnection connection, Catalog catalog, ReferredRecords.Sight sight) {
        this.connection = connection;
        this.catalog = catalog;
        this.sight = sight;
    }

    Map<UUID, FileFacts> of(Collection<UUID> ids) throws SQLException {
        var given = new LinkedHashMap<UUID, FileFacts>();
        var others = new LinkedHashMap<UUID, FileFacts>();
        FileRows.known(connection, ids).forEach((id, file) -> {
            boolean own = connection.session().isSystem()
                    || Objects.equals(file.uploadedBy(), connection.session().userId());
            (own ? given : others).put(id, file.facts());
        });
        for (UUID id : seen(others.keySet())) {
            given.put(id, Objects.requireNonNull(others.get(id)));
        }
        return given;
    }

    private Set<UUID> seen(Collection<UUID> files) throws SQLException {
        var seen = new LinkedHashSet<UUID>();
        if (files.isEmpty()) {
            return seen;
        }
        for (FileRows.Use use : FileRows.uses(connection, files)) {
            if (!seen.contains(use.file()) && holds(use)) {
                seen.add(use.file());
            }
        }
        return seen;
    }

    private boolean holds(FileRows.Use use) throws SQLException {
        Optional<ObjectDefinition> object = catalog.object(use.object());
        Optional<FieldDefinition> field = object.stream().flatMap(of -> of.fields().values().stream())
                .filter(one -> one.id().equals(use.field())).findFirst();
        if (object.isEmpty() || field.isEmpty() || !sight.shows(object.get(), field.get())
                || sight.visible(object.get(), List.of(use.record())).isEmpty()) {
            return false;
        }
        Map<String, @Nullable Object> row = StoredRecords
                .read(connection, catalog, object.get(), List.of(use.record()), StoredRecords.Lock.NONE)
                .get(use.record());
        return row != null && FileChecks.ids(field.get(), row.get(field.get().name())).contains(use.file());
    }
}
