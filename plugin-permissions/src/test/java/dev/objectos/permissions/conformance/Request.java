package dev.objectos.permissions.conformance;

import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordQuery;

/** Something that a person asks for. */
sealed interface Request {

    record Find(Query query) implements Request {}

    record Get(RecordQuery query) implements Request {}

    record Change(Mutation mutation) implements Request {}

    record Several(Batch batch) implements Request {}
}
