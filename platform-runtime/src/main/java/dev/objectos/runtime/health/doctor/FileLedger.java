package dev.objectos.runtime.health.doctor;

import org.jooq.DSLContext;

/** Whether what tenants' files take up, as it is counted, is what they are together. */
final class FileLedger {

    private static final String MISCOUNTED = """
            SELECT 'tenant ' || tenant_id || ' has ' || coalesce(f.bytes, 0) || ' bytes in ' || coalesce(f.files, 0)
                   || ' files, and ' || coalesce(u.bytes, 0) || ' in ' || coalesce(u.files, 0) || ' are counted'
            FROM (SELECT tenant_id, count(*) AS files, sum(size) AS bytes FROM platform.file WHERE state <> 'removed'
                  GROUP BY tenant_id) AS f
            FULL JOIN platform.file_usage AS u USING (tenant_id)
            WHERE (coalesce(f.files, 0), coalesce(f.bytes, 0)) <> (coalesce(u.files, 0), coalesce(u.bytes, 0))""";

    private FileLedger() {}

    static Check of(DSLContext sql) {
        return new Invariant("room of files", sql, MISCOUNTED, "it is counted right for every tenant",
                "correct the rows of platform.file_usage; quotas are kept by them");
    }
}
