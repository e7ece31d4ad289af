package dev.objectos.runtime.idempotency;

import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.IdempotencyKeys;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The keys in the database. An attempt holds its key for as long as its node says that it is at it; when that ends without
 * an answer, the next request under the key goes on where the attempt has stopped.
 */
public final class StoredIdempotencyKeys implements IdempotencyKeys {

    private static final String CLAIM = """
            INSERT INTO platform.idempotency_key
                (tenant_id, user_id, key, fingerprint, attempt, leased_until, expires_at)
            VALUES ({0}, {1}, {2}, {3}, {4}, now() + interval '5 seconds', now() + interval '24 hours')
            ON CONFLICT (tenant_id, user_id, key) DO NOTHING""";

    private static final String MINE = " WHERE tenant_id = {0} AND user_id = {1} AND key = {2}";

    private static final String FIND = """
            SELECT fingerprint, status, content_type, location, etag, body,
                leased_until <= now() AS lapsed, expires_at <= now() AS expired
            FROM platform.idempotency_key""" + MINE + " FOR UPDATE";

    private static final String FORGET = "DELETE FROM platform.idempotency_key" + MINE;

    private static final String TAKE_OVER = """
            UPDATE platform.idempotency_key SET attempt = {3}, leased_until = now() + interval '5 seconds'""" + MINE;

    private static final String EFFECTS = "SELECT step, effect::text AS effect FROM platform.idempotent_effect" + MINE;

    private static final String KEEP = """
            UPDATE platform.idempotency_key
            SET status = {4}, content_type = {5}, location = {6}, etag = {7}, body = {8}"""
            + MINE + " AND attempt = {3}";

    /** Without an effect there is nothing to go on from, and the key is free again. */
    private static final String FREE = FORGET + " AND attempt = {3} AND NOT EXISTS ("
            + "SELECT FROM platform.idempotent_effect AS e"
            + " WHERE e.tenant_id = {0} AND e.user_id = {1} AND e.key = {2})";

    private static final String GIVE_UP = "UPDATE platform.idempotency_key SET leased_until = now()" + MINE
            + " AND attempt = {3}";

    /** Stands for work that no user asked for. */
    private static final UUID NOBODY = new UUID(0, 0);

    private final DSLContext app;
    private final KeyKeeper keeper;

    /** @param app connections of the role that requests use */
    public StoredIdempotencyKeys(DataSource app, KeyKeeper keeper) {
        this.app = DSL.using(app, SQLDialect.POSTGRES);
        this.keeper = keeper;
    }

    @Override
    public Claim claim(Session session, String key, byte[] fingerprint) {
        UUID user = Objects.requireNonNullElse(session.userId(), NOBODY);
        var attempt = new WriteAttempt(UUID.randomUUID(), session.tenant(), user, key, Map.of());
        @Nullable
        Claim claim;
        do {
            claim = within(session.tenant(), sql -> claim(sql, attempt, fingerprint));
        } while (claim == null);
        if (claim instanceof Claim.Begun) {
            keeper.begun(attempt.id());
        }
        return claim;
    }

    private void keep(WriteAttempt attempt, Answer answer) {
        keeper.ended(attempt.id());
        within(attempt.tenant(),
                sql -> sql.execute(KEEP, tenant(attempt), user(attempt), key(attempt), DSL.val(attempt.id()),
                        DSL.val(answer.status()), DSL.val(answer.contentType(), String.class),
                        DSL.val(answer.location(), String.class), DSL.val(answer.etag(), String.class),
                        DSL.val(answer.body())));
    }

    private void release(WriteAttempt attempt) {
        keeper.ended(attempt.id());
        within(attempt.tenant(), sql -> {
            int freed = sql.execute(FREE, tenant(attempt), user(attempt), key(attempt), DSL.val(attempt.id()));
            return freed == 1
                    ? freed
                    : sql.execute(GIVE_UP, tenant(attempt), user(attempt), key(attempt), DSL.val(attempt.id()));
        });
    }

    /** Null: the key has just become free, try again. */
    private @Nullable Claim claim(DSLContext sql, WriteAttempt attempt, byte[] fingerprint) {
        Param<UUID> tenant = tenant(attempt);
        Param<UUID> user = user(attempt);
        Param<String> key = key(attempt);
        if (sql.execute(CLAIM, tenant, user, key, DSL.val(fingerprint), DSL.val(attempt.id())) == 1) {
            return new Claim.Begun(new Held(attempt));
        }
        Record found = sql.resultQuery(FIND, tenant, user, key).fetchOne();
        if (found == null) {
            return null;
        }
        if (found.get("expired", Boolean.class)) {
            sql.execute(FORGET, tenant, user, key);
            return null;
        }
        if (!Arrays.equals(found.get("fingerprint", byte[].class), fingerprint)) {
            return new Claim.Reused();
        }
        if (found.get("status") != null) {
            return new Claim.Answered(new Answer(found.get("status", Integer.class),
                    found.get("content_type", String.class), found.get("location", String.class),
                    found.get("etag", String.class), found.get("body", byte[].class)));
        }
        if (!found.get("lapsed", Boolean.class)) {
            return new Claim.Running();
        }
        sql.execute(TAKE_OVER, tenant, user, key, DSL.val(attempt.id()));
        Map<String, String> effects = sql.resultQuery(EFFECTS, tenant, user, key).fetchMap(
                row -> row.get("step", String.class), row -> row.get("effect", String.class));
        return new Claim.Begun(new Held(attempt.after(effects)));
    }

    private static Param<UUID> tenant(WriteAttempt attempt) {
        return DSL.val(attempt.tenant());
    }

    private static Param<UUID> user(WriteAttempt attempt) {
        return DSL.val(attempt.user());
    }

    private static Param<String> key(WriteAttempt attempt) {
        return DSL.val(attempt.key());
    }

    private <T extends @Nullable Object> T within(UUID tenant, Function<DSLContext, T> work) {
        return app.transactionResult(configuration -> {
            DSLContext here = configuration.dsl();
            here.execute("SELECT set_config('app.tenant', {0}, true)", DSL.val(tenant.toString()));
            return work.apply(here);
        });
    }

    /** An attempt that has the key. */
    private final class Held implements Attempt {

        private final WriteAttempt attempt;

        private Held(WriteAttempt attempt) {
            this.attempt = attempt;
        }

        @Override
        public <T extends @Nullable Object, X extends Throwable> T run(ScopedValue.CallableOp<T, X> work) throws X {
            return attempt.run(work);
        }

        @Override
        public void keep(Answer answer) {
            StoredIdempotencyKeys.this.keep(attempt, answer);
        }

        @Override
        public void release() {
            StoredIdempotencyKeys.this.release(attempt);
        }
    }
}
