package dev.objectos.server.declared;

import dev.objectos.runtime.expression.EvaluationContext;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.session.Session;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call of an endpoint, around a record of its answer or around none.
 *
 * @param params in the forms of {@link dev.objectos.runtime.metadata.FieldValues}; what was left out is not among them
 * @param record gives the fields of the record
 */
record EndpointCall(Map<String, @Nullable Object> params, Session session, Instant now,
        Function<FieldPath, @Nullable Object> record) implements EvaluationContext {

    static EndpointCall of(Map<String, @Nullable Object> params, Session session, Instant now) {
        return new EndpointCall(params, session, now, path -> {
            throw new IllegalStateException("there is no record here: " + path);
        });
    }

    EndpointCall around(Function<FieldPath, @Nullable Object> other) {
        return new EndpointCall(params, session, now, other);
    }

    boolean gave(String name) {
        return params.containsKey(name);
    }

    @Override
    public @Nullable Object param(String name) {
        return params.get(name);
    }

    @Override
    public @Nullable Object record(FieldPath path) {
        return record.apply(path);
    }

    @Override
    public @Nullable Object previous(FieldPath path) {
        throw new IllegalStateException("an endpoint changes nothing by itself: " + path);
    }
}
