package dev.objectos.runtime.spi;

import dev.objectos.runtime.storage.StorageAccess;

/**
 * Sees every use of the key-value stores. What a {@code before} throws, best a
 * {@link dev.objectos.runtime.PlatformException}, keeps it from happening. A bean of this type takes part. Each call runs on
 * the thread of the access, with its session, and is interrupted after {@code objectos.storage.interceptor-time}: a read or
 * write about which nobody has said in time that it may be is refused with {@code UNAVAILABLE}.
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
