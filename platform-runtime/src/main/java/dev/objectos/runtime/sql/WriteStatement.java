package dev.objectos.runtime.sql;

import java.util.List;

/**
 * A compiled write.
 *
 * @param sql with a {@code ?} for each slot
 * @param slots in the order of the question marks
 * @param withTenant the same after a statement that takes the tenant's id and sets it for this call alone
 * @param withTenantAndGlobal the same, and what all tenants share may be written too
 */
record WriteStatement(String sql, List<WriteSlot> slots, String withTenant, String withTenantAndGlobal) {

    private static final String TENANT = "select set_config('app.tenant', ?, true); ";
    private static final String TENANT_AND_GLOBAL = "select set_config('app.tenant', ?, true), set_config('app.global_write', 'on', true); ";

    WriteStatement {
        slots = List.copyOf(slots);
    }

    WriteStatement(String sql, List<WriteSlot> slots) {
        this(sql, slots, TENANT + sql, TENANT_AND_GLOBAL + sql);
    }
}
