package dev.objectos.runtime.coordination.cluster;

import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.coordination.PluginCoordination;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.TestingDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.util.unit.DataSize;

/** Nodes over one database, of a plugin that no other test has. */
final class TestingNodes implements AutoCloseable {

    static final Duration LONG = Duration.ofHours(1);
    static final Duration SHORT = Duration.ofMillis(20);

    private final Databases databases = TestingDatabase.shared();
    private final List<ClusterCoordination> nodes = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final String plugin = "plugin-" + UUID.randomUUID();

    String plugin() {
        return plugin;
    }

    SimpleMeterRegistry meters() {
        return meters;
    }

    /** A node that looks by itself every hour, and so relies on what it is told. */
    ClusterCoordination listening() {
        ClusterCoordination node = node(new CoordinationProperties(DataSize.ofKilobytes(1), 100, Duration.ofDays(30),
                LONG, LONG, LONG, true));
        Eventually.await(node::hearsOthers);
        return node;
    }

    /** A node that is told nothing by others, and so relies on looking. */
    ClusterCoordination looking() {
        return node(new CoordinationProperties(DataSize.ofKilobytes(1), 3, Duration.ofDays(30), SHORT, SHORT, LONG,
                false));
    }

    private ClusterCoordination node(CoordinationProperties properties) {
        var node = new ClusterCoordination(properties, databases.worker(), databases.direct(), meters);
        nodes.add(node);
        node.start();
        return node;
    }

    PluginCoordination of(ClusterCoordination node) {
        return node.of(plugin);
    }

    /** As if that much time had passed for all locks and messages of the plugin. */
    void pass(Duration time) {
        String by = "interval '" + time.toMillis() + " milliseconds' where owner = '" + plugin + "'";
        execute("update platform.queue_message set due_at = due_at - " + by);
        execute("update platform.queue_dead_letter set died_at = died_at - " + by);
        execute("update platform.named_lock set expires_at = expires_at - " + by);
    }

    private void execute(String sql) {
        TestingDatabase.execute(databases, sql);
    }

    long number(String sql) {
        return TestingDatabase.number(databases, sql);
    }

    @Override
    public void close() {
        nodes.forEach(ClusterCoordination::stop);
    }
}
