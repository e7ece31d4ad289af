package dev.objectos.server.record;

import dev.objectos.runtime.query.Expected;
import dev.objectos.runtime.query.Mutation;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes mutations out of values that may be null. The mutations say that they may, but class files lose that in the
 * parameters of compact constructors, so the check is silenced here and nowhere else.
 */
@SuppressWarnings("NullAway")
public final class Changes {

    private Changes() {}

    public static Mutation.Create create(String object, Map<String, @Nullable Object> values) {
        return new Mutation.Create(object, values);
    }

    public static Mutation.Update update(String object, UUID id, Map<String, @Nullable Object> values,
            @Nullable Expected expected) {
        return new Mutation.Update(object, id, values, expected);
    }

    static Mutation.Upsert upsert(String object, Mutation.Match match, Map<String, @Nullable Object> values) {
        return new Mutation.Upsert(object, match, values);
    }
}
