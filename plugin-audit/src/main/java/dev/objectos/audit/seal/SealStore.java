package dev.objectos.audit.seal;

import dev.objectos.audit.partition.Partitions.Part;
import dev.objectos.audit.seal.Checkpoint.Link;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Seals in the database: read and added, never changed. */
final class SealStore {

    private static final long LOCK = 0x6f626a6563744175L;
    private static final int FETCH = 500;

    private final JdbcTemplate sql;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;

    /** @param worker connections of the role that does the platform's own work */
    SealStore(DataSource worker) {
        this.sql = new JdbcTemplate(worker);
        sql.setFetchSize(FETCH);
        var transactions = new DataSourceTransactionManager(worker);
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        reading.setReadOnly(true);
        // One look at everything, so that nothing is sealed between two questions.
        reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /** A stored checkpoint: what it says of itself. */
    record Stored(long number, long horizon, Instant at, long entries, byte[] previous, byte[] hash, String key,
            byte[] signature) {}

    /** A batch of a checkpoint, and the hash that was stored with it. */
    record StoredBatch(Batch batch, byte[] hash) {}

    /** What came of work that one node does at a time; empty where another one does it now. */
    <T> Optional<T> alone(Supplier<T> work) {
        return writing.execute(_ -> Boolean.TRUE
                .equals(sql.queryForObject("SELECT pg_try_advisory_xact_lock(?)", Boolean.class, LOCK))
                        ? Optional.of(work.get())
                        : Optional.<T>empty());
    }

    /** Work that waits until no other node does such. */
    <T> T inTurn(Supplier<T> work) {
        return Objects.requireNonNull(writing.execute(_ -> {
            sql.query("SELECT pg_advisory_xact_lock(?)", _ -> {}, LOCK);
            return work.get();
        }));
    }

    void reading(Runnable work) {
        reading.executeWithoutResult(_ -> work.run());
    }

    /** The transaction before which all have ended. */
    long horizon() {
        return number("SELECT (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + transactions)::text "
                + "FROM platform.audit_offset");
    }

    /**
     * Where a batch ends that begins at a transaction and has that many entries, or a few more.
     *
     * @return the horizon where there are fewer; empty: there are none
     */
    Optional<Long> end(long since, long horizon, int entries) {
        List<Long> places = sql.query("""
                SELECT e.xid::text FROM platform.audit_entry e WHERE e.xid >= ?::text::xid8 AND e.xid < ?::text::xid8
                ORDER BY e.xid LIMIT 1""", (row, _) -> xid(row, 1), since + "", horizon + "");
        if (places.isEmpty()) {
            return Optional.empty();
        }
        List<Long> far = sql.query("""
                SELECT e.xid::text FROM platform.audit_entry e WHERE e.xid >= ?::text::xid8 AND e.xid < ?::text::xid8
                ORDER BY e.xid OFFSET ? LIMIT 1""", (row, _) -> xid(row, 1), since + "", horizon + "", entries);
        return Optional.of(far.isEmpty() ? horizon : Math.max(far.getFirst(), places.getFirst() + 1));
    }

    /** The entries of transactions from one to before another, by tenant, transaction and id. */
    void entries(long since, long horizon, Consumer<SealedEntry> consumer) {
        sql.query("SELECT " + SealedEntry.COLUMNS + " FROM platform.audit_entry e "
                + "WHERE xid >= ?::text::xid8 AND xid < ?::text::xid8 ORDER BY e.tenant_id, e.xid, e.id",
                row -> {
                    consumer.accept(SealedEntry.of(row));
                }, since + "", horizon + "");
    }

    /** All entries, or those of one tenant, by tenant, transaction and id; to be closed. */
    Stream<SealedEntry> entries(@Nullable UUID tenant) {
        return sql.queryForStream("SELECT " + SealedEntry.COLUMNS + " FROM platform.audit_entry e "
                + "WHERE ?::uuid IS NULL OR tenant_id = ? ORDER BY e.tenant_id, e.xid, e.id",
                (row, _) -> SealedEntry.of(row), tenant, tenant);
    }

    Optional<Stored> latest() {
        return sql.query("SELECT * FROM platform.audit_checkpoint ORDER BY number DESC LIMIT 1",
                (row, _) -> checkpoint(row)).stream().findFirst();
    }

    /** All checkpoints, first one first. */
    void checkpoints(Consumer<Stored> consumer) {
        sql.query("SELECT * FROM platform.audit_checkpoint ORDER BY number", row -> {
            consumer.accept(checkpoint(row));
        });
    }

    List<Link> links(long checkpoint) {
        return sql.query("SELECT tenant_id, number, hash FROM platform.audit_batch WHERE checkpoint = ?",
                (row, _) -> new Link(row.getObject(1, UUID.class), row.getLong(2), row.getBytes(3)), checkpoint);
    }

    /** All batches, or those of one tenant, by tenant and number; to be closed. */
    Stream<StoredBatch> batches(@Nullable UUID tenant) {
        return sql.queryForStream("""
                SELECT b.tenant_id, b.number, b.since::text, b.horizon::text, b.strangers, b.previous, b.hash,
                       p.days, p.months, p.entries, p.digests
                FROM platform.audit_batch b CROSS JOIN LATERAL (
                    SELECT array_agg(keep_days) AS days, array_agg(to_char(month, 'YYYY-MM')) AS months,
                           array_agg(entries) AS entries, array_agg(digest) AS digests
                    FROM platform.audit_batch_part p WHERE p.tenant_id = b.tenant_id AND p.number = b.number) p
                WHERE ?::uuid IS NULL OR b.tenant_id = ? ORDER BY b.tenant_id, b.number""",
                (row, _) -> new StoredBatch(new Batch(row.getObject(1, UUID.class), row.getLong(2), xid(row, 3),
                        xid(row, 4), List.of((UUID[]) row.getArray(5).getArray()), row.getBytes(6), parts(row)),
                        row.getBytes(7)),
                tenant, tenant);
    }

    private static List<Batch.PartDigest> parts(ResultSet row) throws SQLException {
        var parts = new ArrayList<Batch.PartDigest>();
        if (row.getArray(8) == null) {
            return parts;
        }
        var days = (Integer[]) row.getArray(8).getArray();
        var months = (String[]) row.getArray(9).getArray();
        var entries = (Integer[]) row.getArray(10).getArray();
        var digests = (byte[][]) row.getArray(11).getArray();
        for (int i = 0; i < days.length; i++) {
            parts.add(new Batch.PartDigest(new Part(days[i], YearMonth.parse(months[i])), entries[i], digests[i]));
        }
        return parts;
    }

    /** What a part of a batch held. */
    byte[] listing(UUID tenant, long number, Part part) {
        return sql.query("""
                SELECT listing FROM platform.audit_batch_part
                WHERE tenant_id = ? AND number = ? AND keep_days = ? AND month = ?""", (row, _) -> row.getBytes(1),
                tenant, number, part.days(), part.month().atDay(1)).stream().findFirst().orElse(new byte[0]);
    }

    /** The latest batch of a tenant, as what the next one follows. */
    Optional<Link> latest(UUID tenant) {
        return sql.query("""
                SELECT number, hash FROM platform.audit_batch WHERE tenant_id = ? ORDER BY number DESC LIMIT 1""",
                (row, _) -> new Link(tenant, row.getLong(1), row.getBytes(2)), tenant).stream().findFirst();
    }

    long horizon(UUID tenant) {
        return sql.query("SELECT coalesce(max(horizon)::text, '0') FROM platform.audit_batch WHERE tenant_id = ?",
                (row, _) -> xid(row, 1), tenant).getFirst();
    }

    void add(Batch batch, long checkpoint, List<Listed> parts) {
        sql.update(
                """
                        INSERT INTO platform.audit_batch (tenant_id, number, checkpoint, since, horizon, strangers, previous, hash)
                        VALUES (?, ?, ?, ?::text::xid8, ?::text::xid8, ?, ?, ?)""",
                batch.tenant(), batch.number(), checkpoint,
                batch.since() + "", batch.horizon() + "", batch.strangers().toArray(UUID[]::new), batch.previous(),
                batch.hash());
        var rows = new ArrayList<Object[]>();
        for (Listed part : parts) {
            rows.add(new Object[]{batch.tenant(), batch.number(), part.part().days(), part.part().month().atDay(1),
                    part.listing().entries(), part.listing().digest(), part.listing().bytes()});
        }
        sql.batchUpdate("INSERT INTO platform.audit_batch_part VALUES (?, ?, ?, ?, ?, ?, ?)", rows);
    }

    /** What a new batch holds of one class and month. */
    record Listed(Part part, Listing listing) {}

    void add(Checkpoint checkpoint, byte[] hash, String key, byte[] signature) {
        sql.update("""
                INSERT INTO platform.audit_checkpoint
                    (number, horizon, sealed_at, entries, previous, hash, key_id, signature)
                VALUES (?, ?::text::xid8, ?, ?, ?, ?, ?, ?)""", checkpoint.number(), checkpoint.horizon() + "",
                checkpoint.at().atOffset(ZoneOffset.UTC), checkpoint.entries(), checkpoint.previous(), hash, key,
                signature);
    }

    /** Parts that are gone for good, as was signed. */
    List<Retirement> retirements() {
        return sql.query("SELECT * FROM platform.audit_retirement", (row, _) -> new Retirement(
                new Part(row.getInt("keep_days"), YearMonth.from(row.getObject("month", LocalDate.class))),
                row.getObject("retired_at", OffsetDateTime.class).toInstant(), row.getLong("entries"),
                row.getString("archive"), row.getBytes("archive_digest"), row.getBytes("signature")));
    }

    void add(Retirement retirement, String key) {
        sql.update("""
                INSERT INTO platform.audit_retirement
                    (keep_days, month, retired_at, entries, archive, archive_digest, key_id, signature)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""", retirement.part().days(), retirement.part().month().atDay(1),
                retirement.at().atOffset(ZoneOffset.UTC), retirement.entries(), retirement.archive(),
                retirement.archiveDigest(), key, retirement.signature());
    }

    /** Ends a part for good; the database refuses where its time is not over, or nobody has signed. */
    void retire(Part part) {
        sql.query("SELECT platform.audit_retire(?, ?)", _ -> {}, part.days(), part.month().atDay(1));
    }

    /** The entries of a part, by tenant, transaction and id. */
    void entries(Part part, RowCallbackHandler consumer) {
        sql.query("SELECT " + SealedEntry.COLUMNS + " FROM platform.audit_entry e "
                + "WHERE keep_days = ? AND at >= ? AND at < ? ORDER BY e.tenant_id, e.xid, e.id", consumer, part.days(),
                beginning(part.month()), beginning(part.month().plusMonths(1)));
    }

    /** How many entries a part has, and how many of them no checkpoint covers. */
    Counted count(Part part, long horizon) {
        return sql.query("SELECT count(*), count(*) FILTER (WHERE xid >= ?::text::xid8) FROM platform.audit_entry e "
                + "WHERE keep_days = ? AND at >= ? AND at < ?",
                (row, _) -> new Counted(row.getLong(1), row.getLong(2)), horizon + "", part.days(),
                beginning(part.month()), beginning(part.month().plusMonths(1))).getFirst();
    }

    record Counted(long entries, long unsealed) {}

    private static OffsetDateTime beginning(YearMonth month) {
        return month.atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    private long number(String query) {
        return Long.parseUnsignedLong(Objects.requireNonNull(sql.queryForObject(query, String.class)));
    }

    private static Stored checkpoint(ResultSet row) throws SQLException {
        return new Stored(row.getLong("number"), Long.parseUnsignedLong(row.getString("horizon")),
                row.getObject("sealed_at", OffsetDateTime.class).toInstant(), row.getLong("entries"),
                row.getBytes("previous"), row.getBytes("hash"), row.getString("key_id"), row.getBytes("signature"));
    }

    private static long xid(ResultSet row, int column) throws SQLException {
        return Long.parseUnsignedLong(row.getString(column));
    }
}
