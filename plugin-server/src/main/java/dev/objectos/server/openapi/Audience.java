package dev.objectos.server.openapi;

import dev.objectos.runtime.session.Session;
import java.util.Locale;

/** Whom an endpoint is for, apart from what rights on records say. */
enum Audience {

    /** Also whoever has not signed in. */
    EVERYBODY(""),

    SIGNED_IN(""),

    ADMINISTRATORS("For administrators."),

    OWNERS("For the owners of the organization."),

    PLATFORM_ADMINISTRATORS("For platform administrators.");

    private static final String OWNER = "owner";

    private final String note;

    Audience(String note) {
        this.note = note;
    }

    /** @throws IllegalArgumentException where there is none of that name */
    static Audience named(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** What readers of the description are told; empty: nothing. */
    String note() {
        return note;
    }

    boolean includes(Session session) {
        return switch (this) {
            case EVERYBODY, SIGNED_IN -> true;
            case ADMINISTRATORS -> session.administers();
            case OWNERS -> session.platformAdministrator() || session.roles().contains(OWNER);
            case PLATFORM_ADMINISTRATORS -> session.platformAdministrator();
        };
    }
}
