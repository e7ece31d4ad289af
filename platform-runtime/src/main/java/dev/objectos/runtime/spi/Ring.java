package dev.objectos.runtime.spi;

/** How near the kernel code stands, and so what it may call; from the inside to the outside. */
public enum Ring {

    /** The runtime itself: may call everything. */
    KERNEL,
    /** Plugins that come with the server and are part of it: the open packages, every object and every service. */
    SYSTEM,
    /** Business plugins, and all that are added: their own objects, and those and the services that their manifest names. */
    USER,
    /** Clients: HTTP with a session, never code. */
    OUTSIDE
}
