package dev.objectos.runtime.doctor;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.autoconfigure.PluginProperties;
import dev.objectos.runtime.autoconfigure.RuntimeProperties;
import dev.objectos.runtime.configuration.SettingsFiles;
import dev.objectos.runtime.configuration.UnusableSettingsException;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.UnusableDatabaseException;
import dev.objectos.runtime.expression.ExpressionChecker;
import dev.objectos.runtime.health.HealthProperties;
import dev.objectos.runtime.health.doctor.Installation;
import dev.objectos.runtime.health.doctor.InstallationDoctor;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.edit.EditedMetadata;
import dev.objectos.runtime.metadata.edit.VersionStore;
import dev.objectos.runtime.metadata.publish.AddedLayers;
import dev.objectos.runtime.metadata.publish.EditedLayer;
import dev.objectos.runtime.metadata.publish.MetadataLayers;
import dev.objectos.runtime.metadata.publish.MetadataProperties;
import dev.objectos.runtime.metadata.yaml.CatalogLoader;
import dev.objectos.runtime.plugin.PluginRegistry;
import dev.objectos.runtime.plugin.PluginSelection;
import dev.objectos.runtime.plugin.added.KeptPackages;
import dev.objectos.runtime.plugin.added.PluginDatabase;
import dev.objectos.runtime.plugin.trust.TrustMode;
import dev.objectos.runtime.schema.SchemaPublisher;
import dev.objectos.runtime.spi.DoctorFinding;
import dev.objectos.runtime.storage.file.DiskFileStore;
import dev.objectos.runtime.storage.file.FileProperties;
import dev.objectos.runtime.storage.file.FileStore;
import dev.objectos.runtime.storage.file.s3.S3FileStore;
import dev.objectos.runtime.storage.file.s3.S3Properties;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.function.SingletonSupplier;

/**
 * {@code ./objectos doctor}: examines the installation with the settings of a server, whether one runs or not. It joins the
 * embedded database of a server that runs, and otherwise starts it for as long as it looks. It ends with 0 where every
 * invariant holds, 1 where one does not, 2 where it was called wrongly.
 */
public final class DoctorCommand {

    private static final String ADDED_PLUGINS = "added plugins";

    private final Binder settings;
    private final PluginSelection selection;
    private final TrustMode trust;
    private final Clock clock;
    private final PrintStream out;

    DoctorCommand(ConfigurableEnvironment environment, Clock clock, PrintStream out) {
        ConfigurationPropertySources.attach(environment);
        SettingsFiles.addTo(environment);
        this.settings = Binder.get(environment);
        this.selection = PluginSelection.of(environment);
        this.trust = TrustMode.of(environment.getProperty("objectos.trust"));
        this.clock = clock;
        this.out = out;
    }

    public static void main(String[] arguments) {
        // What is wrong is said below; the log of a start would only stand between.
        LoggingSystem.get(DoctorCommand.class.getClassLoader()).beforeInitialize();
        try {
            System.exit(new DoctorCommand(new StandardEnvironment(), Clock.systemUTC(), System.out)
                    .run(List.of(arguments)));
        } catch (UnusableSettingsException e) {
            System.out.println("objectos: the settings cannot be used:\n" + e.getMessage());
            System.exit(1);
        }
    }

    int run(List<String> arguments) {
        if (!arguments.isEmpty()) {
            out.println("objectos: doctor takes no options, and does not know '" + arguments.getFirst() + "'.");
            return 2;
        }
        List<DoctorFinding> findings = examine(bind("objectos", RuntimeProperties.class).home());
        print(findings);
        return count(findings, DoctorFinding.Status.FAIL) == 0 ? 0 : 1;
    }

    private List<DoctorFinding> examine(Path home) {
        DatabaseProperties given = bind("objectos.database", DatabaseProperties.class);
        try {
            return new InstallationDatabase(home, given).use(databases -> examine(home, databases, given))
                    .orElseGet(() -> withoutDatabase(home, DoctorFinding.warn("database", "there is none yet",
                            "./objectos run makes it; what concerns the database was not examined")));
        } catch (UnusableDatabaseException e) {
            return withoutDatabase(home,
                    DoctorFinding.fail("database", String.valueOf(e.getMessage()), e.action()));
        }
    }

