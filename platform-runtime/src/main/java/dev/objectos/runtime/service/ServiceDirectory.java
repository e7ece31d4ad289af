package dev.objectos.runtime.service;

import java.time.Duration;
import java.util.List;

/** Every service of this server, and who uses which. Plugins work with {@link Services}; this is for the platform. */
public interface ServiceDirectory {

    /** Services as that plugin sees them. */
    Services of(String plugin);

    /** Services for one run of a plugin, which may end beside another run of the same plugin. */
    ServiceScope open(String plugin);

    /** What is offered, by capability and then newest first. */
    List<ServiceDescription> discover(ServiceQuery query);

    /** Who uses what at the moment. */
    List<ServiceUse> uses();

    /** Plugins that use each other in a circle, each as a path that ends where it began. */
    List<List<String>> cycles();

    /**
     * Ends everything of a plugin: withdraws its offers together and closes its references to others.
     *
     * @param patience how long to wait for its users
     * @throws InterruptedException while waiting; users are cut off then too
     */
    Withdrawal leave(String plugin, Duration patience) throws InterruptedException;
}
