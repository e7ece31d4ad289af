package dev.objectos.auth.role;

import dev.objectos.auth.account.Rank;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.ItemPart;
import dev.objectos.runtime.metadata.MetadataItem;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps the names of roles where statements find them, for the object {@code _roles}: after each publication, in the background.
 * What cannot be written is written after the next one.
 */
public final class RoleTable implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(RoleTable.class);

    private static final Map<String, Told> OWN = Map.of(Rank.OWNER_ROLE,
            new Told("Owner", "Decides about the organization itself"), Rank.ADMINISTRATOR_ROLE,
            new Told("Administrator", "Looks after the people and the rights of the organization"), Rank.MEMBER_ROLE,
            new Told("Member", "Belongs to the organization"));

    private final KnownRoles known;
    private final Catalogs catalogs;
    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final Clock clock;
    private volatile boolean closed;

    public RoleTable(KnownRoles known, Catalogs catalogs, DataSource worker, TransactionOperations transactions,
            Clock clock) {
        this.known = known;
        this.catalogs = catalogs;
        this.database = JdbcClient.create(worker);
        this.transactions = transactions;
        this.clock = clock;
    }

    /** What is said of a role; null: nothing. */
    private record Told(@Nullable String label, @Nullable String description) {}

    /** Writes what there is, and from now on after each publication. */
    public void follow() {
        catalogs.onPublish(_ -> later());
        if (catalogs.current().version() > 0) {
            later();
        }
    }

    private void later() {
        Thread.ofVirtual().name("objectos-auth-roles").start(() -> {
            try {
                write();
            } catch (DataAccessException e) {
                if (!closed) {
                    LOG.warn("The names of roles could not be written; _roles shows those of before", e);
                }
            }
        });
    }

    /** One at a time; of several publications in a row the last one counts. */
    private synchronized void write() {
        Map<String, Told> told = told(catalogs.current());
        String[] all = known.all().stream().sorted().toArray(String[]::new);
        @Nullable
        String[] labels = new @Nullable String[all.length];
        @Nullable
        String[] descriptions = new @Nullable String[all.length];
        for (int i = 0; i < all.length; i++) {
            Told said = told.get(all[i]);
            labels[i] = said == null ? null : said.label();
            descriptions[i] = said == null ? null : said.description();
        }
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        transactions.executeWithoutResult(_ -> {
            database.sql("DELETE FROM platform.known_role WHERE name <> ALL (?)").param(all).update();
            database.sql("""
                    INSERT INTO platform.known_role AS k (name, label, description, known_since, changed_at)
                    SELECT name, label, description, :now, :now
                    FROM unnest(:names::text[], :labels::text[], :descriptions::text[]) AS r (name, label, description)
                    ORDER BY name
                    ON CONFLICT (name) DO UPDATE
                    SET label = excluded.label, description = excluded.description, changed_at = excluded.changed_at
                    WHERE (k.label, k.description) IS DISTINCT FROM (excluded.label, excluded.description)""")
                    .param("now", now).param("names", all).param("labels", labels).param("descriptions", descriptions)
                    .update();
        });
    }

    /** The first file that says something of a name is believed. */
    private static Map<String, Told> told(Catalog catalog) {
        var told = new LinkedHashMap<String, Told>();
        for (MetadataItem item : catalog.items("permission")) {
            for (String key : List.of("roles", "permission_sets")) {
                ItemPart.all(item).entries(key).forEach((name, content) -> {
                    if (content.text("label") != null || content.text("description") != null) {
                        told.putIfAbsent(name, new Told(content.text("label"), content.text("description")));
                    }
                });
            }
        }
        OWN.forEach(told::putIfAbsent);
        return told;
    }

    @Override
    public void destroy() {
        closed = true;
    }
}
