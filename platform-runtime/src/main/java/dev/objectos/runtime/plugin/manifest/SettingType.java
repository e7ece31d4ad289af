package dev.objectos.runtime.plugin.manifest;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/** What a setting of a plugin may be. */
public enum SettingType {

    TEXT(String.class), INTEGER(Long.class), NUMBER(BigDecimal.class), BOOLEAN(Boolean.class), DURATION(Duration.class);

    private final Class<?> java;

    SettingType(Class<?> java) {
        this.java = java;
    }

    /** The class of its values. */
    public Class<?> java() {
        return java;
    }

    /** @throws IllegalArgumentException where the text is none, with what to write */
    Object parse(String text) {
        String given = text.strip();
        try {
            return switch (this) {
                case TEXT -> text;
                case INTEGER -> Long.valueOf(given);
                case NUMBER -> new BigDecimal(given);
                case BOOLEAN -> flag(given);
                case DURATION -> Quantities.duration(given);
            };
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + Version.shortened(given) + "' is no "
                    + name().toLowerCase(Locale.ROOT), e);
        }
    }

    private static Boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(
                    "'" + Version.shortened(text) + "' is neither true nor false");
        };
    }
}
