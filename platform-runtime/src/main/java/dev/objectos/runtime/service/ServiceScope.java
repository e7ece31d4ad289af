package dev.objectos.runtime.service;

import java.time.Duration;

/**
 * Services as one run of a plugin sees them. While a plugin is upgraded two runs of it are there at the same time, and the end
 * of one leaves the other alone.
 */
public interface ServiceScope extends Services {

    /**
     * Ends everything of this run: closes its references to others and withdraws its offers together. Whoever uses one of them
     * goes over to another run's, where that offers the same contract in a version that will do; everybody else is told and
     * cut off. Afterwards nothing can be offered or found through this.
     *
     * @param patience how long to wait for its users
     * @throws InterruptedException while waiting; users are cut off then too
     */
    Withdrawal leave(Duration patience) throws InterruptedException;
}
