package dev.objectos.runtime.spi;

/**
 * A part of the runtime that administrators may want to know of.
 *
 * @param id such as {@code runtime.events}
 * @param setting with which the next start of the server has it or not; empty: it is always there
 * @param reason why it is always there; empty where it can be switched
 */
public record RuntimeCapability(String id, String description, boolean enabled, String setting, String reason) {

    public static RuntimeCapability switchedBy(String setting, String id, String description, boolean enabled) {
        return new RuntimeCapability(id, description, enabled, setting, "");
    }

    public static RuntimeCapability always(String id, String description, String reason) {
        return new RuntimeCapability(id, description, true, "", reason);
    }
}
