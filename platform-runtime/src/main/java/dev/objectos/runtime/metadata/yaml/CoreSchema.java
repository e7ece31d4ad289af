package dev.objectos.runtime.metadata.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an unquoted word means in YAML 1.2: dates, {@code yes} and {@code =} are text. */
final class CoreSchema {

    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,400}");
    private static final Pattern BASED = Pattern.compile("0o[0-7]{1,100}|0x[0-9a-fA-F]{1,100}");
    private static final Pattern DECIMAL = Pattern
            .compile("[-+]?(\\.[0-9]{1,400}|[0-9]{1,400}(\\.[0-9]{0,400})?)([eE][-+]?[0-9]{1,3})?");

    private CoreSchema() {}

    /** String, Boolean, Integer, Long, BigInteger, BigDecimal, or null. */
    static @Nullable Object resolve(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> null;
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> number(text);
        };
    }

    private static Object number(String text) {
        char first = text.charAt(0);
        if (!Character.isDigit(first) && first != '-' && first != '+' && first != '.') {
            return text;
        }
        if (WHOLE.matcher(text).matches()) {
            return narrow(new BigInteger(text));
        }
        if (BASED.matcher(text).matches()) {
            return narrow(new BigInteger(text.substring(2), text.charAt(1) == 'o' ? 8 : 16));
        }
        return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : text;
    }

    private static Object narrow(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return value.intValue();
        }
        return value.bitLength() < Long.SIZE ? value.longValue() : value;
    }
}
