package dev.objectos.runtime.plugin.manifest;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A setting that a plugin has.
 *
 * @param name lower-case words joined by dashes
 * @param required whether the plugin cannot run without it
 * @param options the only values of a text; empty: any
 * @param min of an integer or a number; null: none
 * @param max the same
 * @param fallback what holds where nothing is set, of the class that the type names; null: nothing
 */
public record SettingDefinition(String name, SettingType type, boolean required, List<String> options,
        @Nullable BigDecimal min, @Nullable BigDecimal max, @Nullable Object fallback) {

    public SettingDefinition {
        options = List.copyOf(options);
    }

    /**
     * The value that a text stands for.
     *
     * @throws IllegalArgumentException where it is none that the setting may have
     */
    public Object parse(String text) {
        Object value = type.parse(text);
        if (!options.isEmpty() && !options.contains(text)) {
            throw new IllegalArgumentException(
                    "'" + Version.shortened(text) + "' is none of " + String.join(", ", options));
        }
        if (min != null && isNumeric() && number(value).compareTo(min) < 0) {
            throw new IllegalArgumentException(text.strip() + " is less than " + min.toPlainString());
        }
        if (max != null && isNumeric() && number(value).compareTo(max) > 0) {
            throw new IllegalArgumentException(text.strip() + " is more than " + max.toPlainString());
        }
        return value;
    }

    /** Whether bounds make sense. */
    boolean isNumeric() {
        return type == SettingType.INTEGER || type == SettingType.NUMBER;
    }

    private static BigDecimal number(Object value) {
        return new BigDecimal(value.toString());
    }

    SettingDefinition withFallback(Object value) {
        return new SettingDefinition(name, type, required, options, min, max, value);
    }
}
