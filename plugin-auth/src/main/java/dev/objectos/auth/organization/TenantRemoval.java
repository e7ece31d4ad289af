package dev.objectos.auth.organization;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Deletes a tenant with everything that is kept of it, in one transaction: its records, what the platform stores for it, its
 * memberships, the accounts of people who belonged nowhere else (platform administrators excepted), and itself. What a plugin keeps
 * for good, by not letting the worker delete it, stays.
 */
public final class TenantRemoval {

    private static final String RECORDS = """
            SELECT format('data.%I', o.table_name) FROM platform.schema_object o
            WHERE NOT o.global AND to_regclass(format('data.%I', o.table_name)) IS NOT NULL ORDER BY 1""";

    private static final String STORED = """
            SELECT format('platform.%I', c.relname) FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
            WHERE c.relnamespace = 'platform'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
              AND has_table_privilege(c.oid, 'DELETE') ORDER BY 1""";

    private final JdbcClient database;
    private final TransactionOperations transactions;

    public TenantRemoval(DataSource worker, TransactionOperations transactions) {
        this.database = JdbcClient.create(worker);
        this.transactions = transactions;
    }

    /**
     * What was deleted.
     *
     * @param records of all business objects
     */
    record Removed(long records, int accounts) {}

    Removed remove(UUID tenant) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            database.sql("SELECT set_config('app.tenant', ?, true)").param(tenant.toString()).query(String.class)
                    .single();
            database.sql("SET CONSTRAINTS ALL DEFERRED").update();
            long records = 0;
            for (String table : tables(RECORDS)) {
                records += delete(table, tenant);
            }
            List<UUID> people = database.sql("SELECT account_id FROM platform.membership WHERE tenant_id = ?")
                    .param(tenant).query((row, _) -> row.getObject(1, UUID.class)).list();
            for (String table : tables(STORED)) {
                delete(table, tenant);
            }
            int accounts = people.isEmpty()
                    ? 0
                    : database.sql("""
                            DELETE FROM platform.account a WHERE a.id IN (:people) AND NOT a.platform_administrator
                              AND NOT EXISTS (SELECT FROM platform.membership m WHERE m.account_id = a.id)""")
                            .param("people", people).update();
            database.sql("DELETE FROM platform.tenant WHERE id = ?").param(tenant).update();
            return new Removed(records, accounts);
        }));
    }

    private List<String> tables(String query) {
        return database.sql(query).query((row, _) -> row.getString(1)).list();
    }

    private int delete(String table, UUID tenant) {
        return database.sql("DELETE FROM " + table + " WHERE tenant_id = ?").param(tenant).update();
    }
}
