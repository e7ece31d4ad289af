package dev.objectos.server.query;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the part of an address behind the question mark; a name given twice, or text that is no UTF-8, is refused. */
public final class UrlParameters {

    private static final int MAX = 200;

    private UrlParameters() {}

    /**
     * The parameters in the written order.
     *
     * @param raw as it came over the wire, still encoded; null: none
     */
    public static Map<String, String> parse(@Nullable String raw) {
        var parameters = new LinkedHashMap<String, String>();
        repeated(raw).forEach((name, values) -> {
            if (values.size() > 1) {
                throw refuse("The parameter " + Words.quote(name) + " is given twice");
            }
            parameters.put(name, values.getFirst());
        });
        return parameters;
    }

    /** Text of an address as the value that JSON would have given for a field of that type. */
    public static @Nullable Object value(FieldType type, String text) {
        return UrlValues.value(type, text);
    }

    /** The same where a name may be given more than once. */
    public static Map<String, List<String>> repeated(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return Map.of();
        }
        var parameters = new LinkedHashMap<String, List<String>>();
        int count = 0;
        for (String pair : raw.split("&", MAX + 1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            parameters.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            count++;
        }
        if (count > MAX) {
            throw refuse("An address has at most " + MAX + " parameters");
        }
        return parameters;
    }

    private static String decode(String encoded) {
        if (encoded.indexOf('%') < 0 && ascii(encoded)) {
            return encoded.replace('+', ' ');
        }
        var bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                bytes.write(hex(encoded, i + 1) << 4 | hex(encoded, i + 2));
                i += 2;
            } else if (c == '+') {
                bytes.write(' ');
            } else if (c > 0xFF) {
                throw refuse("The address holds characters that are not encoded");
            } else {
                // The container hands over bytes that were not encoded as the characters of the same number.
                bytes.write(c);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
        } catch (CharacterCodingException e) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "The address is not UTF-8", e);
        }
    }

    private static boolean ascii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static int hex(String text, int at) {
        int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
        if (digit < 0 || text.charAt(at) >= 0x80) {
            throw refuse("The address has a percent sign without two hexadecimal digits");
        }
        return digit;
    }

    private static PlatformException refuse(String message) {
        return new PlatformException(RuntimeError.INVALID_REQUEST, message);
    }
}
