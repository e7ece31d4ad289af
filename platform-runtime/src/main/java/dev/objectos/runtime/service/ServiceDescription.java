package dev.objectos.runtime.service;

import java.time.Instant;
import java.util.List;

/**
 * A service that is offered.
 *
 * @param type name of the contract's interface
 * @param owner id of the plugin that offers it
 * @param since when it was offered
 * @param references that are held at the moment
 * @param users ids of the plugins that hold them
 */
public record ServiceDescription(String capability, String version, String type, String owner, Instant since,
        int references, List<String> users) {

    public ServiceDescription {
        users = List.copyOf(users);
    }
}
