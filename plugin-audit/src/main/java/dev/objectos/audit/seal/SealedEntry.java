package dev.objectos.audit.seal;

import dev.objectos.audit.partition.Partitions.Part;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;

/**
 * An entry as a seal sees it: everything that the database keeps of it, as a digest.
 *
 * @param digest the first half of a SHA-256: whoever wants another entry with it has 2^128 to try
 */
record SealedEntry(UUID tenant, long xid, UUID id, Part part, boolean stranger, byte[] digest) {

    /** Of a table called e. A column as text has the same name as the column, so an order must say which it means. */
    static final String COLUMNS = "tenant_id, xid::text, id, keep_days, at, action, object, record_id::text, "
            + "version::text, user_id::text, impersonator_id::text, ip, user_agent, request_id, origin, changes::text, "
            + "details::text, writer, writer <> ALL (platform.audit_writers())";

    private static final int FIRST_TEXT = 6;
    private static final int LAST_TEXT = 18;
    private static final int BYTES = 16;

    static SealedEntry of(ResultSet row) throws SQLException {
        UUID tenant = row.getObject(1, UUID.class);
        long xid = Long.parseUnsignedLong(row.getString(2));
        UUID id = row.getObject(3, UUID.class);
        int days = row.getInt(4);
        Instant at = row.getObject(5, OffsetDateTime.class).toInstant();
        Fingerprint whole = new Fingerprint("objectos-audit-entry-1").add(tenant).add(xid).add(id).add(days).add(at);
        for (int column = FIRST_TEXT; column <= LAST_TEXT; column++) {
            whole.add(row.getString(column));
        }
        return new SealedEntry(tenant, xid, id, new Part(days, YearMonth.from(at.atZone(ZoneOffset.UTC))),
                row.getBoolean(LAST_TEXT + 1), Arrays.copyOf(whole.end(), BYTES));
    }
}
