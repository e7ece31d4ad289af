package dev.objectos.workflow;

import java.util.List;
import java.util.Map;

/**
 * Something that is to happen once a transition is committed: people are told.
 *
 * @param type name of the template, or {@code workflow}
 * @param to users' ids, user names and e-mail addresses
 * @param message empty: the title says all
 */
record Effect(String type, List<String> to, String title, String message) {

    Effect {
        to = List.copyOf(to);
    }

    Map<String, Object> json() {
        return Map.of("type", type, "to", to, "title", title, "message", message);
    }
}
