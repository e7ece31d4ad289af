package dev.objectos.runtime.plugin.manifest;

import dev.objectos.runtime.metadata.Violation;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A manifest that was read, or why it cannot be used.
 *
 * @param manifest null where something is an error
 * @param violations errors and warnings, in the order of their places
 */
public record ManifestReading(@Nullable PluginManifest manifest, List<Violation> violations) {

    public ManifestReading {
        violations = List.copyOf(violations);
    }

    /** All errors, one in a line. */
    public String errors() {
        return violations.stream().filter(Violation::isError).map(Violation::toString)
                .collect(Collectors.joining("\n"));
    }

    public List<Violation> warnings() {
        return violations.stream().filter(violation -> !violation.isError()).toList();
    }
}
