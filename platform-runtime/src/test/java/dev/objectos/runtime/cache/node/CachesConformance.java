package dev.objectos.runtime.cache.node;

import static dev.objectos.runtime.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.cache.Cache;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What caches of several nodes must do, however these tell each other. */
abstract class CachesConformance {

    static final UUID TENANT = UUID.randomUUID();
    static final UUID OTHER = UUID.randomUUID();

    /** One more node, not started. */
    protected abstract NodeCaches node();

    /** Waits until so many nodes are heard. */
    protected abstract void awaitListeners(int number);

    /** Breaks the connections over which nodes hear each other. */
    protected abstract void disconnect();

    protected TwoNodes nodes() {
        return TwoNodes.of(this::node, this::awaitListeners);
    }

    @Test
    void anInvalidationReachesEveryNodeAndNoMoreThanItSays() {
        try (TwoNodes nodes = nodes()) {
            Cache<String> mine = nodes.mine();
            Cache<String> theirs = nodes.theirs();
            Cache<String> another = nodes.there().of("acme").open("others", String.class);
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
        }
    }

    @Test
    void nothingIsLeftOfATenantThatIsGone() {
        try (TwoNodes nodes = nodes()) {
            Cache<String> mine = nodes.mine();
            Cache<String> theirs = nodes.theirs();
            for (Cache<String> cache : List.of(mine, theirs)) {
                assertThat(cache.get(TENANT, "a", () -> "gone")).isEqualTo("gone");
                assertThat(cache.get(OTHER, "a", () -> "kept")).isEqualTo("kept");
            }
            nodes.here().eraseTenant(TENANT);
            await(() -> theirs.peek(TENANT, "a").isEmpty());
            assertThat(mine.peek(TENANT, "a")).isEmpty();
            assertThat(mine.get(TENANT, "a", () -> "new")).isEqualTo("new");
            assertThat(theirs.peek(OTHER, "a")).contains("kept");
        }
    }

    @Test
    void manyInvalidationsArrive() {
        try (TwoNodes nodes = nodes()) {
            Cache<String> mine = nodes.mine();
            Cache<String> theirs = nodes.theirs();
            for (int i = 0; i < 5_000; i++) {
                theirs.put(TENANT, "k" + i, "stale");
            }
            for (int i = 0; i < 5_000; i++) {
                mine.invalidate(TENANT, "k" + i);
            }
            await(() -> theirs.statistics().entries() == 0);
        }
    }

    @Test
    void aLostConnectionClearsTheCachesAndIsMadeAgain() {
        try (TwoNodes nodes = nodes()) {
            Cache<String> mine = nodes.mine();
            Cache<String> theirs = nodes.theirs();
            theirs.put(TENANT, "a", "perhaps stale");
            disconnect();
            await(() -> theirs.peek(TENANT, "a").isEmpty());

            awaitListeners(2);
            theirs.put(TENANT, "b", "stale");
            mine.invalidate(TENANT, "b");
            await(() -> theirs.peek(TENANT, "b").isEmpty());
        }
    }

    @Test
    void whatIsYetToBeToldIsToldBeforeANodeStops() {
        NodeCaches there = node();
        try {
            Cache<String> theirs = there.of("acme").open("names", String.class);
            there.start();
            awaitListeners(1);
            for (int i = 0; i < 20; i++) {
                theirs.put(TENANT, "a", "stale");
                NodeCaches here = node();
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