    private List<DoctorFinding> examine(Path home, Databases databases, DatabaseProperties configured) {
        PluginRegistry plugins = PluginRegistry.discover(DoctorCommand.class.getClassLoader(), selection);
        SingletonSupplier<KeptPackages> packages = SingletonSupplier.of(() -> packages(home, databases, plugins));
        SingletonSupplier<Catalog> catalog = SingletonSupplier
                .of(() -> catalog(plugins, packages.obtain(), databases));
        var findings = new ArrayList<>(InstallationDoctor.of(new Installation(home, databases, configured.pools(),
                catalog::obtain, files(home), limits(), trust, clock)).examine());
        findings.add(addedPlugins(packages));
        return findings;
    }

    private KeptPackages packages(Path home, Databases databases, PluginRegistry plugins) {
        return new KeptPackages(plugins, new PluginDatabase(databases.worker(), databases.direct()),
                bind("objectos", PluginProperties.class).packages(home, clock));
    }

    /** Their packages are kept in the database; whether they may be opened is decided anew each time. */
    private static DoctorFinding addedPlugins(SingletonSupplier<KeptPackages> packages) {
        KeptPackages found;
        try {
            found = packages.obtain();
        } catch (PlatformException e) {
            return DoctorFinding.fail(ADDED_PLUGINS, e.message(), "start the server, which makes its tables");
        }
        return found.refused().isEmpty()
                ? DoctorFinding.ok(ADDED_PLUGINS, found.count() + " packages can be opened")
                : DoctorFinding.fail(ADDED_PLUGINS,
                        found.refused().entrySet().stream().map(plugin -> plugin.getKey() + ": " + plugin.getValue())
                                .collect(Collectors.joining("; ")),
                        "trust the key that signed them, or remove the plugins (./objectos plugin remove)");
    }

    private List<FileStore> files(Path home) {
        FileProperties files = bind("objectos.files", FileProperties.class);
        S3Properties s3 = bind("objectos.files.s3", S3Properties.class);
        var stores = new ArrayList<FileStore>(List.of(DiskFileStore.in(home, files)));
        if (s3.bucket() != null) {
            stores.add(new S3FileStore(s3, files.maximumSize()));
        }
        return stores;
    }

    private List<DoctorFinding> withoutDatabase(Path home, DoctorFinding database) {
        var findings = new ArrayList<>(
                InstallationDoctor.withoutDatabase(home, limits(), trust).examine());
        findings.add(database);
        return findings;
    }

    /** What a server with these settings would publish, with what was added and edited while it ran. */
    private Catalog catalog(PluginRegistry plugins, KeptPackages packages, Databases databases) {
        List<Path> folders = bind("objectos.metadata", MetadataProperties.class).folders();
        var added = new AddedLayers();
        added.replace(packages.metadata());
        var edited = new EditedLayer();
        edited.replace(EditedMetadata.kept(new VersionStore(databases.worker())));
        Catalog loaded = CatalogLoader.load(1, new MetadataLayers(plugins, added, folders, edited).get());
        var findings = new LinkedHashSet<Violation>(loaded.violations());
        findings.addAll(ExpressionChecker.check(loaded));
        return new SchemaPublisher(databases).placed(loaded.reporting(List.copyOf(findings)));
    }

    private HealthProperties limits() {
        return bind("objectos.health", HealthProperties.class);
    }

    private <T> T bind(String prefix, Class<T> type) {
        return settings.bindOrCreate(prefix, type);
    }

    private void print(List<DoctorFinding> findings) {
        int width = findings.stream().mapToInt(finding -> finding.check().length()).max().orElse(0);
        for (DoctorFinding finding : findings) {
            out.println(("%-4s  %-" + width + "s  %s").formatted(finding.status(), finding.check(), finding.found()));
            if (!finding.advice().isEmpty()) {
                out.println(" ".repeat(width + 8) + "→ " + finding.advice());
            }
        }
        out.println("\n%d checks: %d failed, %d warnings".formatted(findings.size(),
                count(findings, DoctorFinding.Status.FAIL), count(findings, DoctorFinding.Status.WARN)));
    }

    private static long count(List<DoctorFinding> findings, DoctorFinding.Status status) {
        return findings.stream().filter(finding -> finding.status() == status).count();
    }
}
