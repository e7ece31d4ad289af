package dev.objectos.runtime.redis;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** The configured Redis with its connections, which are made when they are first needed. */
public final class RedisServer implements AutoCloseable {

    private final RedisProperties properties;
    private final RedisClient client;

    public RedisServer(RedisProperties properties) {
        this.properties = properties;
        var pool = new ConnectionPoolConfig();
        pool.setMaxTotal(properties.connections());
        pool.setMaxIdle(properties.connections());
        pool.setMaxWait(properties.timeout());
        int timeout = Math.toIntExact(properties.timeout().toMillis());
        client = RedisClient.builder().hostAndPort(new HostAndPort(properties.host(), properties.port()))
                .clientConfig(DefaultJedisClientConfig.builder().user(properties.user())
                        .password(properties.password()).database(properties.database()).ssl(properties.encrypted())
                        .connectionTimeoutMillis(timeout).socketTimeoutMillis(timeout).clientName("objectos").build())
                .poolConfig(pool).build();
    }

    /** @throws IllegalStateException where Redis does not answer, with what to do */
    public void check() {
        try {
            client.ping();
        } catch (JedisException e) {
            throw new IllegalStateException("Redis does not answer at " + properties.host() + ":" + properties.port()
                    + " (" + e.getMessage() + "). Start it, or correct objectos.redis, or choose other values of "
                    + "objectos.storage.driver and objectos.cache.driver", e);
        }
    }

    /**
     * Runs a script, of which nothing else is done in between.
     *
     * @return as Redis answers: Long, byte[], List of these, or null
     * @throws PlatformException {@code UNAVAILABLE} where Redis does not answer; whether it was run is not known then
     */
    public @Nullable Object run(RedisScript script, List<byte[]> keys, List<byte[]> arguments) {
        return call(redis -> {
            try {
                return redis.evalsha(script.digest(), keys, arguments);
            } catch (JedisNoScriptException _) {
                return redis.eval(script.text(), keys, arguments);
            }
        });
    }

    /** @throws PlatformException {@code UNAVAILABLE} where Redis does not answer */
    public <T extends @Nullable Object> T call(Function<UnifiedJedis, T> commands) {
        try {
            return commands.apply(client);
        } catch (JedisDataException e) {
            boolean passing = e.getMessage() != null
                    && e.getMessage().matches("(?s)(LOADING|BUSY|OOM|READONLY|MISCONF) .*");
            throw passing ? unavailable(e) : new PlatformException(RuntimeError.INTERNAL, "Redis refused", e);
        } catch (JedisException e) {
            throw unavailable(e);
        }
    }

    /** What Redis says of itself. */
    public String info(String section) {
        return call(redis -> new String((byte[]) redis.sendCommand(Protocol.Command.INFO, section),
                StandardCharsets.UTF_8));
    }

    private static PlatformException unavailable(JedisException cause) {
        String why = cause instanceof JedisConnectionException ? "does not answer" : "cannot do it";
        return new PlatformException(RuntimeError.UNAVAILABLE, "Redis " + why + " at the moment; try again", cause);
    }

    /** A connection of its own for messages, outside of the pool's time-outs. */
    public RedisSubscription subscribe(String channel, String thread, RedisSubscription.Hearer hearer) {
        return new RedisSubscription(client, channel, thread, hearer);
    }

    /** Texts as UTF-8, as scripts take them. */
    public static List<byte[]> bytes(String... texts) {
        return Arrays.stream(texts).map(RedisServer::utf8).toList();
    }

    /** A text as scripts take it. */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public Duration timeout() {
        return properties.timeout();
    }

    @Override
    public void close() {
        client.close();
    }
}
