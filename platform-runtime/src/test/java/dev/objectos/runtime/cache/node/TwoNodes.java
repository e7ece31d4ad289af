package dev.objectos.runtime.cache.node;

import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.cache.Cache;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** The caches of two nodes that run and hear each other. */
record TwoNodes(NodeCaches here, NodeCaches there) implements AutoCloseable {

    /** @param heard waits until so many nodes are heard */
    static TwoNodes of(Supplier<NodeCaches> node, IntConsumer heard) {
        var nodes = new TwoNodes(node.get(), node.get());
        nodes.here.start();
        nodes.there.start();
        heard.accept(2);
        settle(nodes.mine(), nodes.theirs());
        settle(nodes.theirs(), nodes.mine());
        return nodes;
    }

    /** Whoever begins to listen forgets everything first; what is told comes after that. */
    private static void settle(Cache<String> telling, Cache<String> listening) {
        UUID probe = UUID.randomUUID();
        listening.put(probe, "probe", "probe");
        telling.invalidate(probe);
        Eventually.await(() -> listening.peek(probe, "probe").isEmpty());
    }

    Cache<String> mine() {
        return here.of("acme").open("names", String.class);
    }

    Cache<String> theirs() {
        return there.of("acme").open("names", String.class);
    }

    @Override
    public void close() {
        here.stop();
        there.stop();
    }
}
