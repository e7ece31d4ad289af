package dev.objectos.runtime.cache.node;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is to be forgotten.
 *
 * @param cache plugin and name
 * @param tenant null: all
 * @param key null: all of the tenant
 */
record Invalidation(String cache, @Nullable UUID tenant, @Nullable String key) {

    /** PostgreSQL takes less than 8,000. */
    private static final int PAYLOAD_BYTES = 7_900;

    static Invalidation all(String cache) {
        return new Invalidation(cache, null, null);
    }

    /** The notice that says so, from that node; more is forgotten where it would be too long. */
    String payload(String node) {
        String payload = JsonMapper.shared().writeValueAsString(
                new @Nullable String[]{node, cache, tenant == null ? null : tenant.toString(), key});
        return payload.getBytes(StandardCharsets.UTF_8).length <= PAYLOAD_BYTES
                ? payload
                : new Invalidation(cache, tenant, null).payload(node);
    }

    /** @return null where another release says something that this one does not understand, or that node says it */
    static @Nullable Invalidation of(String payload, String thisNode) {
        try {
            @Nullable
            String[] parts = JsonMapper.shared().readValue(payload, String[].class);
            if (parts.length != 4 || parts[1] == null || thisNode.equals(parts[0])) {
                return null;
            }
            return new Invalidation(parts[1], parts[2] == null ? null : UUID.fromString(parts[2]), parts[3]);
        } catch (JacksonException | IllegalArgumentException _) {
            return null;
        }
    }
}
