package dev.objectos.server.openapi;

import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whom an endpoint is for, apart from what rights on records say: whoever stands in one of some ways or has one of some rights. A
 * caller, too, is one: all that it is and may.
 */
record Audience(Set<Standing> standings, Set<SystemPermission> permissions) {

    private static final String OWNER = "owner";

    Audience {
        standings = Set.copyOf(standings);
        permissions = Set.copyOf(permissions);
    }

    /** How somebody stands to the server. */
    enum Standing {

        /** Also whoever has not signed in. */
        EVERYBODY(""),

        SIGNED_IN(""),

        ADMINISTRATORS("administrators"),

        OWNERS("the owners of the organization"),

        PLATFORM_ADMINISTRATORS("platform administrators");

        private final String people;

        Standing(String people) {
            this.people = people;
        }

        private static Optional<Standing> named(String word) {
            return Arrays.stream(values()).filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word)).findFirst();
        }

        private boolean includes(Session session) {
            return switch (this) {
                case EVERYBODY, SIGNED_IN -> true;
                case ADMINISTRATORS -> session.administers();
                case OWNERS -> session.platformAdministrator() || session.roles().contains(OWNER);
                case PLATFORM_ADMINISTRATORS -> session.platformAdministrator();
            };
        }
    }

    /**
     * Reads standings and rights with {@code |} between them.
     *
     * @throws IllegalArgumentException where there is none of such a name
     */
    static Audience named(String words) {
        var standings = EnumSet.noneOf(Standing.class);
        var permissions = EnumSet.noneOf(SystemPermission.class);
        for (String word : words.split("\\|")) {
            Optional<Standing> standing = Standing.named(word);
            if (standing.isPresent()) {
                standings.add(standing.get());
            } else {
                permissions.add(SystemPermission.named(word)
                        .orElseThrow(() -> new IllegalArgumentException("Nobody is called \"" + word + "\"")));
            }
        }
        return new Audience(standings, permissions);
    }

    /** A caller. */
    static Audience of(Session session) {
        return new Audience(
                Arrays.stream(Standing.values()).filter(standing -> standing.includes(session))
                        .collect(Collectors.toSet()),
                Arrays.stream(SystemPermission.values()).filter(session::may).collect(Collectors.toSet()));
    }

    boolean includes(Audience caller) {
        return !Collections.disjoint(standings, caller.standings)
                || !Collections.disjoint(permissions, caller.permissions);
    }

    /** Whether nobody needs to sign in. */
    boolean isOpen() {
        return standings.contains(Standing.EVERYBODY);
    }

    /** What readers of the description are told; empty: nothing. */
    String note() {
        var people = new ArrayList<String>();
        standings.stream().sorted().map(standing -> standing.people).filter(name -> !name.isEmpty())
                .forEach(people::add);
        permissions.stream().sorted().map(right -> "those with the right " + right.word()).forEach(people::add);
        return people.isEmpty() ? "" : "For " + String.join(" or ", people) + ".";
    }
}
