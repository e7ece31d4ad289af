package dev.objectos.runtime.service;

import dev.objectos.runtime.event.PlatformEvent;

/** A service has appeared. */
public record ServiceOffered(String capability, String version, String owner) implements PlatformEvent {

    @Override
    public String name() {
        return "service.offered";
    }
}
