package dev.objectos.runtime.coordination.cluster;

import dev.objectos.runtime.coordination.DeadMessage;
import dev.objectos.runtime.coordination.Message;
import dev.objectos.runtime.coordination.QueueDepth;
import dev.objectos.runtime.storage.StoredValue;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Messages as rows. All moments are the database's, for the clocks of nodes differ. */
final class QueueTables {

    private static final String MESSAGE = "id, tenant_id, body, content_type, sender, sent_at, attempts";

    /**
     * What is taken back by a crash of the database is received once more, so nobody waits for the disk. What has had all its
     * attempts is dead instead of being received. The rows go from hand to hand as an array, for a plan that knows no numbers
     * would expect a tenth of the table, and read all of it.
     */
    private static final String RECEIVE = """
            WITH due AS MATERIALIZED (
                SELECT ARRAY(
                    SELECT id FROM queue_message
                    WHERE owner = ? AND queue = ? AND due_at <= now()
                        AND (SELECT set_config('synchronous_commit', 'off', true)) IS NOT NULL
                    ORDER BY due_at, id LIMIT ? FOR UPDATE SKIP LOCKED) AS ids),
            dead AS (
                DELETE FROM queue_message
                WHERE id = ANY (CAST((SELECT ids FROM due) AS bigint[])) AND attempts >= ? RETURNING *),
            buried AS (
                INSERT INTO queue_dead_letter
                    (id, owner, queue, tenant_id, body, content_type, sender, sent_at, attempts, cause)
                SELECT id, owner, queue, tenant_id, body, content_type, sender, sent_at, attempts,
                    coalesce(last_error, 'It was not acknowledged in time') FROM dead),
            received AS (
                UPDATE queue_message SET receipt = gen_random_uuid(), attempts = attempts + 1, last_error = NULL,
                    due_at = clock_timestamp() + ? * interval '1 microsecond'
                WHERE id = ANY (CAST((SELECT ids FROM due) AS bigint[])) AND attempts < ? RETURNING *)
            SELECT %s, receipt, (SELECT count(*) FROM dead) FROM received
            UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, count(*) FROM dead
            """.formatted(MESSAGE);

    private static final String DONE = """
            DELETE FROM queue_message WHERE id = ? AND receipt = ? AND due_at > now()
                AND (SELECT set_config('synchronous_commit', 'off', true)) IS NOT NULL""";

    private static final String EXTEND = """
            UPDATE queue_message SET due_at = clock_timestamp() + ? * interval '1 microsecond'
            WHERE id = ? AND receipt = ? AND due_at > now()""";

    private static final String GIVE_BACK = """
            UPDATE queue_message SET due_at = clock_timestamp() + ? * interval '1 microsecond', receipt = NULL,
                last_error = ?
            WHERE id = ? AND receipt = ? AND due_at > now()""";

    private static final String DEPTHS = """
            SELECT owner, queue, count(*) FILTER (WHERE kind = 'waiting'), count(*) FILTER (WHERE kind = 'received'),
                count(*) FILTER (WHERE kind = 'dead')
            FROM (SELECT owner, queue, CASE WHEN receipt IS NOT NULL AND due_at > now() THEN 'received' ELSE 'waiting' END
                      AS kind FROM queue_message
                  UNION ALL SELECT owner, queue, 'dead' FROM queue_dead_letter) AS message
            WHERE cast(? AS text) IS NULL OR owner = ? AND queue = ?
            GROUP BY owner, queue""";

    private static final String REVIVE = """
            WITH revived AS (DELETE FROM queue_dead_letter WHERE id = ? AND owner = ? AND queue = ? RETURNING *)
            INSERT INTO queue_message (id, owner, queue, tenant_id, body, content_type, sender, sent_at, due_at)
            OVERRIDING SYSTEM VALUE
            SELECT id, owner, queue, tenant_id, body, content_type, sender, sent_at, now() FROM revived""";

    private static final Field<Long> ID = DSL.field(DSL.name("id"), SQLDataType.BIGINT);

    private final CoordinationDatabase database;

    QueueTables(CoordinationDatabase database) {
        this.database = database;
    }

    /** What one asking has led to. */
    record Receipts(List<Received> messages, long died) {}

    /** A message and by what its receiver is known. */
    record Received(long number, UUID tenant, StoredValue body, String sender, Instant sentAt, int attempt,
            UUID receipt) {}

    private static long micros(Duration time) {
        return time.toNanos() / 1_000;
    }

    List<Long> send(QueueName queue, String sender, List<Message> messages, Duration delay) {
        Field<OffsetDateTime> due = DSL.field("clock_timestamp() + {0} * interval '1 microsecond'",
                SQLDataType.TIMESTAMPWITHTIMEZONE, DSL.val(micros(delay)));
        return database.run(context -> {
            var insert = context.insertInto(DSL.table(DSL.name("queue_message")), column("owner", SQLDataType.VARCHAR),
                    column("queue", SQLDataType.VARCHAR), column("tenant_id", SQLDataType.UUID),
                    column("sender", SQLDataType.VARCHAR), column("body", SQLDataType.BLOB),
                    column("content_type", SQLDataType.VARCHAR), column("due_at", SQLDataType.TIMESTAMPWITHTIMEZONE));
            for (Message message : messages) {
                insert = insert.values(DSL.val(queue.owner()), DSL.val(queue.name()), DSL.val(message.tenant()),
                        DSL.val(sender), DSL.val(message.body().bytes()), DSL.val(message.body().contentType()), due);
            }
            return insert.returning(ID).fetch().stream().map(row -> row.get(ID)).sorted().toList();
        });
    }

