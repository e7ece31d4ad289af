package dev.objectos.runtime.service;

import dev.objectos.runtime.plugin.manifest.Version;
import dev.objectos.runtime.plugin.manifest.VersionRange;

/**
 * Which services somebody wants to know of.
 *
 * @param capability a name; {@code mail.*} for everything below {@code mail}; {@code *} for everything
 * @param range versions of the contract
 */
public record ServiceQuery(String capability, VersionRange range) {

    private static final String BELOW = ".*";

    public static final ServiceQuery EVERYTHING = new ServiceQuery("*", VersionRange.ANY);

    public ServiceQuery {
        if (!capability.equals("*")) {
            CapabilityName.require(
                    capability.endsWith(BELOW) ? capability.substring(0, capability.length() - 2) : capability);
        }
    }

    /** @param range such as {@code ^1.0.0}, or {@code *} */
    public static ServiceQuery of(String capability, String range) {
        return new ServiceQuery(capability, VersionRange.parse(range));
    }

    public boolean matches(String name, Version version) {
        boolean named = capability.equals("*") || (capability.endsWith(BELOW)
                ? name.startsWith(capability.substring(0, capability.length() - 1))
                : name.equals(capability));
        return named && range.contains(version);
    }
}
