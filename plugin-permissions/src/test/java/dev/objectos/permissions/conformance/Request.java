package dev.objectos.permissions.conformance;

import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.ImportOrder;
import dev.objectos.runtime.query.ImportRow;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordQuery;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that a person asks for. */
sealed interface Request {

    record Find(Query query) implements Request {}

    record Get(RecordQuery query) implements Request {}

    record Change(Mutation mutation) implements Request {}

    record Several(Batch batch) implements Request {}

    /** What is no single question with a single answer. */
    sealed interface Path extends Request {

        /** Whether records may be others afterwards. */
        default boolean changes() {
            return switch (this) {
                case InBin _,Restore _,Import _ -> true;
                case Pages _,Export _,Before _,Alike _,Download _ -> false;
            };
        }
    }

    /** A list to its end, page after page by the cursor. */
    record Pages(Query query) implements Path {}

    /** A list as one stream. */
    record Export(Query query) implements Path {}

    /** What is found in the recycle bin after the platform has deleted a record of the query's object. */
    record InBin(UUID deleted, Query query) implements Path {}

    /** A record is brought back that the platform has deleted. */
    record Restore(String object, UUID record) implements Path {}

    /** Rows become records. */
    record Import(ImportOrder order, List<String> columns, List<ImportRow> rows) implements Path {}

    /** Which records a query would have found when they had other values, as whoever listens to changes is told. */
    record Before(Query query, Map<UUID, Map<String, @Nullable Object>> values) implements Path {}

    /** Whether somebody else may be told the same. */
    record Alike(Query query, Person other) implements Path {}

    /** The bytes of a file. */
    record Download(UUID file) implements Path {}
}
