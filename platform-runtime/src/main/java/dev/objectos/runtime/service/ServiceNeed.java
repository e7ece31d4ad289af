package dev.objectos.runtime.service;

import dev.objectos.runtime.plugin.manifest.VersionRange;

/**
 * What somebody looks for.
 *
 * @param type the contract
 * @param capability such as {@code mail.send}
 * @param range versions of the contract that will do
 */
public record ServiceNeed<T>(Class<T> type, String capability, VersionRange range) {

    public ServiceNeed {
        CapabilityName.require(capability);
        CapabilityName.requireContract(type);
    }

    /** @param range such as {@code ^1.2.0} */
    public static <T> ServiceNeed<T> of(Class<T> type, String capability, String range) {
        return new ServiceNeed<>(type, capability, VersionRange.parse(range));
    }

    @Override
    public String toString() {
        return capability + " " + range;
    }
}
