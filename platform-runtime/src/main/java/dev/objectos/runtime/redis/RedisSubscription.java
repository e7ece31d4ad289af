package dev.objectos.runtime.redis;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/** Listens to a channel of Redis over a connection of its own, and makes a new one where that breaks. */
public final class RedisSubscription implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisSubscription.class);

    private static final Duration BETWEEN_CONNECTIONS = Duration.ofSeconds(1);

    private final UnifiedJedis client;
    private final String channel;
    private final Hearer hearer;
    private final Thread thread;
    private final Channel messages = new Channel();
    private volatile boolean closed;
    private volatile boolean heard;

    /** Hears of messages, one after another. */
    public interface Hearer {

        /** Messages come from now on; those of before, or since {@link #lost}, were missed. */
        void listening();

        void message(String message);

        /** No messages come until {@link #listening}. */
        void lost();
    }

    RedisSubscription(UnifiedJedis client, String channel, String thread, Hearer hearer) {
        this.client = client;
        this.channel = channel;
        this.hearer = hearer;
        this.thread = Thread.ofPlatform().daemon().name(thread).unstarted(this::run);
    }

    public void listen() {
        thread.start();
    }

    private void run() {
        while (!closed) {
            try {
                client.subscribe(messages, channel);
            } catch (JedisException e) {
                LOG.debug("No messages on {} for the moment", channel, e);
            }
            if (!closed) {
                if (heard) {
                    heard = false;
                    hearer.lost();
                }
                LockSupport.parkNanos(this, BETWEEN_CONNECTIONS.toNanos());
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            if (messages.isSubscribed()) {
                messages.unsubscribe();
            }
        } catch (JedisException e) {
            LOG.debug("The connection for messages was gone already", e);
        }
    }

    private final class Channel extends JedisPubSub {

        @Override
        public void onSubscribe(String subscribed, int channels) {
            if (closed) {
                unsubscribe();
                return;
            }
            heard = true;
            hearer.listening();
        }

        @Override
        public void onMessage(String on, String message) {
            hearer.message(message);
        }
    }
}
