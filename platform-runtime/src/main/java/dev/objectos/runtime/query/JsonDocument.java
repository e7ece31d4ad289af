package dev.objectos.runtime.query;

import java.nio.charset.StandardCharsets;

/** A complete JSON value in UTF-8. */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record JsonDocument(byte[] utf8) {

    public static JsonDocument of(String json) {
        return new JsonDocument(json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
