package dev.objectos.runtime.cache.node;

import static dev.objectos.runtime.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.cache.Cache;
import dev.objectos.runtime.cache.PluginCaches;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.TestingDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several nodes' caches that tell each other over one database. */
class NodeCachesTest extends CachesConformance {

    private static final CacheProperties LISTENING = new CacheProperties(10_000, Duration.ofHours(1), true, "node");
    private static final CacheProperties DEAF = new CacheProperties(10_000, Duration.ofHours(1), false, "node");
    private static final String LISTENERS = "from pg_stat_activity where datname = current_database() "
            + "and query in ('LISTEN objectos_cache', 'SELECT 1')";

    private final Databases databases = TestingDatabase.fresh("cache_nodes");

    @AfterEach
    void close() {
        databases.close();
    }

    @Override
    protected NodeCaches node() {
        return NodeCaches.notified(LISTENING, databases.worker(), databases.direct(), new SimpleMeterRegistry());
    }

    @Override
    protected void awaitListeners(int number) {
        await(() -> number("select count(*) " + LISTENERS) == number);
    }

    @Override
    protected void disconnect() {
        number("select count(pg_terminate_backend(pid)) " + LISTENERS);
    }

    @Test
    void eachRunOfAPluginHasItsOwnValuesAndForgetsWhatTheOtherInvalidates() {
        var meters = new SimpleMeterRegistry();
        var node = NodeCaches.notified(DEAF, databases.worker(), databases.direct(), meters);
        PluginCaches old = node.open("acme");
        PluginCaches fresh = node.open("acme");
        Cache<String> before = old.open("names", String.class);
        Cache<Integer> after = fresh.open("names", Integer.class);
        before.put(TENANT, "a", "x");
        after.put(TENANT, "a", 1);
        after.put(TENANT, "b", 2);
        before.invalidate(TENANT, "a");
        assertThat(after.peek(TENANT, "a")).isEmpty();
        assertThat(after.peek(TENANT, "b")).contains(2);

        before.put(TENANT, "b", "y");
        old.close();
        assertThat(after.peek(TENANT, "b")).contains(2);
        assertThat(meters.get("objectos.cache.entries").tag("cache", "names").gauge().value()).isEqualTo(1);
        fresh.close();
        assertThat(meters.find("objectos.cache.entries").gauge()).isNull();
    }

    @Test
    void aPluginHasItsOwnCachesByNameAndType() {
        var meters = new SimpleMeterRegistry();
        var node = NodeCaches.notified(DEAF, databases.worker(), databases.direct(), meters);
        node.start();
        Cache<String> cache = node.of("acme").open("names", String.class);
        cache.put(TENANT, "a", "x");
        assertThat(node.of("acme").open("names", String.class)).isSameAs(cache);
        assertThat(node.of("other").open("names", String.class).peek(TENANT, "a")).isEmpty();
        assertThatThrownBy(() -> node.of("acme").open("names", Integer.class)).hasMessageContaining("acme/names")
                .hasMessageContaining("java.lang.String");
        assertThatThrownBy(() -> node.of("acme").open("a/b", String.class)).hasMessageContaining("a/b");
        assertThat(meters.get("objectos.cache.entries").tag("plugin", "acme").gauge().value()).isEqualTo(1);

        node.of("acme").close();
        assertThat(meters.find("objectos.cache.entries").tag("plugin", "acme").gauge()).isNull();
        assertThat(node.of("acme").open("names", String.class).peek(TENANT, "a")).isEmpty();
        node.stop();
        assertThat(meters.getMeters()).isEmpty();
    }

    private long number(String sql) {
        return TestingDatabase.number(databases, sql);
    }
}
