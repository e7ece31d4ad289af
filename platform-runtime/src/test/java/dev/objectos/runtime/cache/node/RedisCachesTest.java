package dev.objectos.runtime.cache.node;

import static dev.objectos.runtime.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.cache.Cache;
import dev.objectos.runtime.cache.CacheOptions;
import dev.objectos.runtime.redis.RedisServer;
import dev.objectos.runtime.redis.TestingRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol;

/** Several nodes' caches that share their values in one Redis. */
class RedisCachesTest extends CachesConformance {

    private static final CacheProperties SHARING = new CacheProperties(10_000, Duration.ofHours(1), true, "redis");

    private final TestingRedis redis = TestingRedis.fresh();
    private final List<RedisServer> connections = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        connections.forEach(RedisServer::close);
        redis.close();
    }

    /** Parts that a cache knows by name. */
    record Rate(String currency, BigDecimal value, Instant at) {}

    private RedisServer connection() {
        RedisServer connection = redis.server();
        connections.add(connection);
        return connection;
    }

    @Override
    protected NodeCaches node() {
        return NodeCaches.shared(SHARING, connection(), meters);
    }

    @Override
    protected void awaitListeners(int number) {
        RedisServer server = connection();
        await(() -> server.call(client -> client.sendCommand(Protocol.Command.PUBSUB, "NUMSUB",
                "objectos:cache")) instanceof List<?> reply && reply.get(1).equals((long) number));
    }

    @Override
    protected void disconnect() {
        connection().call(client -> client.sendCommand(Protocol.Command.CLIENT, "KILL", "TYPE",
                "pubsub"));
    }

    private double counted(String result) {
        return meters.get("objectos.cache.shared").tag("result", result).counter().count();
    }

    @Test
    void whatOneNodeHasLoadedAnotherOneFinds() {
        try (TwoNodes nodes = nodes()) {
            var rate = new Rate("EUR", new BigDecimal("1.10"), Instant.parse("2026-01-01T00:00:00Z"));
            Cache<Rate> mine = nodes.here().of("acme").open("rates", Rate.class);
            Cache<Rate> theirs = nodes.there().of("acme").open("rates", Rate.class);
            assertThat(mine.get(TENANT, "EUR", () -> rate)).isEqualTo(rate);
            assertThat(theirs.get(TENANT, "EUR", () -> new Rate("loaded", rate.value(), rate.at()))).isEqualTo(rate);
            assertThat(theirs.get(OTHER, "EUR", () -> new Rate("other", rate.value(), rate.at())).currency())
                    .isEqualTo("other");
            assertThat(counted("hit")).isEqualTo(1);
            assertThat(counted("miss")).isEqualTo(2);
        }
    }

    @Test
    void whatIsForgottenIsLoadedAnewByAll() {
        try (TwoNodes nodes = nodes()) {
            var loads = new AtomicInteger();
            for (Runnable invalidation : List.<Runnable>of(() -> nodes.mine().invalidate(TENANT, "a"),
                    () -> nodes.mine().invalidate(TENANT), () -> nodes.mine().invalidateAll())) {
                String value = nodes.mine().get(TENANT, "a", () -> "value " + loads.incrementAndGet());
                assertThat(nodes.theirs().get(TENANT, "a", () -> "never")).isEqualTo(value);
                invalidation.run();
                await(() -> nodes.theirs().peek(TENANT, "a").isEmpty());
            }
            assertThat(loads).hasValue(3);
        }
    }

    @Test
    void aTenantThatIsGoneLeavesNothingInRedisNotEvenOfCachesThatAreNotOpenHere() {
        try (TwoNodes nodes = nodes()) {
            nodes.mine().get(TENANT, "a", () -> "gone");
            nodes.there().of("acme").open("elsewhere", String.class).get(TENANT, "b", () -> "gone");
            nodes.mine().get(OTHER, "a", () -> "kept");
            nodes.here().eraseTenant(TENANT);
            Set<String> left = connection().call(client -> client.keys("*"));
            assertThat(left).noneMatch(key -> key.contains(TENANT.toString()))
                    .anyMatch(key -> key.contains(OTHER.toString()));
        }
    }

    @Test
    void aLoadThatIsOvertakenByAnInvalidationIsSharedWithNobody() throws InterruptedException {
        try (TwoNodes nodes = nodes()) {
            var loading = new CountDownLatch(1);
            var invalidated = new CountDownLatch(1);
            Cache<String> mine = nodes.mine();
            Thread slow = Thread.ofVirtual().start(() -> mine.get(TENANT, "a", () -> {
                loading.countDown();
                awaitLatch(invalidated);
                return "old";
            }));
            loading.await();
            nodes.theirs().invalidate(TENANT, "a");
            invalidated.countDown();
            slow.join();
            assertThat(nodes.theirs().get(TENANT, "a", () -> "new")).isEqualTo("new");
        }
    }

    @Test
    void whatTwoNodesLoadAtTheSameTimeIsShared() throws InterruptedException {
        try (TwoNodes nodes = nodes()) {
            var loading = new CountDownLatch(2);
            List<Thread> threads = List.of(nodes.mine(), nodes.theirs()).stream()
                    .map(cache -> Thread.ofVirtual().start(() -> cache.get(TENANT, "a", () -> {
                        loading.countDown();
                        awaitLatch(loading);
                        return "value";
                    }))).toList();
            for (Thread thread : threads) {
                thread.join();
            }
            NodeCaches third = node();
            assertThat(third.of("acme").open("names", String.class).get(TENANT, "a", () -> "loaded"))
                    .isEqualTo("value");
        }
    }

    @Test
    void absenceIsSharedWhereItIsRemembered() {
        try (TwoNodes nodes = nodes()) {
            CacheOptions<String> remembering = CacheOptions.<String>entries(10, Duration.ofHours(1))
                    .rememberingAbsence();
            nodes.here().of("acme").open("absent", String.class, remembering).find(TENANT, "a", Optional::empty);
            assertThat(nodes.there().of("acme").open("absent", String.class, remembering).find(TENANT, "a",
                    () -> Optional.of("loaded"))).isEmpty();
            nodes.mine().find(TENANT, "a", Optional::empty);
            assertThat(nodes.theirs().find(TENANT, "a", () -> Optional.of("loaded"))).contains("loaded");
        }
    }

    @Test
    @SuppressWarnings({"rawtypes", "unchecked"}) // what cannot be told from outside
    void valuesThatDoNotComeBackEqualStayOnTheirNode() {
        try (TwoNodes nodes = nodes()) {
            Cache<List> mine = nodes.here().of("acme").open("lists", List.class);
            Cache<List> theirs = nodes.there().of("acme").open("lists", List.class);
            var rate = new Rate("EUR", BigDecimal.ONE, Instant.EPOCH);
            assertThat(mine.get(TENANT, "a", () -> List.of(rate))).containsExactly(rate);
            assertThat(theirs.get(TENANT, "a", () -> List.of("own"))).containsExactly("own");
            assertThat(mine.get(TENANT, "a", List::of)).containsExactly(rate);
        }
    }

    @Test
    void nodesLoadForThemselvesWhileRedisIsGoneAndForgetAfterwards() {
        try (TwoNodes nodes = nodes()) {
            Cache<String> mine = nodes.mine();
            Cache<String> theirs = nodes.theirs();
            mine.get(TENANT, "a", () -> "old");
            theirs.get(TENANT, "a", () -> "old");
            redis.stop();
            mine.invalidate(TENANT, "a");
            assertThat(mine.get(TENANT, "a", () -> "new")).isEqualTo("new");
            assertThat(mine.get(TENANT, "b", () -> "own")).isEqualTo("own");

            redis.startAgain();
            awaitListeners(2);
            await(() -> theirs.get(TENANT, "a", () -> "new").equals("new"));
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
