package dev.objectos.runtime.database;

import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Param;
import org.jooq.impl.DSL;

/**
 * The comparisons that filters use and that PostgreSQL does not call leakproof. Under row-level security an operator must
 * be leakproof to become an index condition. None of these can reveal a row that the policy hides: they raise no error
 * that depends on the stored value and write nothing anywhere.
 */
final class LeakproofFunctions {

    private static final List<String> SIGNATURES = List.of( //
            "numeric_eq(numeric,numeric)", "numeric_ne(numeric,numeric)", "numeric_lt(numeric,numeric)",
            "numeric_le(numeric,numeric)", "numeric_gt(numeric,numeric)", "numeric_ge(numeric,numeric)", //
            "textlike(text,text)", "textnlike(text,text)", "texticlike(text,text)", "texticnlike(text,text)",
            "starts_with(text,text)", "lower(text)", "upper(text)", //
            "arrayoverlap(anyarray,anyarray)", "arraycontains(anyarray,anyarray)", "arraycontained(anyarray,anyarray)",
            "array_eq(anyarray,anyarray)", "array_ne(anyarray,anyarray)", //
            "jsonb_contains(jsonb,jsonb)", "jsonb_contained(jsonb,jsonb)", "jsonb_exists(jsonb,text)",
            "jsonb_eq(jsonb,jsonb)", "jsonb_ne(jsonb,jsonb)", //
            "ts_match_vq(tsvector,tsquery)", "ts_match_qv(tsquery,tsvector)", //
            "date_eq_timestamptz(date,timestamptz)", "date_ne_timestamptz(date,timestamptz)",
            "date_lt_timestamptz(date,timestamptz)", "date_le_timestamptz(date,timestamptz)",
            "date_gt_timestamptz(date,timestamptz)", "date_ge_timestamptz(date,timestamptz)",
            "timestamptz_eq_date(timestamptz,date)", "timestamptz_ne_date(timestamptz,date)",
            "timestamptz_lt_date(timestamptz,date)", "timestamptz_le_date(timestamptz,date)",
            "timestamptz_gt_date(timestamptz,date)", "timestamptz_ge_date(timestamptz,date)");

    private final DSLContext sql;

    LeakproofFunctions(DSLContext sql) {
        this.sql = sql;
    }

    /**
     * Marks them where that is allowed.
     *
     * @return those that are still not leakproof
     */
    List<String> mark(boolean allowed) {
        List<String> leaking = leaking();
        if (!allowed) {
            return leaking;
        }
        for (String signature : leaking) {
            sql.execute("ALTER FUNCTION pg_catalog." + signature + " LEAKPROOF");
        }
        return List.of();
    }

    private List<String> leaking() {
        Param<String[]> signatures = DSL.val(SIGNATURES.toArray(String[]::new));
        return sql.resultQuery("""
                SELECT signature FROM unnest({0}) AS listed(signature)
                JOIN pg_proc ON pg_proc.oid = ('pg_catalog.' || signature)::regprocedure
                WHERE NOT proleakproof""", signatures).fetch(0, String.class);
    }
}
