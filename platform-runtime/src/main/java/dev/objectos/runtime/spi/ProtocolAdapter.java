package dev.objectos.runtime.spi;

/**
 * Speaks a protocol of its own with clients, beside HTTP. A bean of this type in an added plugin takes part: from when the plugin
 * runs until it no longer does the server listens at the adapter's port, and hands it each client that connects. What it tells
 * clients it gets by {@link Records} as all of the plugin's code does, with the session of whoever the client says to be.
 */
public interface ProtocolAdapter {

    /** Unique on this server, such as {@code acme-lines.tcp}. */
    String name();

    /** What it speaks, for people and for clients that look for it, such as {@code acme-lines/1.0}. */
    String protocol();

    /** Where it is reached; the manifest asks for it under {@code permissions.ports}. Always the same answer. */
    int port();

    /**
     * Converses with one client, in a thread of its own; the connection ends when this does. When the plugin no longer runs the
     * connection is closed and the thread interrupted.
     *
     * @throws Exception ends the conversation; what is more than a lost connection is logged
     */
    void serve(ProtocolClient client) throws Exception;

    /**
     * How it is doing, beside whether the server listens; asked as a {@link HealthProbe} of its name is.
     *
     * @throws Exception counts as down
     */
    default HealthResult check() throws Exception {
        return HealthResult.up("it listens");
    }
}
