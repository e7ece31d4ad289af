package dev.objectos.runtime.coordination.cluster;

import java.time.Duration;
import java.util.OptionalLong;

/** Locks as rows. All moments are the database's, and so are the numbers, which grow from holder to holder. */
final class LockTable {

    // The number is taken once the row is locked, so that it is above that of the holder before.
    private static final String TAKE = """
            INSERT INTO named_lock AS l (owner, name, token, expires_at)
            VALUES (?, ?, nextval('named_lock_token'), clock_timestamp() + ? * interval '1 microsecond')
            ON CONFLICT (owner, name) DO UPDATE SET token = nextval('named_lock_token'),
                expires_at = clock_timestamp() + ? * interval '1 microsecond'
            WHERE l.expires_at <= clock_timestamp() RETURNING token""";

    private static final String STILL = " WHERE owner = ? AND name = ? AND token = ? AND expires_at > clock_timestamp()";

    private static final String RENEW = """
            UPDATE named_lock SET expires_at = clock_timestamp() + ? * interval '1 microsecond'""" + STILL;

    private static final String GIVE_BACK = "UPDATE named_lock SET expires_at = clock_timestamp()" + STILL;

    /** Far longer than anybody may be on the way to a row that is not there yet. */
    private static final String FORGET = "DELETE FROM named_lock WHERE expires_at < now() - interval '7 days'";

    private final CoordinationDatabase database;

    LockTable(CoordinationDatabase database) {
        this.database = database;
    }

    /** @return the holder's number; empty where somebody else has it */
    OptionalLong take(String owner, String name, Duration time) {
        long micros = time.toNanos() / 1_000;
        var taken = database.run(context -> context.fetch(TAKE, owner, name, micros, micros));
        return taken.isEmpty() ? OptionalLong.empty() : OptionalLong.of(taken.getFirst().get(0, Long.class));
    }

    /** @return whether it was still held */
    boolean renew(String owner, String name, long token, Duration time) {
        return database.changes(RENEW, time.toNanos() / 1_000, owner, name, token);
    }

    /** @return whether it was still held */
    boolean giveBack(String owner, String name, long token) {
        return database.changes(GIVE_BACK, owner, name, token);
    }

    /** Removes locks that nobody has had for long. */
    int forget() {
        return database.run(context -> context.execute(FORGET));
    }

    void erase(String owner) {
        database.changes("DELETE FROM named_lock WHERE owner = ?", owner);
    }
}
