package dev.objectos.runtime.spi;

import dev.objectos.runtime.storage.StorageAccess;

/**
 * Sees uses of the key-value stores. What a {@code before} throws, best a {@link dev.objectos.runtime.PlatformException}, keeps
 * it from happening. A bean of this type takes part, with the session of the access.
 *
 * <p>
 * One that comes with the server sees the uses of all stores. Each call runs on the thread of the access, and is interrupted
 * after {@code objectos.storage.interceptor-time}: a read or write about which nobody has said in time that it may be is refused
 * with {@code UNAVAILABLE}.
 *
 * <p>
 * One of an added plugin comes after these, and is called as a {@link RecordHook} is: in a thread of the plugin's own, for so long
 * as {@code objectos.hooks.timeout} and the plugin's limits give it. It sees what is done with its plugin's own namespaces and with
 * those that others share with it for writing; of those that they share for reading it is told by the {@code after} methods alone,
 * and cannot refuse. What its own code reads and writes meanwhile it is not asked about.
 */
public interface StorageInterceptor {

    /** Lower comes first. */
    default int order() {
        return 0;
    }

    /** Whether it may be read. */
    default void beforeRead(@SuppressWarnings("unused") StorageAccess access) {}

    /** It was read; what is thrown here keeps the caller from seeing it. */
    default void afterRead(@SuppressWarnings("unused") StorageAccess access,
            @SuppressWarnings("unused") int entries) {}

    /** Whether it may be written; the precondition of a change may still keep it from being made. */
    default void beforeWrite(@SuppressWarnings("unused") StorageAccess access) {}

    /** It was written, for good; what is thrown here is logged. */
    default void afterWrite(@SuppressWarnings("unused") StorageAccess access) {}
}
