package dev.objectos.runtime.plan;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A place in an order: the digest of the order and the values that its keys have there, in PostgreSQL's text form.
 * PostgreSQL writes it as the base64url form of a JSON array; {@code ReadPlan} says for which order it counts.
 */
public record Cursor(String digest, List<@Nullable String> keys) {

    private static final int MAX_LENGTH = 1 << 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** @throws PlatformException {@code INVALID_QUERY} where no answer ever gave such a cursor */
    static Cursor decode(String text) {
        if (text.length() > MAX_LENGTH) {
            throw unknown();
        }
        try {
            byte[] json = Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
            JsonNode values = JSON.readTree(json);
            if (!values.isArray() || values.size() < 2 || !values.get(0).isString()) {
                throw unknown();
            }
            var keys = new ArrayList<@Nullable String>();
            for (int i = 1; i < values.size(); i++) {
                JsonNode key = values.get(i);
                if (!key.isNull() && (!key.isString() || key.stringValue().indexOf('\0') >= 0)) {
                    throw unknown();
                }
                keys.add(key.isNull() ? null : key.stringValue());
            }
            return new Cursor(values.get(0).stringValue(), keys);
        } catch (IllegalArgumentException | JacksonException _) {
            throw unknown();
        }
    }

    /** For each key, whether it is null there. */
    List<Boolean> nulls() {
        return keys.stream().map(key -> key == null).toList();
    }

    /** The refusal of a cursor that another order gave. */
    public static PlatformException otherOrder() {
        return new PlatformException(RuntimeError.INVALID_QUERY,
                "The cursor belongs to another order; a cursor is used with the orderBy that gave it");
    }

    private static PlatformException unknown() {
        return new PlatformException(RuntimeError.INVALID_QUERY,
                "The cursor is not one that an answer gave; start again without it");
    }
}
