package dev.objectos.auth.apikey;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keys as clients write and read them; collects everything that is wrong with what they write. */
final class KeyForm {

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_METADATA = 4_000;
    private static final long LONGEST_LIFE = Duration.ofDays(3_650).toSeconds();

    private final Instant now;
    private final List<FieldError> wrong = new ArrayList<>();

    KeyForm(Instant now) {
        this.now = now;
    }

    String name(@Nullable String name) {
        if (name == null || name.isBlank()) {
            wrong.add(new FieldError("name", "required", "name is required"));
            return "";
        }
        if (name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
            wrong.add(new FieldError("name", "max_length", "name has at most " + LONGEST_NAME + " characters"));
        }
        return name.strip();
    }

    @Nullable
    String metadata(@Nullable JsonNode metadata) {
        if (metadata == null || metadata.isNull()) {
            return null;
        }
        String json = metadata.toString();
        if (!metadata.isObject() || json.length() > LONGEST_METADATA) {
            wrong.add(new FieldError("metadata", "invalid_type",
                    "metadata is an object of at most " + LONGEST_METADATA + " characters"));
        }
        return json;
    }

    @Nullable
    Instant expiry(@Nullable Long seconds) {
        if (seconds == null) {
            return null;
        }
        if (seconds < 1 || seconds > LONGEST_LIFE) {
            wrong.add(new FieldError("expiresIn", "out_of_range",
                    "expiresIn is a number of seconds between 1 and " + LONGEST_LIFE));
            return null;
        }
        return now.plusSeconds(seconds);
    }

    /** @throws PlatformException {@code VALIDATION_FAILED} naming everything that was wrong */
    void check() {
        if (!wrong.isEmpty()) {
            throw PlatformException.validation(wrong);
        }
    }

    /** Null is never. */
    static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    /**
     * A key as clients read it.
     *
     * @param user its owner's record in the tenant's user object
     * @param secret the key itself; null: nobody knows it any more
     */
    static Map<String, @Nullable Object> answer(ApiKey key, UUID user, @Nullable String secret) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("id", key.id());
        if (secret != null) {
            answer.put("key", secret);
        }
        answer.put("name", key.name());
        answer.put("start", key.start());
        answer.put("prefix", "ok_");
        answer.put("userId", user);
        answer.put("enabled", key.enabled());
        answer.put("scopes", key.scopes().names() == null ? null : key.scopes().names().stream().sorted().toList());
        answer.put("metadata", key.metadata() == null ? null : JsonMapper.shared().readTree(key.metadata()));
        answer.put("expiresAt", key.expiresAt());
        answer.put("lastRequest", key.lastUsedAt());
        answer.put("createdAt", key.createdAt());
        answer.put("updatedAt", key.updatedAt());
        return answer;
    }
}
