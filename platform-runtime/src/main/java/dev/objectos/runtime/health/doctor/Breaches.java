package dev.objectos.runtime.health.doctor;

import java.util.List;
import java.util.stream.Collectors;

/** What breaks an invariant, told in one line. */
final class Breaches {

    private static final int SHOWN = 5;

    private Breaches() {}

    static String told(List<String> breaches) {
        String first = breaches.stream().limit(SHOWN).collect(Collectors.joining("; "));
        int more = breaches.size() - SHOWN;
        return more > 0 ? first + "; and " + more + " more" : first;
    }
}
