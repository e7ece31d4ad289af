package dev.objectos.runtime.service;

/**
 * A service in use. Hold it for as long as the service is needed, and close it then: whoever offers the service waits for
 * that, up to a limit, before it goes.
 */
public interface ServiceReference<T> extends AutoCloseable {

    /**
     * The service. Do not keep it longer than this reference: its methods throw {@link ServiceGoneException} once the service
     * has gone or this is closed.
     */
    T service();

    /** Id of the plugin that offers it. */
    String owner();

    String capability();

    String version();

    /** Whether calls still reach the service. */
    boolean isAlive();

    /** May be called again. */
    @Override
    void close();
}
