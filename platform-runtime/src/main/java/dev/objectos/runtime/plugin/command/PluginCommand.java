package dev.objectos.runtime.plugin.command;

import dev.objectos.runtime.ObjectOs;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.plugin.command.Arguments.WrongUseException;
import dev.objectos.runtime.plugin.trust.PackageRefusedException;
import dev.objectos.runtime.plugin.trust.PackageSigner;
import dev.objectos.runtime.plugin.trust.PluginPackage;
import dev.objectos.runtime.plugin.trust.PublisherKey;
import dev.objectos.runtime.plugin.trust.Signer;
import dev.objectos.runtime.plugin.trust.TrustMode;
import dev.objectos.runtime.plugin.trust.TrustStore;
import dev.objectos.runtime.spi.KeyFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootVersion;

/**
 * {@code ./objectos plugin …}: makes projects and keys, trusts them, signs and verifies packages, and changes the plugins of a
 * running server. It ends with 0 where it did what was
 * asked, 1 where it could not or the package is refused, 2 where it was called wrongly.
 */
public final class PluginCommand {

    private static final String USAGE = """
            Usage: ./objectos plugin COMMAND

            Writing one:
              new DIR [--id ID] [--publisher NAME] [--package NAME]
                                                     make a project in DIR, with ./plugin to build, test and run it
                                                       --id ID  default: the name of DIR, such as acme-loyalty
              try FILE [--port N] [-- COMMAND …]     run a throw-away server with a plugin in it, until Ctrl-C or for as
                                                       long as COMMAND runs, which finds OBJECTOS_URL and OBJECTOS_TOKEN

            Signing and trusting:
              keygen [--publisher NAME] --out FILE   make a key: FILE is private, FILE.pub is for those who trust it
              trust FILE.pub [--publisher NAME]      trust a publisher's key on this server
                                                       --publisher NAME  for a key in PEM, which names nobody
              sign FILE --key KEY                    sign a plugin (jar or zip) in place
              verify FILE                            say whether this server would open a plugin, and why not

            On a running server:
              list                                   what there is, and how it is doing
              install FILE [--approve] [--downgrade] add a plugin, or another version of it, and enable it
              update FILE [--approve] [--downgrade]  the same for a plugin that is there
                                                       --downgrade  go back to a version that is older
              approve ID                             grant what a plugin asks for
              enable ID, disable ID [--cascade]      have it run, or run no longer; its records are kept
              secrets ID                             the secrets that a plugin asks for, and which are set
              secret ID NAME [--clear]               set one: asks for it, or reads it from the input
              remove ID [--drop] [--cascade] [--yes] take it away, after showing what goes with it
                                                       --drop     with the records of its objects, for good
                                                       --cascade  disable those that need it, too
                                                       --yes      do not ask

            Environment:
              OBJECTOS_URL, OBJECTOS_TOKEN           the server and who asks (default: the one that was started with
                                                       ./objectos run, and whoever has signed in with ./objectos login)
              OBJECTOS_HOME                          the data folder; trusted keys are in its folder trust

            It ends with 0 where it did what was asked, 1 where it could not, 2 where it was called wrongly.
            """;

    private final Path home;
    private final Clock clock;
    private final Map<String, String> environment;
    private final BufferedReader in;
    private final PrintStream out;
    private final PrintStream err;

    /** @param environment the variables of the process */
    public PluginCommand(Path home, Clock clock, Map<String, String> environment, Reader in, PrintStream out,
            PrintStream err) {
        this.home = home;
        this.clock = clock;
        this.environment = environment;
        this.in = new BufferedReader(in);
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        String home = System.getenv("OBJECTOS_HOME");
        var command = new PluginCommand(Path.of(home == null || home.isBlank() ? ".objectos" : home),
                Clock.systemUTC(), System.getenv(), new InputStreamReader(System.in, StandardCharsets.UTF_8),
                System.out, System.err);
        System.exit(command.run(List.of(arguments)));
    }

