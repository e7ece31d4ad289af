package dev.objectos.permissions.api;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The parameters of an address: nothing that is asked for is passed over. */
final class GivenParameters {

    private GivenParameters() {}

    /** @throws dev.objectos.runtime.PlatformException {@code INVALID_REQUEST} where others are given, or one twice */
    static void check(Map<String, List<String>> given, Set<String> known) {
        given.forEach((name, values) -> {
            if (!known.contains(name)) {
                throw QuestionBody.refused("there is no parameter " + name + (known.isEmpty()
                        ? ""
                        : "; known are " + String.join(", ", new TreeSet<>(known))));
            }
            if (values.size() > 1) {
                throw QuestionBody.refused(name + " is given more than once");
            }
        });
    }

    /** @throws dev.objectos.runtime.PlatformException {@code INVALID_REQUEST} where it is missing */
    static String needed(Map<String, List<String>> given, String name) {
        List<String> values = given.get(name);
        if (values == null || values.getFirst().isBlank()) {
            throw QuestionBody.refused("the parameter " + name + " is missing");
        }
        return values.getFirst();
    }
}
