package dev.objectos.runtime.plugin.resolve;

import java.util.List;
import java.util.stream.Collectors;

/** A plugin that cannot start, and everything that keeps it from it. */
public record Exclusion(Candidate candidate, List<Cause> causes) {

    public Exclusion {
        causes = List.copyOf(causes);
    }

    public String id() {
        return candidate.id();
    }

    /** The cause with which it began, here or at a plugin that this one needs; it does not grow with the distance. */
    String root() {
        for (Cause cause : causes) {
            if (!(cause instanceof Cause.Broken)) {
                return id() + " " + cause.text();
            }
        }
        return causes.getFirst() instanceof Cause.Broken(_, String root) ? root : id();
    }

    /** The causes as the end of a sentence that begins with the id. */
    public String because() {
        return causes.stream().map(Cause::text).collect(Collectors.joining("; "));
    }

    /** Whether it could start if others did: it lacks nothing but capabilities, or plugins that lack something themselves. */
    public boolean waits() {
        return causes.stream()
                .allMatch(cause -> cause instanceof Cause.MissingCapability || cause instanceof Cause.Broken);
    }

    /** Whether it could start if others came or changed. */
    public boolean canComeRight() {
        return causes.stream().noneMatch(cause -> cause instanceof Cause.Duplicate || cause instanceof Cause.Circle);
    }

    /** A sentence that names the plugin and the others concerned. */
    public String reason() {
        return "Plugin " + id() + " " + because();
    }
}
