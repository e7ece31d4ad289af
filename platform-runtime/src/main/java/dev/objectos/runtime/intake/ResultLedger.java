package dev.objectos.runtime.intake;

import dev.objectos.runtime.pipeline.BatchLedger;
import dev.objectos.runtime.sql.WriteConnection;
import dev.objectos.runtime.sql.WriteJson;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes down, with the records of a job, from which of its rows they are; what is written down already is not done again. */
record ResultLedger(UUID tenant, UUID job) implements BatchLedger {

    private static final String NOTE = """
            INSERT INTO platform.import_result (tenant_id, job, row, action, record, version, before)
            SELECT cast(? AS uuid), cast(? AS uuid), r.row, r.action, r.record, r.version, r.before
            FROM json_to_recordset(cast(? AS json))
                AS r (row integer, action text, record uuid, version bigint, before text)
            ON CONFLICT DO NOTHING""";

    /** The same for records that are put back; the places of the entries mean nothing. */
    record Undone(UUID tenant, UUID job) implements BatchLedger {

        private static final String NOTE = """
                UPDATE platform.import_result SET undone = 'done'
                WHERE tenant_id = cast(? AS uuid) AND job = cast(? AS uuid) AND undone IS NULL
                  AND record = ANY (cast(? AS uuid[]))""";

        @Override
        public void note(WriteConnection connection, List<Entry> entries) throws SQLException {
            var ids = new StringBuilder("{");
            for (Entry entry : entries) {
                ids.append(ids.length() == 1 ? "" : ",").append(entry.id());
            }
            int noted = connection.note(NOTE, tenant.toString(), job.toString(), ids.append('}').toString());
            if (noted < entries.size()) {
                throw new LostClaimException();
            }
        }
    }

    @Override
    public void note(WriteConnection connection, List<Entry> entries) throws SQLException {
        var rows = new ArrayList<Map<String, @Nullable Object>>(entries.size());
        for (Entry entry : entries) {
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("row", entry.index());
            row.put("action", entry.created() ? "created" : "updated");
            row.put("record", entry.id());
            row.put("version", entry.version());
            row.put("before", entry.before().isEmpty() ? null : WriteJson.text(entry.before()));
            rows.add(row);
        }
        int noted = connection.note(NOTE, tenant.toString(), job.toString(), WriteJson.text(rows));
        if (noted < entries.size()) {
            throw new LostClaimException();
        }
    }
}
