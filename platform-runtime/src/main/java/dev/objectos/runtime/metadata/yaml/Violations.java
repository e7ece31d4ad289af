package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.Violation;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All that was found wrong in a load, and which files are not to be used because of it. */
final class Violations {

    private final Set<Violation> found = new LinkedHashSet<>();
    private final Set<String> badFiles = new HashSet<>();

    void add(Violation violation) {
        found.add(violation);
        if (violation.isError()) {
            badFiles.add(violation.where().file());
        }
    }

    /** Whether a file, given by the label in its positions, has an error. */
    boolean isBad(String label) {
        return badFiles.contains(label);
    }

    int badFiles() {
        return badFiles.size();
    }

    Findings findings(String type, String name) {
        return new Findings(type, name, this::add);
    }

    List<Violation> sorted() {
        return found.stream()
                .sorted(Comparator.comparing((Violation violation) -> violation.where().file())
                        .thenComparingInt(violation -> violation.where().line())
                        .thenComparingInt(violation -> violation.where().column()))
                .toList();
    }
}
