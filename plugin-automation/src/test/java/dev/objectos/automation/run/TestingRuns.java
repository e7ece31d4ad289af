package dev.objectos.automation.run;

import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Brings runs into states that only a crash leaves behind. */
public final class TestingRuns {

    private final JdbcClient database;

    public TestingRuns(DataSource worker) {
        this.database = JdbcClient.create(worker);
    }

    /** As if the server had ended before it noted what the run has done. */
    public void forget(UUID run) {
        int changed = database.sql("UPDATE platform.automation_run SET status = 'running', done = '{}', "
                + "claimed_until = now() WHERE id = :id").param("id", run).update();
        if (changed != 1) {
            throw new IllegalStateException("there is no run " + run);
        }
    }
}
