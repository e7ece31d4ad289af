package dev.objectos.runtime.spi;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;

/**
 * A command of a built-in plugin that works on the installation itself, whether a server runs or not: {@code ./objectos <name>}.
 * Found by {@link java.util.ServiceLoader}.
 */
public interface InstallationCommand {

    /** A lower-case word. */
    String name();

    /** What stands behind the name, such as {@code verify}, with what it does; for whoever calls it wrongly. */
    String usage();

    /** Whether the arguments say something that the command knows. */
    boolean understands(List<String> arguments);

    /**
     * Does it.
     *
     * @param worker connections of the role that does the platform's own work
     * @param home the folder for everything that is kept outside a given database
     * @return 0 where all is well, 1 where not
     */
    int run(List<String> arguments, DataSource worker, Path home, PrintStream out);
}
