package dev.objectos.runtime.plugin.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words behind a command: options with a value each, switches without, and the rest. */
record Arguments(Map<String, String> options, Set<String> switches, List<String> words) {

    /** @throws WrongUseException where an option is unknown, has no value, or is there twice */
    static Arguments parse(List<String> arguments, Set<String> known) {
        return parse(arguments, known, Set.of());
    }

    /**
     * @param switches options without a value
     * @throws WrongUseException as above
     */
    static Arguments parse(List<String> arguments, Set<String> known, Set<String> switches) {
        Map<String, String> options = new LinkedHashMap<>();
        Set<String> on = new LinkedHashSet<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                words.add(argument);
                continue;
            }
            if (switches.contains(argument)) {
                on.add(argument);
                continue;
            }
            String[] parts = argument.split("=", 2);
            if (!known.contains(parts[0])) {
                throw new WrongUseException("there is no option " + parts[0] + " here");
            }
            if (parts.length == 1 && i + 1 == arguments.size()) {
                throw new WrongUseException(parts[0] + " needs a value");
            }
            String value = parts.length == 1 ? arguments.get(++i) : parts[1];
            if (value.isBlank() || options.put(parts[0], value) != null) {
                throw new WrongUseException(parts[0] + " needs one value");
            }
        }
        return new Arguments(options, on, words);
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    String needed(String name) {
        return option(name).orElseThrow(() -> new WrongUseException(name + " is missing"));
    }

    boolean has(String name) {
        return switches.contains(name);
    }

    /** The only word. */
    String file() {
        return only("FILE");
    }

    /** The only word; {@code what} it is, for messages. */
    String only(String what) {
        if (words.size() != 1) {
            throw new WrongUseException(
                    words.isEmpty() ? what + " is missing" : "one " + what + " only, not " + words.size());
        }
        return words.getFirst();
    }

    void noFile() {
        if (!words.isEmpty()) {
            throw new WrongUseException("'" + words.getFirst() + "' has no meaning here");
        }
    }

    /** A command that was called in a way it does not have. */
    static final class WrongUseException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        WrongUseException(String message) {
            super(message);
        }
    }
}
