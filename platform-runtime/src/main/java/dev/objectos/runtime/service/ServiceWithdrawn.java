package dev.objectos.runtime.service;

import dev.objectos.runtime.event.PlatformEvent;
import java.time.Duration;
import java.util.List;

/**
 * A service is going: nobody finds it any more, and references to it lead nowhere soon.
 *
 * @param patience how long references still work; zero: they do not
 * @param users ids of the plugins that hold references, and should close them
 */
public record ServiceWithdrawn(String capability, String version, String owner, Duration patience,
        List<String> users) implements PlatformEvent {

    public ServiceWithdrawn {
        users = List.copyOf(users);
    }

    @Override
    public String name() {
        return "service.withdrawn";
    }
}