    /** @return the exit status: 0, 1 or 2 */
    public int run(List<String> arguments) {
        try {
            if (arguments.isEmpty()) {
                throw new WrongUseException("a command is missing");
            }
            return run(arguments.getFirst(), arguments.subList(1, arguments.size()));
        } catch (WrongUseException e) {
            err.println("objectos plugin: " + e.getMessage() + ".\n\n" + USAGE);
            return 2;
        } catch (ServerRefusedException e) {
            failed(e.getMessage());
            e.details().forEach(detail -> err.println("  " + detail));
            return 1;
        } catch (NoSuchFileException e) {
            return failed("there is no file " + e.getFile());
        } catch (IOException e) {
            return failed("a file cannot be read or written: " + e.getMessage());
        } catch (UncheckedIOException e) {
            return failed(e.getCause() instanceof NoSuchFileException missing
                    ? "there is no file " + missing.getFile()
                    : e.getMessage());
        }
    }

    private int run(String command, List<String> rest) throws IOException {
        if (rest.contains("--help") || rest.contains("-h")) {
            out.println(USAGE);
            return 0;
        }
        return switch (command) {
            case "new" -> project(Arguments.parse(rest, Set.of("--id", "--publisher", "--package")));
            case "keygen" -> keygen(Arguments.parse(rest, Set.of("--publisher", "--out")));
            case "trust" -> trust(Arguments.parse(rest, Set.of("--publisher")));
            case "sign" -> sign(Arguments.parse(rest, Set.of("--key")));
            case "verify" -> verify(Arguments.parse(rest, Set.of()));
            case "help", "--help", "-h" -> {
                out.println(USAGE);
                yield 0;
            }
            default -> new ServerCommands(new RunningServer(home, environment), in, out).run(command, rest);
        };
    }

