package dev.objectos.runtime.plugin.command;

import java.util.List;

/** A server that has refused, cannot be reached, or is not known. */
final class ServerRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<String> details;

    ServerRefusedException(String message) {
        this(0, message, List.of());
    }

    /**
     * @param status of the answer; 0: there was none
     * @param details what else is wrong, one thing a line
     */
    ServerRefusedException(int status, String message, List<String> details) {
        super(message);
        this.status = status;
        this.details = List.copyOf(details);
    }

    int status() {
        return status;
    }

    List<String> details() {
        return details;
    }
}
