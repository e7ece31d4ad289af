package dev.objectos.runtime.notification.store;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.notification.Notification;
import dev.objectos.runtime.notification.NotificationPage;
import dev.objectos.runtime.notification.NotificationPreferences;
import dev.objectos.runtime.notification.NotificationPreferences.Kind;
import dev.objectos.runtime.notification.Notifications;
import dev.objectos.runtime.notification.StoredNotification;
import dev.objectos.runtime.session.Session;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The notifications in the database: written as the worker, read as requests are served. */
public final class PostgresNotifications implements Notifications {

    private static final String SEND = """
            INSERT INTO platform.notification (tenant_id, recipient, key, type, title, body, link)
            VALUES ({0}, {1}, {2}, {3}, {4}, {5}, {6})
            ON CONFLICT (tenant_id, recipient, key) DO NOTHING""";

    private static final String PAGE = """
            SELECT id, type, title, body, link, created_at, read_at FROM platform.notification
            WHERE tenant_id = {0} AND recipient = {1} AND {2} ORDER BY id DESC LIMIT {3}""";

    private static final String UNREAD = """
            SELECT count(*)::int FROM platform.notification
            WHERE tenant_id = {0} AND recipient = {1} AND read_at IS NULL""";

    private static final String READ = """
            UPDATE platform.notification SET read_at = now()
            WHERE tenant_id = {0} AND recipient = {1} AND read_at IS NULL AND {2}""";

    private static final String PREFERENCES = """
            SELECT kind, enabled, in_app, email FROM platform.notification_preference
            WHERE tenant_id = {0} AND recipient = {1}""";

    private static final String FORGET = """
            DELETE FROM platform.notification_preference WHERE tenant_id = {0} AND recipient = {1}""";

    private static final String PREFER = """
            INSERT INTO platform.notification_preference (tenant_id, recipient, kind, enabled, in_app, email)
            VALUES ({0}, {1}, {2}, {3}, {4}, {5})
            ON CONFLICT (tenant_id, recipient, kind)
            DO UPDATE SET enabled = excluded.enabled, in_app = excluded.in_app, email = excluded.email""";

    /** Where the preferences for all other kinds stand. */
    private static final String OTHERS = "";

    private final DSLContext worker;
    private final DSLContext app;

    /**
     * @param app connections of the role that requests use
     * @param worker connections of the role that does the platform's own work
     */
    public PostgresNotifications(DataSource app, DataSource worker) {
        this.app = DSL.using(app, SQLDialect.POSTGRES);
        this.worker = DSL.using(worker, SQLDialect.POSTGRES);
    }

    @Override
    public boolean send(Notification notification) {
        return preferences(notification.tenant(), notification.recipient()).inApp(notification.type())
                && worker.execute(SEND, DSL.val(notification.tenant()), DSL.val(notification.recipient()),
                        DSL.val(notification.key()), DSL.val(notification.type()), DSL.val(notification.title()),
                        DSL.val(notification.body(), String.class), DSL.val(notification.link(), String.class)) == 1;
    }

