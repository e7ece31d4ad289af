package dev.objectos.runtime.plugin.manifest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What plugins offer each other without knowing each other.
 *
 * @param offers name → version of the contract
 * @param needs name → versions of the contract that will do
 */
public record Capabilities(Map<String, Version> offers, Map<String, Requirement> needs) {

    public Capabilities {
        offers = Collections.unmodifiableMap(new LinkedHashMap<>(offers));
        needs = Collections.unmodifiableMap(new LinkedHashMap<>(needs));
    }
}
