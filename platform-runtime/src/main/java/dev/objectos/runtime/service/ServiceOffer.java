package dev.objectos.runtime.service;

import java.time.Duration;

/** A service that its owner has offered, until it is withdrawn. */
public interface ServiceOffer {

    /**
     * Lets nobody find the service any more, tells its users, and waits until they have closed their references; whoever
     * has not by then is cut off. Has no effect the second time.
     *
     * @param patience how long to wait; zero: not at all
     * @return what was left to cut off
     * @throws InterruptedException while waiting; users are cut off then too
     */
    Withdrawal withdraw(Duration patience) throws InterruptedException;
}
