package dev.objectos.runtime.plugin.resolve;

import dev.objectos.runtime.plugin.manifest.Version;
import dev.objectos.runtime.plugin.manifest.VersionRange;
import java.util.List;

/** Why a plugin cannot start; the text completes a sentence that begins with its id. */
public sealed interface Cause {

    String text();

    /** Another plugin of the same id was given first. */
    record Duplicate(String origin, String firstOrigin) implements Cause {

        @Override
        public String text() {
            return "is there twice: " + firstOrigin + " is used, " + origin + " is not";
        }
    }

    /** A plugin that it needs is not there. */
    record Missing(String needed, VersionRange range) implements Cause {

        @Override
        public String text() {
            return "needs " + needed + " " + range + ", which is not installed";
        }
    }

    /** A plugin that it needs is there in a version that will not do. */
    record WrongVersion(String needed, VersionRange range, Version installed) implements Cause {

        @Override
        public String text() {
            return "needs " + needed + " " + range + ", but " + needed + " " + installed + " is installed";
        }
    }

    /**
     * A plugin that it needs cannot start itself.
     *
     * @param root a sentence about the plugin with which it began
     */
    record Broken(String needed, String root) implements Cause {

        @Override
        public String text() {
            return "needs " + needed + ", which cannot start: " + root;
        }
    }

    /**
     * Nobody who can start offers a capability that it needs in a version that will do.
     *
     * @param offers who has the capability nevertheless, and why that does not help
     */
    record MissingCapability(String capability, VersionRange range, List<String> offers) implements Cause {

        public MissingCapability {
            offers = List.copyOf(offers);
        }

        @Override
        public String text() {
            return "needs the capability " + capability + " " + range + ", which nobody offers"
                    + (offers.isEmpty() ? "" : " so: " + String.join(", ", offers));
        }
    }

    /** It needs, through others, itself. */
    record Circle(List<String> path) implements Cause {

        public Circle {
            path = List.copyOf(path);
        }

        @Override
        public String text() {
            return "is part of a circle of dependencies: " + String.join(" → ", path) + " → " + path.getFirst();
        }
    }
}
