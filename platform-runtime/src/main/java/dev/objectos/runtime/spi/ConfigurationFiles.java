package dev.objectos.runtime.spi;

import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.Written;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Files of settings with a structure of their own, named {@code <name>.config.yml}, that plugins bring in their packages and
 * administrators keep in {@code OBJECTOS_HOME}.
 */
public interface ConfigurationFiles {

    /**
     * Hands over every file of that name, now and again whenever one of them has changed, come or gone: the plugins' in the order of
     * their dependencies, then the administrator's.
     *
     * @param reader called by one thread at a time
     */
    void follow(String name, Consumer<List<ConfigurationFile>> reader);

    /** "did you mean 'x'?", or nothing where no known word is near. */
    String suggest(String written, Collection<String> known);

    /**
     * A file as it was found.
     *
     * @param label names it in positions
     * @param ofAdministrator whether it is the one in {@code OBJECTOS_HOME}
     * @param content null: it is no YAML
     * @param violations why not
     */
    record ConfigurationFile(String label, boolean ofAdministrator, @Nullable Written content,
            List<Violation> violations) {

        public ConfigurationFile {
            violations = List.copyOf(violations);
        }
    }
}
