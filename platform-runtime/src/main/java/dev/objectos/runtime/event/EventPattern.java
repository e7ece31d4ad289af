package dev.objectos.runtime.event;

import java.util.regex.Pattern;

/** Names of events: {@code *} stands for one word or part of one, a last {@code **} for any number of words. */
final class EventPattern {

    private final Pattern pattern;

    EventPattern(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a pattern of event names must not be empty");
        }
        String regex = Pattern.quote(text).replace("**", "\\E.+\\Q").replace("*", "\\E[^.]+\\Q");
        pattern = Pattern.compile(regex);
    }

    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }
}
