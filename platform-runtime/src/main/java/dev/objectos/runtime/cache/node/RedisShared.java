package dev.objectos.runtime.cache.node;

import dev.objectos.runtime.cache.CacheOptions;
import dev.objectos.runtime.redis.RedisScript;
import dev.objectos.runtime.redis.RedisServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The values of one cache in Redis, as JSON. Who finds none gets the right to share what he loads; an invalidation takes it
 * back, so that a load which it overtakes is not kept. Values that do not come back equal are not shared.
 */
final class RedisShared<V> implements Neighbours.Shared<V> {

    private static final Logger LOG = LoggerFactory.getLogger(RedisShared.class);

    private static final RedisScript FIND = RedisScript.of(RedisShared.class, "find.lua");
    private static final RedisScript KEEP = RedisScript.of(RedisShared.class, "keep.lua");

    /** How long a load may take that is shared. */
    private static final long LOAD_MILLIS = 60_000;

    private static final byte[] ABSENT = {};

    private final RedisNeighbours neighbours;
    private final String plugin;
    private final String name;
    private final Class<V> type;
    private final boolean absence;
    private final byte[] timeToLive;
    private final byte[] shape;
    private final MeterRegistry meters;
    // Its own, for a mapper remembers the classes of the plugin.
    private final JsonMapper json = JsonMapper.builder().build();
    private volatile boolean unshareable;

    RedisShared(RedisNeighbours neighbours, String plugin, String name, Class<V> type, CacheOptions<V> options,
            MeterRegistry meters) {
        this.neighbours = neighbours;
        this.plugin = plugin;
        this.name = name;
        this.type = type;
        this.meters = meters;
        absence = options.absence();
        timeToLive = RedisServer.utf8(String.valueOf(Math.max(1, options.timeToLive().toMillis() / 2)));
        shape = RedisServer.utf8(shape(type));
    }

    /** What values look like, so that those of another release of the plugin are not taken for its own. */
    private static String shape(Class<?> type) {
        String fields = Arrays.stream(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(field -> field.getGenericType().getTypeName() + " " + field.getName())
                .collect(Collectors.joining(","));
        return type.getName() + "/" + Integer.toHexString(fields.hashCode());
    }

    @Override
    public Optional<V> find(UUID tenant, String key, Supplier<Optional<V>> load) {
        if (unshareable || !neighbours.isUsable()) {
            count("bypassed");
            return load.get();
        }
        String cache = plugin + "/" + name;
        List<byte[]> keys = RedisServer.bytes(RedisNeighbours.value(cache, tenant, key),
                RedisNeighbours.generation(cache), RedisNeighbours.generation(cache, tenant));
        Object reply = neighbours.run(FIND, keys, List.of(RedisServer.utf8(UUID.randomUUID().toString()), timeToLive,
                RedisServer.utf8(String.valueOf(LOAD_MILLIS)), shape));
        if (reply == null) {
            count("failed");
            return load.get();
        }
        List<?> found = (List<?>) reply;
        byte[] content = (byte[]) Objects.requireNonNull(found.get(1));
        if (Objects.equals(found.get(0), 1L)) {
            Optional<V> value = opened(content);
            if (value != null) {
                count("hit");
                return value;
            }
            return load.get();
        }
        count("miss");
        Optional<V> value = load.get();
        byte[] written = written(value);
        if (written != null) {
            neighbours.run(KEEP, keys, new ArrayList<>(List.of(content, timeToLive, written, shape)));
        }
        return value;
    }

    /** @return null where it is not to be shared */
    private byte @Nullable [] written(Optional<V> value) {
        if (value.isEmpty()) {
            return absence ? ABSENT : null;
        }
        try {
            byte[] written = json.writeValueAsBytes(value.get());
            if (value.equals(Optional.ofNullable(json.readValue(written, type)))) {
                return written;
            }
            notShared("they are not equal to what they were, when they are read again", null);
        } catch (JacksonException e) {
            notShared("they cannot be written as JSON and read again", e);
        }
        return null;
    }

    private @Nullable Optional<V> opened(byte[] content) {
        if (content.length == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(json.readValue(content, type));
        } catch (JacksonException e) {
            notShared("what another node has shared cannot be read", e);
            return null;
        }
    }

    private void notShared(String why, @Nullable Exception cause) {
        unshareable = true;
        LOG.warn("The values of the cache {} of {} are kept by each node for itself, not in Redis: {}", name, plugin,
                why,
                cause);
    }

    private void count(String result) {
        meters.counter("objectos.cache.shared", "plugin", plugin, "cache", name, "result", result).increment();
    }
}
