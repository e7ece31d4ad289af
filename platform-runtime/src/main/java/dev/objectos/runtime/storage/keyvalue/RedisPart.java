package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.storage.StoreAddress;
import java.util.UUID;

/**
 * What one plugin keeps in one tenant, as the names of its keys in Redis. The braces keep them together where Redis spreads
 * keys over servers.
 */
record RedisPart(String owner, UUID tenant) {

    private static final String BASE = "objectos:storage:";

    /** All parts that hold something. */
    static final String PARTS = BASE + "parts";

    /** Parts by the moment when their next entry expires. */
    static final String DUE = BASE + "due";

    /** What is shared, with whom. */
    static final String GRANTS = BASE + "grants";

    static final String USAGES = BASE + "usage:";

    static RedisPart of(StoreAddress store) {
        return new RedisPart(store.owner(), store.tenant());
    }

    /** @param name as {@link #name} gives it */
    static RedisPart named(String name) {
        int middle = name.lastIndexOf('/');
        return new RedisPart(name.substring(0, middle), UUID.fromString(name.substring(middle + 1)));
    }

    String name() {
        return owner + "/" + tenant;
    }

    private String braced() {
        return "{" + name() + "}";
    }

    String usage() {
        return USAGES + braced();
    }

    String revision() {
        return BASE + "revision:" + braced();
    }

    String expiry() {
        return BASE + "expiry:" + braced();
    }

    String namespaces() {
        return BASE + "namespaces:" + braced();
    }

    String scratch() {
        return BASE + "scratch:" + braced();
    }

    /** Before the name of a namespace. */
    String indexes() {
        return BASE + "index:" + braced() + ":";
    }

    /** Before the name of a namespace, a colon and a key. */
    String entries() {
        return BASE + "entry:" + braced() + ":";
    }

    String entries(String namespace) {
        return entries() + namespace + ":";
    }
}
