package dev.objectos.runtime.health.doctor;

import java.util.List;
import org.jooq.DSLContext;

/** Whether the tables are what the platform believes that it has published, no less and no more. */
final class Ledger {

    private static final String PUBLISH = "start the server, which publishes what is missing; where it stays, restore the "
            + "schema from a backup";

    private static final String MISSING = """
            WITH published AS (
                SELECT o.object, o.table_name, to_regclass(format('data.%I', o.table_name)) AS relation
                FROM platform.schema_object o)
            SELECT 'table ' || table_name || ' is missing' FROM published WHERE relation IS NULL
            UNION ALL
            SELECT 'column ' || p.table_name || '.' || c.name || ' is missing'
            FROM published p JOIN platform.schema_column c USING (object)
            WHERE p.relation IS NOT NULL AND NOT EXISTS (SELECT FROM pg_attribute a
                WHERE a.attrelid = p.relation AND a.attname = c.name AND NOT a.attisdropped)
            UNION ALL
            SELECT 'column ' || p.table_name || '.' || c.name || ' is ' || format_type(a.atttypid, a.atttypmod)
                   || ' instead of ' || c.type
            FROM published p JOIN platform.schema_column c USING (object)
            JOIN pg_attribute a ON a.attrelid = p.relation AND a.attname = c.name AND NOT a.attisdropped
            WHERE format_type(a.atttypid, a.atttypmod)
                  IS DISTINCT FROM format_type(to_regtype(c.type), to_regtypemod(c.type))
            UNION ALL
            SELECT 'constraint ' || k.name || ' of ' || p.table_name || ' is missing'
            FROM published p JOIN platform.schema_constraint k USING (object)
            WHERE p.relation IS NOT NULL AND NOT EXISTS (SELECT FROM pg_constraint c
                WHERE c.conrelid = p.relation AND c.conname = k.name)
            UNION ALL
            SELECT 'index ' || i.name || ' of ' || p.table_name || ' is missing'
            FROM published p JOIN platform.schema_index i USING (object)
            WHERE i.built AND p.relation IS NOT NULL AND NOT EXISTS (SELECT FROM pg_index x
                JOIN pg_class c ON c.oid = x.indexrelid WHERE x.indrelid = p.relation AND c.relname = i.name)""";

    private static final String STRAYS = """
            WITH standing AS (
                SELECT c.oid, c.relname, o.object, o.global
                FROM pg_class c LEFT JOIN platform.schema_object o ON o.table_name = c.relname
                WHERE c.relnamespace = 'data'::regnamespace AND c.relkind IN ('r', 'p', 'm', 'f'))
            SELECT 'table ' || relname FROM standing WHERE object IS NULL
            UNION ALL
            SELECT 'column ' || s.relname || '.' || a.attname FROM standing s
            JOIN pg_attribute a ON a.attrelid = s.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE s.object IS NOT NULL AND NOT (a.attname = 'tenant_id' AND NOT s.global)
              AND NOT EXISTS (SELECT FROM platform.schema_column c WHERE c.object = s.object AND c.name = a.attname)
            UNION ALL
            SELECT 'constraint ' || k.conname || ' of ' || s.relname FROM standing s
            JOIN pg_constraint k ON k.conrelid = s.oid AND k.contype <> 'n'
            WHERE s.object IS NOT NULL
              AND NOT EXISTS (SELECT FROM platform.schema_constraint c WHERE c.name = k.conname)
            UNION ALL
            SELECT 'index ' || c.relname || ' of ' || s.relname FROM standing s
            JOIN pg_index x ON x.indrelid = s.oid JOIN pg_class c ON c.oid = x.indexrelid
            WHERE s.object IS NOT NULL
              AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.conrelid = s.oid)
              AND NOT EXISTS (SELECT FROM platform.schema_index i WHERE i.name = c.relname)
            UNION ALL
            SELECT 'trigger ' || t.tgname || ' of ' || s.relname FROM standing s
            JOIN pg_trigger t ON t.tgrelid = s.oid AND NOT t.tgisinternal
            WHERE NOT EXISTS (SELECT FROM platform.schema_column c
                WHERE c.object = s.object AND c.generation > 1 AND starts_with(t.tgname, 'in_step:'))""";

    private static final String INDEXES = """
            SELECT n.nspname || '.' || c.relname || CASE WHEN x.indisvalid THEN ' is not ready' ELSE ' is not valid' END
            FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname IN ('data', 'platform') AND NOT (x.indisvalid AND x.indisready)
            ORDER BY 1""";

    private static final String CONSTRAINTS = """
            SELECT k.conname || ' of ' || c.relname || CASE WHEN k.conenforced THEN ' is not validated'
                                                            ELSE ' is not enforced' END
            FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
            WHERE c.relnamespace IN ('data'::regnamespace, 'platform'::regnamespace)
              AND NOT (k.convalidated AND k.conenforced)
            ORDER BY 1""";

    private static final String PUBLICATION = """
            SELECT 'publication ' || id || ' of ' || to_char(started_at, 'YYYY-MM-DD HH24:MI:SS') || ' has '
                   || (SELECT count(*) FROM platform.schema_step s WHERE s.publication = p.id AND s.finished_at IS NULL)
                   || ' of ' || steps || ' steps left' || coalesce(': ' || failure, '')
            FROM platform.schema_publication p
            WHERE finished_at IS NULL AND id = (SELECT max(id) FROM platform.schema_publication)""";

    private Ledger() {}

    static List<Check> of(DSLContext sql) {
        return List.of(
                new Invariant("published schema", sql, MISSING, "tables, columns, constraints and indexes are there",
                        PUBLISH),
                new Invariant("strays", sql, STRAYS, "nothing stands in the schema of records that was not published",
                        "the schema data belongs to the platform: move what you have added to a schema of your own"),
                new Invariant("indexes", sql, INDEXES, "all valid",
                        "none is valid while it is being built; otherwise DROP INDEX it and start the server"),
                new Invariant("constraints", sql, CONSTRAINTS, "all validated",
                        "mend the records that break it, then start the server, or ALTER TABLE … VALIDATE CONSTRAINT …"),
                new Invariant("publications", sql, PUBLICATION, "none is unfinished",
                        "where none is under way, start the server: it carries on with what is left"));
    }
}
