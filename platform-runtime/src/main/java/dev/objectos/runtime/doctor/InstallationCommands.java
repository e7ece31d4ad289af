package dev.objectos.runtime.doctor;

import dev.objectos.runtime.autoconfigure.RuntimeProperties;
import dev.objectos.runtime.configuration.SettingsFiles;
import dev.objectos.runtime.configuration.UnusableSettingsException;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.UnusableDatabaseException;
import dev.objectos.runtime.spi.InstallationCommand;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;

/** Runs the {@link InstallationCommand}s of plugins: ends with what they end with, and with 2 where called wrongly. */
public final class InstallationCommands {

    private final Binder settings;
    private final List<InstallationCommand> commands;
    private final PrintStream out;

    InstallationCommands(ConfigurableEnvironment environment, List<InstallationCommand> commands, PrintStream out) {
        ConfigurationPropertySources.attach(environment);
        SettingsFiles.addTo(environment);
        this.settings = Binder.get(environment);
        this.commands = List.copyOf(commands);
        this.out = out;
    }

    public static void main(String[] arguments) {
        LoggingSystem.get(InstallationCommands.class.getClassLoader()).beforeInitialize();
        try {
            System.exit(new InstallationCommands(new StandardEnvironment(),
                    ServiceLoader.load(InstallationCommand.class).stream().map(ServiceLoader.Provider::get).toList(),
                    System.out).run(List.of(arguments)));
        } catch (UnusableSettingsException e) {
            System.out.println("objectos: the settings cannot be used:\n" + e.getMessage());
            System.exit(1);
        }
    }

    /** @param arguments the name of the command first */
    int run(List<String> arguments) {
        Optional<InstallationCommand> command = commands.stream()
                .filter(known -> !arguments.isEmpty() && known.name().equals(arguments.getFirst())).findFirst();
        if (command.isEmpty()) {
            out.println("objectos: there is no such command.");
            return 2;
        }
        List<String> rest = arguments.subList(1, arguments.size());
        if (!command.get().understands(rest)) {
            out.println("Usage: ./objectos " + command.get().name() + " " + command.get().usage());
            return 2;
        }
        Path home = settings.bindOrCreate("objectos", RuntimeProperties.class).home();
        try {
            return new InstallationDatabase(home, settings.bindOrCreate("objectos.database", DatabaseProperties.class))
                    .use(databases -> command.get().run(rest, databases.worker(), home, out)).orElseGet(this::nothing);
        } catch (UnusableDatabaseException e) {
            out.println("objectos: " + e.getMessage() + "\n          " + e.action());
            return 1;
        }
    }

    private int nothing() {
        out.println("objectos: there is no database yet; ./objectos run makes it.");
        return 1;
    }
}
