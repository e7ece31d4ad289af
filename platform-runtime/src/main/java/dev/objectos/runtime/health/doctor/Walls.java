package dev.objectos.runtime.health.doctor;

import dev.objectos.runtime.database.DatabaseRoles;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** What keeps one tenant's records from another: the roles and the row-level security of the tables. */
final class Walls {

    private static final String ROLES = """
            WITH working AS (SELECT * FROM pg_roles WHERE rolname = ANY ({0})),
            every AS (SELECT * FROM pg_roles WHERE rolname = ANY ({1}))
            SELECT 'role ' || name || ' does not exist' FROM unnest({1}) AS wanted(name)
            WHERE name NOT IN (SELECT rolname FROM every)
            UNION ALL SELECT 'role ' || rolname || ' is a superuser' FROM every WHERE rolsuper
            UNION ALL SELECT 'role ' || rolname || ' may bypass row-level security' FROM every WHERE rolbypassrls
            UNION ALL SELECT 'role ' || rolname || ' may create roles or databases' FROM working
            WHERE rolcreaterole OR rolcreatedb
            UNION ALL SELECT 'role ' || rolname || ' is a member of ' || pg_get_userbyid(m.roleid)
            FROM working JOIN pg_auth_members m ON m.member = working.oid
            UNION ALL SELECT 'role ' || rolname || ' owns ' || pg_describe_object(d.classid, d.objid, d.objsubid)
            FROM working JOIN pg_shdepend d ON d.refobjid = working.oid AND d.refclassid = 'pg_authid'::regclass
            WHERE d.deptype = 'o'
              AND d.dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))""";

    private static final String FORCED = """
            WITH business AS (
                SELECT c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity, coalesce(o.global, false) AS global
                FROM pg_class c LEFT JOIN platform.schema_object o ON o.table_name = c.relname
                WHERE c.relnamespace = 'data'::regnamespace AND c.relkind IN ('r', 'p'))
            SELECT relname || ' has row-level security off' FROM business WHERE NOT relrowsecurity
            UNION ALL SELECT relname || ' does not force row-level security on its owner' FROM business
            WHERE NOT relforcerowsecurity
            UNION ALL SELECT b.relname || ' lacks its policy ' || wanted FROM business b
            CROSS JOIN LATERAL unnest(CASE WHEN b.global THEN ARRAY['everybody_reads', 'administrators_write']
                                           ELSE ARRAY['tenant'] END) AS wanted
            WHERE NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = b.oid AND p.polname = wanted)
            UNION ALL SELECT b.relname || ' has a policy that is not the platform''s: ' || p.polname
            FROM business b JOIN pg_policy p ON p.polrelid = b.oid
            WHERE p.polpermissive AND p.polname <> ALL (CASE
                WHEN b.global THEN ARRAY['publish', 'everybody_reads', 'administrators_write']
                ELSE ARRAY['publish', 'tenant'] END)
            UNION ALL SELECT b.relname || ' has a changed policy ' || p.polname
            FROM business b JOIN pg_policy p ON p.polrelid = b.oid
            WHERE (p.polname = 'tenant' AND coalesce(pg_get_expr(p.polqual, p.polrelid), '') NOT LIKE
                   '(tenant_id = (NULLIF(current_setting(''app.tenant''%)::uuid)')
               OR (p.polname = 'publish' AND (pg_get_expr(p.polqual, p.polrelid) NOT LIKE '%app.publish%'
                   OR p.polroles <> ARRAY[(SELECT oid FROM pg_roles WHERE rolname = {1})]))
            UNION ALL SELECT c.relname || ' holds rows of tenants, requests may reach it, and its row-level security is off'
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
            WHERE c.relnamespace = 'platform'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity
              AND has_table_privilege({0}, c.oid, 'SELECT, INSERT, UPDATE, DELETE')""";

    private Walls() {}

    static List<Check> of(DSLContext sql, DatabaseRoles roles) {
        var working = DSL.val(new String[]{roles.app(), roles.worker()});
        var every = DSL.val(new String[]{roles.owner(), roles.app(), roles.worker()});
        return List.of(
                new Invariant("roles", sql, ROLES, List.of(working, every),
                        "the working roles own nothing and cannot bypass row-level security",
                        "take it from the role as a superuser: ALTER ROLE … NOSUPERUSER NOBYPASSRLS, REVOKE …, "
                                + "ALTER … OWNER TO " + roles.owner()),
                new Invariant("row-level security", sql, FORCED, List.of(DSL.val(roles.app()), DSL.val(roles.owner())),
                        "forced on every table of records, with the platform's own policies",
                        "as " + roles.owner() + ": ALTER TABLE data.… ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL "
                                + "SECURITY; drop foreign policies; restore missing ones from a backup's schema"));
    }
}
