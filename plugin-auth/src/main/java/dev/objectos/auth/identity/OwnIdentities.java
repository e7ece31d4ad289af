package dev.objectos.auth.identity;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.account.Account;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Takes ways into accounts away, but never the last one. */
public final class OwnIdentities {

    private final LinkedIdentities links;
    private final Supplier<List<WayIn>> ways;
    private final BiPredicate<Account, String> works;
    private final JdbcClient database;
    private final TransactionOperations transactions;

    /**
     * @param ways beside providers
     * @param works whether a provider, by its name, still opens an account
     */
    public OwnIdentities(LinkedIdentities links, Supplier<List<WayIn>> ways, BiPredicate<Account, String> works,
            DataSource worker, TransactionOperations transactions) {
        this.links = links;
        this.ways = ways;
        this.works = works;
        this.database = JdbcClient.create(worker);
        this.transactions = transactions;
    }

    /**
     * Has a provider open the account no more.
     *
     * @throws PlatformException {@code LAST_WAY_IN} where nothing else does, {@code RESOURCE_NOT_FOUND} where it did not before
     */
    public void unlink(Account account, String provider) {
        keepingAWayIn(account, () -> {
            if (!links.unlink(account.id(), provider)) {
                throw new PlatformException(RuntimeError.RESOURCE_NOT_FOUND,
                        "The account is not linked to " + provider);
            }
        }, "Nothing but " + provider + " opens this account; choose a password or link another provider first");
    }

    /**
     * Takes something away that opens an account, unless nothing is left then.
     *
     * @param removal in the transaction that finds out what is left
     * @param refusal says what to do first
     * @throws PlatformException {@code LAST_WAY_IN}, and nothing has been taken away
     */
    public void keepingAWayIn(Account account, Runnable removal, String refusal) {
        transactions.executeWithoutResult(_ -> {
            // One at a time, so that two that go at once do not each count on the other.
            database.sql("SELECT id FROM platform.account WHERE id = ? FOR UPDATE").param(account.id()).query()
                    .singleRow();
            removal.run();
            boolean otherwise = ways.get().stream().anyMatch(way -> way.opens(account))
                    || links.of(account.id()).stream().anyMatch(link -> works.test(account, link.provider()));
            if (!otherwise) {
                throw new PlatformException(AuthError.LAST_WAY_IN, refusal);
            }
        });
    }
}
