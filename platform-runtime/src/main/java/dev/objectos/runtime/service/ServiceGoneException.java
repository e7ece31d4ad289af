package dev.objectos.runtime.service;

/** A call through a reference that no longer leads anywhere. */
public final class ServiceGoneException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String capability;
    private final String owner;

    public ServiceGoneException(String capability, String version, String owner, boolean closed) {
        super(closed
                ? "The reference to the service " + capability + " " + version + " of " + owner
                        + " is closed; look the service up again"
                : "The service " + capability + " " + version + " was withdrawn by " + owner
                        + "; close the reference and look for another offer");
        this.capability = capability;
        this.owner = owner;
    }

    public String capability() {
        return capability;
    }

    public String owner() {
        return owner;
    }
}