    private int project(Arguments arguments) throws IOException {
        Path folder = Path.of(arguments.only("DIR"));
        if (Files.exists(folder) && !(Files.isDirectory(folder) && isEmpty(folder))) {
            return failed(folder + " is there already, and not empty; choose another DIR");
        }
        String id = arguments.option("--id").orElse(String.valueOf(folder.toAbsolutePath().normalize().getFileName()));
        PluginProject project;
        try {
            project = new PluginProject(id, arguments.option("--publisher").orElse(PluginProject.publisherOf(id)),
                    arguments.option("--package").orElse(PluginProject.packageOf(id)), SpringBootVersion.getVersion(),
                    version());
        } catch (IllegalArgumentException e) {
            return failed(e.getMessage());
        }
        List<String> written = project.write(folder, Path.of(environment.getOrDefault("OBJECTOS_FOLDER", ".")));
        out.println("Made the plugin " + id + " in " + folder + ":");
        written.forEach(file -> out.println("  " + file));
        out.println("Next: cd " + folder + " && ./plugin test");
        return 0;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private String version() {
        String built = ObjectOs.class.getPackage().getImplementationVersion();
        return built == null ? environment.getOrDefault("OBJECTOS_VERSION", "development") : built;
    }

    private int keygen(Arguments arguments) throws IOException {
        arguments.noFile();
        Path file = Path.of(arguments.needed("--out"));
        Path publicFile = publicFile(file);
        if (Files.exists(file) || Files.exists(publicFile)) {
            return failed((Files.exists(file) ? file : publicFile)
                    + " is there already; a key that is overwritten is lost. Choose another name");
        }
        PublisherKey key = PublisherKey.generate();
        String publisher = arguments.option("--publisher").orElse(System.getProperty("user.name"));
        String entry;
        try {
            entry = key.publicText(publisher, clock);
        } catch (IllegalArgumentException e) {
            return failed(e.getMessage());
        }
        KeyFile.make(file, key.privateText());
        Files.writeString(publicFile, entry);
        out.println("Made the key " + key.keyId() + " of " + publisher + ".");
        out.println("  " + file + "  signs; keep it secret, and keep a copy.");
        out.println("  " + publicFile + "  is for those who trust you: ./objectos plugin trust " + publicFile);
        return 0;
    }

    private int trust(Arguments arguments) throws IOException {
        Path file = Path.of(arguments.file());
        String text = Files.readString(file);
        if (text.contains("-----BEGIN PRIVATE KEY-----")) {
            return failed(file + " is a private key, which belongs on no server; trust its .pub file instead");
        }
        if (text.contains("-----BEGIN PUBLIC KEY-----")) {
            try {
                text = PublisherKey.trustEntry(text, arguments.needed("--publisher"));
            } catch (IllegalArgumentException e) {
                return failed(file + ": " + e.getMessage());
            }
        } else if (arguments.option("--publisher").isPresent()) {
            throw new WrongUseException("--publisher is for keys in PEM; this file names its publisher itself");
        }
        Path draft = SafeFiles.draft(home.resolve("trust"));
        try {
            Files.writeString(draft, text);
            TrustStore store = TrustStore.read(draft, clock);
            if (!store.problems().isEmpty() || store.keyIds().size() != 1) {
                err.println("objectos plugin: " + file + " is no trusted key:");
                store.problems().forEach(problem -> err.println("  " + problem));
                return 1;
            }
            String keyId = store.keyIds().iterator().next();
            Path target = home.resolve("trust").resolve(keyId + ".yml");
            if (Files.exists(target)) {
                return failed("the key " + keyId + " is trusted already, or was revoked: see " + target);
            }
            Files.move(draft, target);
            out.println("This server trusts the key " + keyId + " from now on.");
            out.println("  " + target + " says so; revoked: true in it takes the trust back.");
            return 0;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private int sign(Arguments arguments) throws IOException {
        Path file = Path.of(arguments.file());
        Path keyFile = Path.of(arguments.needed("--key"));
        PublisherKey key;
        try {
            key = PublisherKey.read(Files.readString(keyFile));
        } catch (IllegalArgumentException e) {
            return failed(keyFile + ": " + e.getMessage());
        }
        if (Files.isDirectory(file)) {
            return failed(file + " is a folder; pack what is in it as a zip, and sign that");
        }
        try {
            PackageSigner.Signed signed = key.signer(clock).sign(file);
            SafeFiles.replace(file, signed.archive());
            out.println("Signed " + signed.manifest().id() + " " + signed.manifest().version() + " of "
                    + signed.manifest().about().publisher() + ": " + signed.files() + " files, key " + key.keyId()
                    + ".");
            return 0;
        } catch (PackageRefusedException e) {
            return refused(file, e);
        }
    }

    private int verify(Arguments arguments) {
        Path file = Path.of(arguments.file());
        TrustStore store = TrustStore.read(home.resolve("trust"), clock);
        store.problems().forEach(problem -> err.println("objectos plugin: trusted key left out: " + problem));
        try {
            PluginPackage verified = PluginPackage.open(file, store, TrustMode.STRICT);
            Signer signer = verified.signer().orElseThrow();
            out.println("Verified " + verified.manifest().id() + " " + verified.manifest().version() + ": signed by "
                    + signer.publisher() + " at " + signer.signedAt() + ", key " + signer.keyId() + ", "
                    + (verified.names().size() - 1) + " files, " + (verified.hasClasses() ? "with code" : "no code")
                    + ".");
            verified.warnings().stream().map(Violation::toString).forEach(warning -> out.println("  " + warning));
            return 0;
        } catch (PackageRefusedException e) {
            return refused(file, e);
        }
    }

    private int refused(Path file, PackageRefusedException e) {
        err.println("objectos plugin: " + file.getFileName() + " is refused:");
        String.valueOf(e.getMessage()).lines().forEach(line -> err.println("  " + line));
        return 1;
    }

    private int failed(@Nullable String message) {
        err.println("objectos plugin: " + message + ".");
        return 1;
    }

    private static Path publicFile(Path file) {
        return file.resolveSibling(file.getFileName() + ".pub");
    }
}
