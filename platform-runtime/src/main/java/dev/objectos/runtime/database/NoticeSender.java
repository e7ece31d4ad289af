package dev.objectos.runtime.database;

import java.util.Collection;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says something on a channel of PostgreSQL to whoever listens; in a transaction of its own, for it takes a lock of the whole
 * cluster while it commits.
 */
public final class NoticeSender {

    private static final Logger LOG = LoggerFactory.getLogger(NoticeSender.class);

    private final DSLContext sql;
    private final String channel;

    public NoticeSender(DataSource worker, String channel) {
        sql = DSL.using(worker, SQLDialect.POSTGRES, new Settings().withExecuteLogging(false));
        this.channel = channel;
    }

    /** @return whether the database has taken them */
    public boolean send(Collection<String> notices) {
        try {
            sql.execute("SELECT pg_notify({0}, notice) FROM unnest({1}) AS notice", DSL.val(channel),
                    DSL.val(notices.toArray(String[]::new)));
            return true;
        } catch (DataAccessException e) {
            LOG.debug("Other nodes could not be told on {}; it is tried again", channel, e);
            return false;
        }
    }
}
