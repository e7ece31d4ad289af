package dev.objectos.runtime.metadata.publish;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Which seed records a tenant has been given, and under which ids. The ids are written down before the records are made,
 * and a mark once all of a file are there, so that a start that was cut off is carried on without making one twice.
 */
final class SeedLedger {

    /** Stands in the place of a key; no seed key is empty. */
    private static final String COMPLETE = "";

    private static final UUID NO_RECORD = new UUID(0, 0);

    private final DataSource worker;
    private final UUID tenant;

    SeedLedger(DataSource worker, UUID tenant) {
        this.worker = worker;
        this.tenant = tenant;
    }

    /** What is known of a file: the ids of its records by seed key, and whether all are loaded. */
    record Known(Map<String, UUID> ids, boolean complete) {}

    Known known(String source) throws SQLException {
        var ids = new LinkedHashMap<String, UUID>();
        try (Connection connection = worker.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT seed_key, record_id FROM platform.seed_record WHERE tenant_id = ? AND source = ?")) {
            select.setObject(1, tenant);
            select.setString(2, source);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.put(rows.getString(1), rows.getObject(2, UUID.class));
                }
            }
        }
        boolean complete = ids.remove(COMPLETE) != null;
        return new Known(ids, complete);
    }

    void plan(String source, String object, Map<String, UUID> ids) throws SQLException {
        write(source, object, ids);
    }

    /** @param found the ids of records that were there before, in the place of those planned */
    void complete(String source, String object, Map<String, UUID> found) throws SQLException {
        var ids = new LinkedHashMap<>(found);
        ids.put(COMPLETE, NO_RECORD);
        write(source, object, ids);
    }

    private void write(String source, String object, Map<String, UUID> ids) throws SQLException {
        try (Connection connection = worker.getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                        INSERT INTO platform.seed_record (tenant_id, source, object, seed_key, record_id)
                        SELECT ?, ?, ?, seed.key, seed.id FROM unnest(?::text[], ?::uuid[]) AS seed(key, id)
                        ON CONFLICT (tenant_id, source, object, seed_key)
                        DO UPDATE SET record_id = excluded.record_id""")) {
            insert.setObject(1, tenant);
            insert.setString(2, source);
            insert.setString(3, object);
            insert.setArray(4, connection.createArrayOf("text", ids.keySet().toArray()));
            insert.setArray(5, connection.createArrayOf("uuid", ids.values().toArray()));
            insert.executeUpdate();
        }
    }
}