    @Override
    public NotificationPage page(@Nullable Boolean read, @Nullable String type, @Nullable String cursor, int limit,
            Session session) {
        if (limit < 1 || limit > MAXIMUM) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "limit must be between 1 and " + MAXIMUM + ", and is " + limit);
        }
        Condition before = cursor == null
                ? DSL.trueCondition()
                : DSL.condition("id < {0}", DSL.val(position(cursor)));
        Condition state = read == null ? before : before.and(read ? "read_at IS NOT NULL" : "read_at IS NULL");
        Condition wanted = type == null ? state : state.and(DSL.condition("type = {0}", DSL.val(type)));
        UUID user = session.userId();
        if (user == null) {
            return new NotificationPage(List.of(), 0, null);
        }
        return within(session, sql -> {
            List<StoredNotification> found = sql
                    .resultQuery(PAGE, DSL.val(session.tenant()), DSL.val(user), wanted, DSL.val(limit + 1))
                    .fetch(PostgresNotifications::notification);
            int unread = Objects.requireNonNull(sql
                    .resultQuery(UNREAD, DSL.val(session.tenant()), DSL.val(user)).fetchSingle(0, Integer.class));
            boolean more = found.size() > limit;
            List<StoredNotification> items = more ? found.subList(0, limit) : found;
            return new NotificationPage(items, unread, more ? items.getLast().id().toString() : null);
        });
    }

    @Override
    public int read(Collection<UUID> ids, Session session) {
        return read(DSL.condition("id = ANY ({0})", DSL.val(ids.toArray(UUID[]::new))), session);
    }

    @Override
    public int readAll(Session session) {
        return read(DSL.trueCondition(), session);
    }

    private int read(Condition which, Session session) {
        UUID user = session.userId();
        return user == null
                ? 0
                : within(session,
                        sql -> sql.execute(READ, DSL.val(session.tenant()), DSL.val(user), which));
    }

    @Override
    public NotificationPreferences preferences(UUID tenant, UUID person) {
        return preferences(worker, tenant, person);
    }

    @Override
    public NotificationPreferences preferences(Session session) {
        UUID user = session.userId();
        return user == null
                ? NotificationPreferences.DEFAULT
                : within(session, sql -> preferences(sql, session.tenant(), user));
    }

    private static NotificationPreferences preferences(DSLContext sql, UUID tenant, UUID person) {
        var rows = new HashMap<String, Kind>();
        sql.resultQuery(PREFERENCES, DSL.val(tenant), DSL.val(person))
                .forEach(row -> rows.put(row.get("kind", String.class), kind(row)));
        Kind others = rows.remove(OTHERS);
        return others == null
                ? NotificationPreferences.DEFAULT
                : new NotificationPreferences(Boolean.TRUE.equals(others.inApp()), Boolean.TRUE.equals(others.email()),
                        rows);
    }

    @Override
    public void prefer(NotificationPreferences preferences, Session session) {
        UUID user = session.userId();
        if (preferences.kinds().size() > MOST_KINDS) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "There are preferences for at most " + MOST_KINDS + " kinds of news");
        }
        if (user == null) {
            return;
        }
        var rows = new HashMap<>(preferences.kinds());
        rows.put(OTHERS, new Kind(true, preferences.inApp(), preferences.email()));
        within(session, sql -> {
            int forgotten = sql.execute(FORGET, DSL.val(session.tenant()), DSL.val(user));
            rows.forEach((name, kind) -> sql.execute(PREFER, DSL.val(session.tenant()), DSL.val(user), DSL.val(name),
                    DSL.val(kind.enabled()), DSL.val(kind.inApp(), Boolean.class),
                    DSL.val(kind.email(), Boolean.class)));
            return forgotten;
        });
    }

    /** A transaction that sees the session's tenant alone. */
    private <T> T within(Session session, Function<DSLContext, T> work) {
        return app.transactionResult(configuration -> {
            DSLContext here = configuration.dsl();
            here.execute("SELECT set_config('app.tenant', {0}, true)", DSL.val(session.tenant().toString()));
            return work.apply(here);
        });
    }

    private static UUID position(String cursor) {
        try {
            return UUID.fromString(cursor);
        } catch (IllegalArgumentException e) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "cursor must be the nextCursor of an earlier answer", e);
        }
    }

    private static StoredNotification notification(Record row) {
        OffsetDateTime readAt = row.get("read_at", OffsetDateTime.class);
        return new StoredNotification(row.get("id", UUID.class), row.get("type", String.class),
                row.get("title", String.class), row.get("body", String.class), row.get("link", String.class),
                row.get("created_at", OffsetDateTime.class).toInstant(), readAt == null ? null : readAt.toInstant());
    }

    private static Kind kind(Record row) {
        return new Kind(row.get("enabled", Boolean.class), row.get("in_app", Boolean.class),
                row.get("email", Boolean.class));
    }
}
