package dev.objectos.runtime.resource;

import java.util.Locale;

/** What a plugin is called for. */
public enum CallKind {

    HOOK, LISTENER, SUBSCRIBER, ENDPOINT;

    /** As meters say it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
