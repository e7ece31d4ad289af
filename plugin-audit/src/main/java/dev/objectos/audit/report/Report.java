package dev.objectos.audit.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The reports that there are. */
public enum Report {

    /** Who changed what: by day, person and object. */
    CHANGES("""
            SELECT (at AT TIME ZONE :zone)::date::text AS day, user_id AS "user", object, action, count(*) AS count,
                   count(DISTINCT record_id) AS records, min(at) AS first, max(at) AS last
            FROM platform.audit_entry
            WHERE tenant_id = :tenant AND at >= :from AND at < :to AND action IN ('create', 'update', 'delete')
              AND (CAST(:object AS text) IS NULL OR object = :object)
              AND (CAST(:user AS uuid) IS NULL OR user_id = :user)
            GROUP BY 1, 2, 3, 4 ORDER BY 1 DESC, count DESC, 2, 3, 4"""),

    /** Who read what, of objects whose reads are recorded. */
    QUERIES("""
            SELECT (at AT TIME ZONE :zone)::date::text AS day, user_id AS "user", object, action, count(*) AS count,
                   count(DISTINCT record_id) AS records, min(at) AS first, max(at) AS last
            FROM platform.audit_entry
            WHERE tenant_id = :tenant AND at >= :from AND at < :to AND action IN ('read', 'query')
              AND (CAST(:object AS text) IS NULL OR object = :object)
              AND (CAST(:user AS uuid) IS NULL OR user_id = :user)
            GROUP BY 1, 2, 3, 4 ORDER BY 1 DESC, count DESC, 2, 3, 4"""),

    /** Who signed in, failed to, and signed out, and from where. */
    LOGINS("""
            SELECT (at AT TIME ZONE :zone)::date::text AS day, user_id AS "user",
                   count(*) FILTER (WHERE action = 'login') AS logins,
                   count(*) FILTER (WHERE action = 'login_failed') AS failures,
                   count(*) FILTER (WHERE action = 'logout') AS logouts,
                   array_agg(DISTINCT ip) FILTER (WHERE ip IS NOT NULL) AS addresses
            FROM platform.audit_entry
            WHERE tenant_id = ANY (:tenants) AND at >= :from AND at < :to
              AND action IN ('login', 'login_failed', 'logout')
              AND CAST(:object AS text) IS NULL AND (CAST(:user AS uuid) IS NULL OR user_id = :user)
            GROUP BY 1, 2 ORDER BY 1 DESC, 2"""),

    /**
     * How people behaved, beside what they did in the thirty days before: on their busiest day, at which hours, from which
     * addresses.
     */
    BEHAVIOUR("""
            WITH all_of AS (
                SELECT user_id, at, at >= :from AS recent, (at AT TIME ZONE :zone)::date AS day,
                       extract(hour FROM at AT TIME ZONE :zone)::integer AS hour, ip
                FROM platform.audit_entry
                WHERE tenant_id = :tenant AND at >= CAST(:from AS timestamptz) - interval '30 days' AND at < :to
                  AND user_id IS NOT NULL AND CAST(:object AS text) IS NULL
                  AND (CAST(:user AS uuid) IS NULL OR user_id = :user)),
            days AS (SELECT user_id, day, recent, count(*) AS count FROM all_of GROUP BY 1, 2, 3),
            volume AS (
                SELECT user_id, max(count) FILTER (WHERE recent) AS busiest,
                       percentile_cont(0.5) WITHIN GROUP (ORDER BY count) FILTER (WHERE NOT recent) AS usual
                FROM days GROUP BY 1),
            hours AS (
                SELECT user_id, hour FROM all_of GROUP BY 1, 2
                HAVING bool_or(recent) AND NOT bool_or(NOT recent)),
            addresses AS (
                SELECT user_id, ip FROM all_of WHERE ip IS NOT NULL GROUP BY 1, 2
                HAVING bool_or(recent) AND NOT bool_or(NOT recent))
            SELECT v.user_id AS "user", v.busiest AS volume, v.usual, v.usual IS NULL AS "isNew",
                   coalesce(v.busiest > greatest(20, 3 * v.usual), false) AS "unusualVolume",
                   CASE WHEN v.usual IS NULL THEN ARRAY[]::integer[]
                        ELSE ARRAY(SELECT hour FROM hours h WHERE h.user_id = v.user_id ORDER BY hour) END
                       AS "unusualHours",
                   CASE WHEN v.usual IS NULL THEN ARRAY[]::text[]
                        ELSE ARRAY(SELECT ip FROM addresses a WHERE a.user_id = v.user_id ORDER BY ip) END
                       AS "newAddresses"
            FROM volume v WHERE v.busiest IS NOT NULL
            ORDER BY 5 DESC, cardinality(ARRAY(SELECT ip FROM addresses a WHERE a.user_id = v.user_id)) DESC,
                     v.busiest DESC, v.user_id""");

    private final String sql;

    Report(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The report of that name. */
    public static Optional<Report> named(String word) {
        return Arrays.stream(values()).filter(report -> report.word().equals(word)).findFirst();
    }

    /** The names of all. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Report::word).toList();
    }
}
