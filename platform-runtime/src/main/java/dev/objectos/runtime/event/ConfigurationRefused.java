package dev.objectos.runtime.event;

import java.util.List;

/**
 * A file of settings was changed to something that cannot be used; the last good settings hold.
 *
 * @param problems each with file, line and what is wrong
 */
public record ConfigurationRefused(List<String> problems) implements PlatformEvent {

    public ConfigurationRefused {
        problems = List.copyOf(problems);
    }

    @Override
    public String name() {
        return "configuration.refused";
    }
}
