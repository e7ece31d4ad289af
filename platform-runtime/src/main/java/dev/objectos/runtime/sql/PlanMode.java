package dev.objectos.runtime.sql;

/**
 * How PostgreSQL comes to the plan of a prepared statement ({@code plan_cache_mode}).
 */
enum PlanMode {

    /** As PostgreSQL sees fit: it plans anew for the values of each call as soon as that promises any gain. */
    AUTO("SELECT set_config('app.tenant', ?, true); "),

    /** One plan for all values, made once for each connection. */
    GENERIC("SELECT set_config('app.tenant', ?, true), set_config('plan_cache_mode', 'force_generic_plan', true); ");

    private final String setting;

    PlanMode(String setting) {
        this.setting = setting;
    }

    /** The statement after one that takes the tenant's id and sets it, and the mode, for this call alone. */
    String withTenant(String sql) {
        return setting + sql;
    }
}
