package dev.objectos.runtime.spi;

import java.util.Optional;

/**
 * What an administrator has set for a plugin under {@code objectos.plugins.<plugin id>.settings}, as the {@code settings} of its
 * manifest allow. Each call answers what is set now: a change counts at once.
 */
public interface PluginSettings {

    /**
     * The value, or the manifest's default.
     *
     * @param type of the value: {@code String} for text, {@code Long} for integer, {@code BigDecimal} for number, {@code Boolean} for
     *     boolean, {@code Duration} for duration
     * @throws IllegalArgumentException where the manifest has no setting of that name and type
     */
    <T> Optional<T> find(String name, Class<T> type);

    /**
     * The value of a setting that is required or has a default.
     *
     * @throws IllegalArgumentException as above, and where nothing is set
     */
    default <T> T get(String name, Class<T> type) {
        return find(name, type).orElseThrow(() -> new IllegalArgumentException(
                "nothing is set for '" + name + "'; give it a default, make it required, or ask with find"));
    }
}
