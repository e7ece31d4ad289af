package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.idempotency.WriteAttempt;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.sql.EffectRows;
import dev.objectos.runtime.sql.WriteExecutor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One write, which may belong to a request that is repeated under a key: then each of its transactions happens once. */
final class Repetition {

    private static final Repetition NEVER = new Repetition(null, "");

    private final @Nullable WriteAttempt attempt;
    private final String write;

    private Repetition(@Nullable WriteAttempt attempt, String write) {
        this.attempt = attempt;
        this.write = write;
    }

    /** Does the session's next write. */
    static <T> T of(Session session, Function<Repetition, T> work) {
        WriteAttempt attempt = WriteAttempt.current(session);
        return attempt == null
                ? work.apply(NEVER)
                : attempt.<T, RuntimeException>aside(
                        () -> work.apply(new Repetition(attempt, String.valueOf(attempt.nextWrite()))));
    }

    /** Whether the write must leave an effect, and so needs a transaction. */
    boolean isNoted() {
        return attempt != null;
    }

    /** What the write as a whole has done in an earlier attempt; null: nothing. */
    @Nullable
    Effect earlier() {
        return effect(write);
    }

    /** The same of one of its changes that are made one by one. */
    @Nullable
    Effect earlier(int part) {
        return effect(step(part));
    }

    /** Whether an earlier attempt has begun to make the changes one by one. */
    boolean isInParts() {
        return attempt != null && attempt.hasEffectBeginning(write + ".");
    }

    /** A transaction that is the whole write. */
    <T> T transaction(WriteExecutor executor, Session session, boolean global, WriteExecutor.Work<T> work,
            Function<T, Effect> effect) {
        return transaction(executor, session, global, work, effect, write);
    }

    /** A transaction that is one of its changes. */
    <T> T transaction(WriteExecutor executor, Session session, boolean global, WriteExecutor.Work<T> work,
            Function<T, Effect> effect, int part) {
        return transaction(executor, session, global, work, effect, step(part));
    }

    private <T> T transaction(WriteExecutor executor, Session session, boolean global, WriteExecutor.Work<T> work,
            Function<T, Effect> effect, String step) {
        WriteAttempt noted = attempt;
        if (noted == null) {
            return executor.transaction(session, global, work);
        }
        return executor.transaction(session, global, connection -> {
            T done = work.run(connection);
            EffectRows.note(connection, noted, step, effect.apply(done).json());
            return done;
        });
    }

    private @Nullable Effect effect(String step) {
        String json = attempt == null ? null : attempt.effect(step);
        return json == null ? null : Effect.parse(json);
    }

    private String step(int part) {
        return write + "." + part;
    }
}
