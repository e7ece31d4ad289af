package dev.objectos.auth.apikey;

import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.NewAccount;
import dev.objectos.auth.session.CredentialCache;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The accounts of programs in a tenant. */
public final class ServiceAccounts {

    private static final String SELECT = """
            SELECT a.id, m.user_id, a.name, m.roles, a.created_at
            FROM platform.account a JOIN platform.membership m ON m.account_id = a.id
            WHERE a.kind = 'SERVICE' AND m.tenant_id = ?
            """;

    private final Accounts accounts;
    private final JdbcClient database;
    private final CredentialCache known;

    public ServiceAccounts(Accounts accounts, DataSource worker, CredentialCache known) {
        this.accounts = accounts;
        this.database = JdbcClient.create(worker);
        this.known = known;
    }

    ServiceAccount create(String name, UUID tenant, Set<String> roles) {
        // An account has an address; this one's can never exist (RFC 6761).
        String address = "service-" + UUID.randomUUID() + "@services.invalid";
        Account account = accounts.create(
                new NewAccount(Account.Kind.SERVICE, address, null, name, null, true, false, false), tenant, roles);
        return database.sql(SELECT + "AND a.id = ?").params(tenant, account.id()).query(ServiceAccounts::read).single();
    }

    /** By name. */
    List<ServiceAccount> of(UUID tenant) {
        return database.sql(SELECT + "ORDER BY a.name, a.id").param(tenant).query(ServiceAccounts::read).list();
    }

    /** @param user its record in the tenant's user object */
    Optional<ServiceAccount> find(UUID user, UUID tenant) {
        return database.sql(SELECT + "AND m.user_id = ?").params(tenant, user).query(ServiceAccounts::read).optional();
    }

    /** It and its keys are gone at once; its user record stays, for what it has done. */
    void delete(ServiceAccount service) {
        database.sql("""
                WITH left_tenant AS (DELETE FROM platform.membership WHERE account_id = :account)
                DELETE FROM platform.account WHERE id = :account AND kind = 'SERVICE'""")
                .param("account", service.account()).update();
        known.forgetAccount(service.account());
    }

    private static ServiceAccount read(ResultSet row, int number) throws SQLException {
        return new ServiceAccount(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getString(3),
                Set.of((String[]) row.getArray(4).getArray()), row.getObject(5, OffsetDateTime.class).toInstant());
    }
}
