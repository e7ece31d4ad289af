package dev.objectos.runtime.cache.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.cache.Cache;
import dev.objectos.runtime.cache.PluginCaches;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.TestingDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Several nodes' caches over one database. */
class NodeCachesTest {

    private static final UUID TENANT = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();
    private static final CacheProperties LISTENING = new CacheProperties(10_000, Duration.ofHours(1), true);
    private static final CacheProperties DEAF = new CacheProperties(10_000, Duration.ofHours(1), false);
    private static final String LISTENERS = "from pg_stat_activity where datname = current_database() "
            + "and query in ('LISTEN objectos_cache', 'SELECT 1')";

    private static NodeCaches node(Databases databases) {
        return new NodeCaches(LISTENING, databases.worker(), databases.direct(), new SimpleMeterRegistry());
    }

    @Test
    void anInvalidationReachesEveryNodeAndNoMoreThanItSays() {
        try (Databases databases = TestingDatabase.fresh("cache_nodes")) {
            NodeCaches here = node(databases);
            NodeCaches there = node(databases);
            try {
                Cache<String> mine = here.of("acme").open("names", String.class);
                Cache<String> theirs = there.of("acme").open("names", String.class);
                Cache<String> another = there.of("acme").open("others", String.class);
                here.start();
                there.start();
                awaitListeners(databases, 2);

                theirs.put(TENANT, "a", "stale");
                theirs.put(TENANT, "b", "kept");
                theirs.put(OTHER, "a", "kept");
                another.put(TENANT, "a", "kept");
                mine.invalidate(TENANT, "a");
                await(() -> theirs.peek(TENANT, "a").isEmpty());
                assertThat(theirs.peek(TENANT, "b")).contains("kept");
                assertThat(theirs.peek(OTHER, "a")).contains("kept");

                mine.invalidate(TENANT);
                await(() -> theirs.peek(TENANT, "b").isEmpty());
                assertThat(theirs.peek(OTHER, "a")).contains("kept");
                mine.invalidateAll();
                await(() -> theirs.peek(OTHER, "a").isEmpty());
                assertThat(another.peek(TENANT, "a")).contains("kept");
            } finally {
                here.stop();
                there.stop();
            }
        }
    }

    @Test
    void manyInvalidationsArriveAsOneOfTheWholeCache() {
        try (Databases databases = TestingDatabase.fresh("cache_many")) {
            NodeCaches here = node(databases);
            NodeCaches there = node(databases);
            try {
                Cache<String> mine = here.of("acme").open("names", String.class);
                Cache<String> theirs = there.of("acme").open("names", String.class);
                here.start();
                there.start();
                awaitListeners(databases, 2);
                for (int i = 0; i < 5_000; i++) {
                    theirs.put(TENANT, "k" + i, "stale");
                }
                for (int i = 0; i < 5_000; i++) {
                    mine.invalidate(TENANT, "k" + i);
                }
                await(() -> theirs.statistics().entries() == 0);
            } finally {
                here.stop();
                there.stop();
            }
        }
    }

    @Test
    void aLostConnectionClearsTheCachesAndIsMadeAgain() {
        try (Databases databases = TestingDatabase.fresh("cache_lost")) {
            NodeCaches here = node(databases);
            NodeCaches there = node(databases);
            try {
                Cache<String> mine = here.of("acme").open("names", String.class);
                Cache<String> theirs = there.of("acme").open("names", String.class);
                here.start();
                there.start();
                awaitListeners(databases, 2);
                theirs.put(TENANT, "a", "perhaps stale");
                execute(databases, "select pg_terminate_backend(pid) " + LISTENERS);
                await(() -> theirs.peek(TENANT, "a").isEmpty());

                awaitListeners(databases, 2);
                theirs.put(TENANT, "b", "stale");
                mine.invalidate(TENANT, "b");
                await(() -> theirs.peek(TENANT, "b").isEmpty());
            } finally {
                here.stop();
                there.stop();
            }
        }
    }

    @Test
    void whatIsYetToBeToldIsToldBeforeANodeStops() {
        try (Databases databases = TestingDatabase.fresh("cache_stop")) {
            NodeCaches there = node(databases);
            try {
                Cache<String> theirs = there.of("acme").open("names", String.class);
                there.start();
                awaitListeners(databases, 1);
                for (int i = 0; i < 20; i++) {
                    theirs.put(TENANT, "a", "stale");
                    NodeCaches here = node(databases);
                    here.start();
                    here.of("acme").open("names", String.class).invalidate(TENANT, "a");
                    here.stop();
                    await(() -> theirs.peek(TENANT, "a").isEmpty());
                }
            } finally {
                there.stop();
            }
        }
    }

    @Test
    void eachRunOfAPluginHasItsOwnValuesAndForgetsWhatTheOtherInvalidates() {
        Databases databases = TestingDatabase.shared();
        var meters = new SimpleMeterRegistry();
        var node = new NodeCaches(DEAF, databases.worker(), databases.direct(), meters);
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
        Databases databases = TestingDatabase.shared();
        var meters = new SimpleMeterRegistry();
        var node = new NodeCaches(DEAF, databases.worker(), databases.direct(), meters);
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

    private static void awaitListeners(Databases databases, int number) {
        await(() -> number(databases, "select count(*) " + LISTENERS) == number);
    }

    private static long number(Databases databases, String sql) {
        try (var connection = databases.worker().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static void execute(Databases databases, String sql) {
        try (var connection = databases.worker().getConnection(); var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not in time");
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