    private static <T> Field<T> column(String name, DataType<T> type) {
        return DSL.field(DSL.name(name), type);
    }

    /** @param attempts after which a message is dead */
    Receipts receive(QueueName queue, int most, Duration visibility, int attempts) {
        return database.run(context -> {
            var rows = context.fetch(RECEIVE, queue.owner(), queue.name(), most, attempts, micros(visibility),
                    attempts);
            long died = rows.getFirst().get(8, Long.class);
            List<Received> messages = rows.stream().filter(row -> row.get(0) != null).map(QueueTables::received)
                    .sorted(Comparator.comparingLong(Received::number)).toList();
            return new Receipts(messages, died);
        });
    }

    private static Received received(Record row) {
        return new Received(row.get(0, Long.class), row.get(1, UUID.class), body(row), row.get(4, String.class),
                instant(row, 5), row.get(6, Integer.class), row.get(7, UUID.class));
    }

    private static StoredValue body(Record row) {
        return new StoredValue(row.get(2, byte[].class), row.get(3, String.class));
    }

    private static Instant instant(Record row, int column) {
        return row.get(column, OffsetDateTime.class).toInstant();
    }

    boolean acknowledge(long number, UUID receipt) {
        return database.changes(DONE, number, receipt);
    }

    boolean extend(long number, UUID receipt, Duration visibility) {
        return database.changes(EXTEND, micros(visibility), number, receipt);
    }

    boolean giveBack(long number, UUID receipt, Duration delay, String reason) {
        return database.changes(GIVE_BACK, micros(delay), reason, number, receipt);
    }

    QueueDepth depth(QueueName queue) {
        return depths(queue.owner(), queue.owner(), queue.name()).getOrDefault(queue, new QueueDepth(0, 0, 0));
    }

    /** Of all queues that hold something. */
    Map<QueueName, QueueDepth> depths() {
        return depths(null, null, null);
    }

    private Map<QueueName, QueueDepth> depths(@Nullable String... which) {
        var depths = new HashMap<QueueName, QueueDepth>();
        database.run(context -> context.fetch(DEPTHS, (Object[]) which))
                .forEach(row -> depths.put(new QueueName(row.get(0, String.class), row.get(1, String.class)),
                        new QueueDepth(row.get(2, Long.class), row.get(3, Long.class), row.get(4, Long.class))));
        return depths;
    }

    List<DeadMessage> dead(QueueName queue, long after, int limit) {
        return database.run(context -> context.fetch("SELECT " + MESSAGE + ", cause, died_at FROM queue_dead_letter "
                + "WHERE owner = ? AND queue = ? AND id > ? ORDER BY id LIMIT ?", queue.owner(), queue.name(), after,
                limit))
                .map(row -> new DeadMessage(row.get(0, Long.class), row.get(1, UUID.class), body(row),
                        row.get(4, String.class), instant(row, 5), row.get(6, Integer.class),
                        row.get(7, String.class), instant(row, 8)));
    }

    boolean revive(QueueName queue, long number) {
        return database.changes(REVIVE, number, queue.owner(), queue.name());
    }

    boolean discard(QueueName queue, long number) {
        return database.changes("DELETE FROM queue_dead_letter WHERE id = ? AND owner = ? AND queue = ?",
                number, queue.owner(), queue.name());
    }

    /** @return how many dead messages were too old */
    int forgetDead(Duration age) {
        return database.run(context -> context.execute(
                "DELETE FROM queue_dead_letter WHERE died_at < now() - ? * interval '1 microsecond'", micros(age)));
    }

    void admit(QueueName queue, String sender) {
        database.changes(
                "INSERT INTO queue_sender (owner, queue, plugin) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                queue.owner(), queue.name(), sender);
    }

    void dismiss(QueueName queue, String sender) {
        database.changes("DELETE FROM queue_sender WHERE owner = ? AND queue = ? AND plugin = ?",
                queue.owner(), queue.name(), sender);
    }

    boolean admits(QueueName queue, String sender) {
        return database.run(context -> !context
                .fetch("SELECT true FROM queue_sender WHERE owner = ? AND queue = ? AND plugin = ?", queue.owner(),
                        queue.name(), sender)
                .isEmpty());
    }

    void erase(String plugin) {
        database.changes("DELETE FROM queue_message WHERE owner = ?", plugin);
        database.changes("DELETE FROM queue_dead_letter WHERE owner = ?", plugin);
        database.changes("DELETE FROM queue_sender WHERE owner = ? OR plugin = ?", plugin, plugin);
    }
}
