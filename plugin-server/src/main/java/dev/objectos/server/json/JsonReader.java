package dev.objectos.server.json;

import dev.objectos.runtime.ErrorCode;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one JSON value without mercy: exact numbers, no key twice, nothing behind the value, well-formed text only.
 * Numbers become Integer, Long, BigInteger or BigDecimal, arrays {@link List}, objects {@link Map} in the written order.
 */
public final class JsonReader {

    /** Deeper nesting than any sensible request has. */
    static final int MAX_DEPTH = 100;

    /** Digits before or behind the point that an exponent may ask for. */
    private static final int MAX_SCALE = 10_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNumberLength(1_000)
                    .maxNameLength(1_000).maxStringLength(Integer.MAX_VALUE).build())
            .build();

    private JsonReader() {}

    /** The value in a request's body; {@code INVALID_REQUEST} where it is no JSON. */
    public static @Nullable Object read(byte[] utf8) {
        CharBuffer text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
        } catch (CharacterCodingException e) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "The body is not UTF-8", e);
        }
        int start = text.hasRemaining() && text.charAt(0) == '\uFEFF' ? 1 : 0;
        return read(JSON.createParser(text.array(), start, text.limit() - start), RuntimeError.INVALID_REQUEST,
                "The body");
    }

    /**
     * The value in a piece of text.
     *
     * @param code with which to refuse
     * @param what the text is, as a refusal names it
     */
    public static @Nullable Object read(String text, ErrorCode code, String what) {
        return read(JSON.createParser(text), code, what);
    }

    private static @Nullable Object read(JsonParser parser, ErrorCode code, String what) {
        try (parser) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new PlatformException(code, what + " is empty; JSON is expected");
            }
            Object value = value(parser, first, code);
            if (parser.nextToken() != null) {
                throw new PlatformException(code, what + " goes on after the JSON value" + position(parser));
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE,
                    what + " nests deeper than " + MAX_DEPTH + " levels or has an oversized name or number", e);
        } catch (JacksonException | NumberFormatException | ArithmeticException e) {
            throw new PlatformException(code, what + " is not valid JSON" + position(parser), e);
        }
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token, ErrorCode code) {
        return switch (token) {
            case START_OBJECT -> object(parser, code);
            case START_ARRAY -> array(parser, code);
            case VALUE_STRING -> wellFormed(parser.getString(), parser, code);
            case VALUE_NUMBER_INT -> integer(parser, code);
            case VALUE_NUMBER_FLOAT -> decimal(parser, code);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new PlatformException(code, "Unexpected JSON" + position(parser));
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser, ErrorCode code) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = wellFormed(parser.currentName(), parser, code);
            object.put(name, value(parser, next(parser), code));
        }
        return object;
    }

    private static List<@Nullable Object> array(JsonParser parser, ErrorCode code) {
        var array = new ArrayList<@Nullable Object>();
        for (JsonToken token = next(parser); token != JsonToken.END_ARRAY; token = next(parser)) {
            array.add(value(parser, token, code));
        }
        return array;
    }

    private static JsonToken next(JsonParser parser) {
        return Objects.requireNonNull(parser.nextToken(), "the parser reports an unexpected end by itself");
    }

    private static Number integer(JsonParser parser, ErrorCode code) {
        Number number = parser.getNumberValue();
        if (number instanceof BigInteger large && large.bitLength() > MAX_SCALE) {
            throw outOfRange(parser, code);
        }
        return number;
    }

    private static BigDecimal decimal(JsonParser parser, ErrorCode code) {
        BigDecimal number = parser.getDecimalValue();
        if (Math.abs((long) number.scale()) > MAX_SCALE) {
            throw outOfRange(parser, code);
        }
        return number;
    }

    private static PlatformException outOfRange(JsonParser parser, ErrorCode code) {
        return new PlatformException(code, "A number is out of range" + position(parser));
    }

    /** PostgreSQL takes no half of a surrogate pair, and neither does UTF-8. */
    private static String wellFormed(String text, JsonParser parser, ErrorCode code) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c) || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new PlatformException(code, "A text holds half of a surrogate pair" + position(parser));
                }
                i++;
            }
        }
        return text;
    }

    private static String position(JsonParser parser) {
        var location = parser.currentLocation();
        return location.getLineNr() < 1
                ? ""
                : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
