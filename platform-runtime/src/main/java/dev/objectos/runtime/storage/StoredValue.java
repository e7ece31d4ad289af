package dev.objectos.runtime.storage;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/**
 * A value with its type.
 *
 * @param bytes never changed once handed over
 * @param contentType a media type, at most 100 characters
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content, and not to be changed
public record StoredValue(byte[] bytes, String contentType) {

    public static final String JSON = "application/json";
    public static final String TEXT = "text/plain;charset=UTF-8";
    public static final String BINARY = "application/octet-stream";

    /** A whole number that can be counted up: eight bytes, the most significant first. */
    public static final String NUMBER = "application/vnd.objectos.number";

    private static final int CONTENT_TYPE_LENGTH = 100;

    public StoredValue {
        if (contentType.isBlank() || contentType.length() > CONTENT_TYPE_LENGTH
                || contentType.chars().anyMatch(Character::isISOControl)) {
            throw invalid("A content type is a media type of at most " + CONTENT_TYPE_LENGTH + " characters");
        }
        if (contentType.equals(NUMBER) && bytes.length != Long.BYTES) {
            throw invalid("A number has " + Long.BYTES + " bytes, not " + bytes.length);
        }
    }

    public static StoredValue of(byte[] bytes) {
        return new StoredValue(bytes, BINARY);
    }

    public static StoredValue text(String text) {
        return new StoredValue(text.getBytes(StandardCharsets.UTF_8), TEXT);
    }

    /** @throws PlatformException {@code INVALID_REQUEST} where it is not one JSON value */
    public static StoredValue json(String json) {
        try (JsonParser parser = JsonMapper.shared().createParser(json)) {
            if (parser.nextToken() == null) {
                throw invalid("The value is not JSON: it is empty");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw invalid("The value is not JSON: something follows it");
            }
        } catch (JacksonException e) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "The value is not JSON: " + e.getOriginalMessage(),
                    e);
        }
        return new StoredValue(json.getBytes(StandardCharsets.UTF_8), JSON);
    }

    /** What {@link KeyValueStore#increment} counts up. */
    public static StoredValue number(long number) {
        return new StoredValue(ByteBuffer.allocate(Long.BYTES).putLong(number).array(), NUMBER);
    }

    /** The bytes as UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** @throws IllegalStateException where it is not a number */
    public long number() {
        if (!contentType.equals(NUMBER)) {
            throw new IllegalStateException("a value of the type " + contentType + " is not a number");
        }
        return ByteBuffer.wrap(bytes).getLong();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredValue that && contentType.equals(that.contentType)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * contentType.hashCode() + Arrays.hashCode(bytes);
    }

    /** Without the value, which may be secret. */
    @Override
    public String toString() {
        return contentType + ", " + bytes.length + " bytes";
    }

    private static PlatformException invalid(String message) {
        return new PlatformException(RuntimeError.INVALID_REQUEST, message);
    }
}
