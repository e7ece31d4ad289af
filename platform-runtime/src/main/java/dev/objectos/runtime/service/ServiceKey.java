package dev.objectos.runtime.service;

import dev.objectos.runtime.plugin.manifest.Version;

/**
 * What somebody offers.
 *
 * @param type the contract, a public interface
 * @param capability such as {@code mail.send}
 * @param version of the contract
 */
public record ServiceKey<T>(Class<T> type, String capability, Version version) {

    public ServiceKey {
        CapabilityName.require(capability);
        CapabilityName.requireContract(type);
    }

    /** @param version such as {@code 1.2.0} */
    public static <T> ServiceKey<T> of(Class<T> type, String capability, String version) {
        return new ServiceKey<>(type, capability, Version.parse(version));
    }

    @Override
    public String toString() {
        return capability + " " + version;
    }
}
