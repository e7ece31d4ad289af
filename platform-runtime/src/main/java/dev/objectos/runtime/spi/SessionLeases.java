package dev.objectos.runtime.spi;

/** Signs in whoever brings a credential otherwise than in the headers of a request: in the first message over a WebSocket. */
@FunctionalInterface
public interface SessionLeases {

    /** The request attribute in which they are found where a WebSocket is opened and people sign in. */
    String ATTRIBUTE = "dev.objectos.runtime.spi.SessionLeases";

    /**
     * The lease of a session's token, an API key or another credential; it is empty where that counts for nothing.
     *
     * @param credential as the header {@code Authorization} has it behind {@code Bearer}
     */
    SessionLease of(String credential);
}
