package dev.objectos.runtime.hook;

import dev.objectos.runtime.spi.StorageInterceptor;

/** An interceptor of storage that takes part, with what it always answers. */
record JoinedStorageHook(StorageInterceptor interceptor, String plugin, int order, HookCaller caller) {

    JoinedStorageHook(StorageInterceptor interceptor, HookCaller caller) {
        this(interceptor, caller.bulkhead().plugin(), interceptor.order(), caller);
    }

    /** As messages call it. */
    String name() {
        return plugin + ".storage";
    }
}
