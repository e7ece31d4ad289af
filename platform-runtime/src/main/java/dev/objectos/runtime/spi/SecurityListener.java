package dev.objectos.runtime.spi;

/**
 * Told of each {@link SecurityEvent} in the thread in which it happens, before its answer is given. A failure fails what
 * happened too: who must keep record of everything says so by throwing.
 */
@FunctionalInterface
public interface SecurityListener {

    void happened(SecurityEvent event);
}
