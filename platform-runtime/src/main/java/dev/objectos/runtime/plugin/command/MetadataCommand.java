package dev.objectos.runtime.plugin.command;

import dev.objectos.runtime.metadata.ItemKey;
import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.yaml.CatalogLoader;
import dev.objectos.runtime.metadata.yaml.ItemFiles;
import dev.objectos.runtime.plugin.command.Arguments.WrongUseException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * {@code ./objectos metadata …}: keeps what administrators edit on a running server in a folder of files, for a repository. It
 * ends with 0 where it did what was asked, or would, 1 where it could not ask, 2 where the server refuses, would refuse, or it
 * was called wrongly.
 */
public final class MetadataCommand {

    private static final String METADATA = "/api/metadata";
    private static final String EDITED = METADATA + "/_edited";

    private static final String DATA = "data";
    private static final String ALL = "--all";
    private static final String PRUNE = "--prune";
    private static final String FORCE = "--force";

    private static final String USAGE = """
            Usage: ./objectos metadata COMMAND DIR

              export DIR [--all] [--prune]   write what was edited on the server as files in the layout of a plugin
                                               --all    with what plugins and folders bring and nobody has edited, but
                                                        for their records: to read or to compare; apply would make
                                                        edits of these, too
                                               --prune  delete files in DIR that are about nothing edited there
              plan DIR [--prune] [--force]   say what apply would do, and change nothing
              apply DIR [--prune] [--force]  publish the files in DIR together, or none of them
                                               --prune  delete what was edited on the server and has no file in DIR
                                               --force  give up the values that a change loses

            Environment:
              OBJECTOS_URL, OBJECTOS_TOKEN   the server and who asks, a platform administrator (default: the one that was
                                               started with ./objectos run, and whoever has signed in with ./objectos login)

            It ends with 0 where it did what was asked, 1 where it could not ask, 2 where the server refuses or would refuse.
            """;

    private final RunningServer server;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * @param home the data folder
     * @param environment the variables of the process
     */
    public MetadataCommand(Path home, Map<String, String> environment, PrintStream out, PrintStream err) {
        this.server = new RunningServer(home, environment);
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        String home = System.getenv("OBJECTOS_HOME");
        System.exit(new MetadataCommand(Path.of(home == null || home.isBlank() ? ".objectos" : home), System.getenv(),
                System.out, System.err).run(List.of(arguments)));
    }

    /** @return the exit status: 0, 1 or 2 */
    public int run(List<String> arguments) {
        try {
            if (arguments.isEmpty()) {
                throw new WrongUseException("a command is missing");
            }
            return run(arguments.getFirst(), arguments.subList(1, arguments.size()));
        } catch (WrongUseException e) {
            err.println("objectos metadata: " + e.getMessage() + ".\n\n" + USAGE);
            return 2;
        } catch (ServerRefusedException e) {
            err.println("objectos metadata: " + e.getMessage());
            e.details().forEach(detail -> err.println("  " + detail));
            return e.status() == 0 || e.status() == 401 || e.status() >= 500 ? 1 : 2;
        } catch (IOException | UncheckedIOException e) {
            err.println("objectos metadata: a file cannot be read or written: " + e.getMessage());
            return 1;
        }
    }

    private int run(String command, List<String> rest) throws IOException {
        if (rest.contains("--help") || rest.contains("-h")) {
            out.println(USAGE);
            return 0;
        }
        return switch (command) {
            case "export" -> export(Arguments.parse(rest, Set.of(), Set.of(ALL, PRUNE)));
            case "plan" -> plan(Arguments.parse(rest, Set.of(), Set.of(PRUNE, FORCE)));
            case "apply" -> apply(Arguments.parse(rest, Set.of(), Set.of(PRUNE, FORCE)));
            case "help", "--help", "-h" -> {
                out.println(USAGE);
                yield 0;
            }
            default -> throw new WrongUseException("there is no command '" + command + "'");
        };
    }

    private int export(Arguments arguments) throws IOException {
        Path folder = Path.of(arguments.only("DIR")).toAbsolutePath().normalize();
        ServerClient client = server.signedIn();
        var contents = new LinkedHashMap<ItemKey, String>();
        client.get(EDITED).path("files").forEach(file -> contents
                .put(new ItemKey(file.path("type").asString(), file.path("name").asString()),
                        file.path("content").asString()));
        if (arguments.has(ALL)) {
            addUnedited(client, contents);
        }
        Map<ItemKey, String> here = places(folder);
        var exported = new TreeSet<String>();
        int written = 0;
        for (Map.Entry<ItemKey, String> file : contents.entrySet()) {
            // A file that is about the item already keeps its place.
            String path = here.getOrDefault(file.getKey(), ItemFiles.path(file.getKey()));
            Path target = folder.resolve(path).normalize();
            if (!target.startsWith(folder)) {
                throw new ServerRefusedException("the server names a file outside of DIR: " + path);
            }
            exported.add(path);
            written += write(target, file.getValue().getBytes(StandardCharsets.UTF_8)) ? 1 : 0;
        }
        int deleted = 0;
        if (arguments.has(PRUNE)) {
            for (String path : here.values()) {
                if (!exported.contains(path)) {
                    Files.delete(folder.resolve(path));
                    deleted++;
                }
            }
        }
        out.println("Exported " + count(exported.size(), "file") + ": " + written + " new or changed, " + deleted
                + " deleted.");
        return 0;
    }

    private static boolean ofPlatform(String name, JsonNode origin) {
        return name.startsWith("_") || CatalogLoader.RUNTIME.equals(origin.path("source").asString(""));
    }

    /** What serves and nobody has edited, but for records to load and for what belongs to the platform itself. */
    private static void addUnedited(ServerClient client, Map<ItemKey, String> contents) {
        for (JsonNode type : client.get(METADATA).path("types")) {
            if (type.asString().equals(DATA)) {
                continue;
            }
            String of = METADATA + "/" + type.asString();
            client.get(of).path("versions").forEachEntry((name, origin) -> {
                var item = new ItemKey(type.asString(), name);
                if (!ofPlatform(name, origin) && ItemFiles.isType(item.type()) && ItemFiles.isName(name)
                        && !contents.containsKey(item)) {
                    contents.put(item, client.text(of + "/" + ServerClient.segment(name), "application/yaml"));
                }
            });
        }
    }

    /** Where each item stands in a folder, if there is one. */
    private static Map<ItemKey, String> places(Path folder) {
        var places = new HashMap<ItemKey, String>();
        if (Files.isDirectory(folder)) {
            files(folder).forEach(file -> places.put(ItemFiles.item(file.path(), file.content()).orElseThrow(),
                    file.path()));
        }
        return places;
    }

    /** Whether the file held something else. */
    private static boolean write(Path target, byte[] content) throws IOException {
        if (Files.exists(target) && Arrays.equals(Files.readAllBytes(target), content)) {
            return false;
        }
        Files.createDirectories(target.getParent());
        Files.write(target, content);
        return true;
    }

    /** Losses are asked for rather than refused, so that all there is to know is told at once. */
    private int plan(Arguments arguments) {
        JsonNode answer = send(arguments, true, true);
        tell(answer, "Would ");
        if (answer.path("losses").isEmpty() || arguments.has(FORCE)) {
            return 0;
        }
        out.println("It would be refused for what would be lost; --force goes ahead all the same.");
        return 2;
    }

    private int apply(Arguments arguments) {
        tell(send(arguments, false, arguments.has(FORCE)), "Did ");
        return 0;
    }

    private JsonNode send(Arguments arguments, boolean dryRun, boolean force) {
        Path folder = Path.of(arguments.only("DIR"));
        if (!Files.isDirectory(folder)) {
            throw new WrongUseException("there is no folder " + folder);
        }
        var files = new LinkedHashMap<String, String>();
        files(folder).forEach(file -> files.put(file.path(), new String(file.content(), StandardCharsets.UTF_8)));
        return server.signedIn().post(EDITED,
                Map.of("files", files, "prune", arguments.has(PRUNE), "dryRun", dryRun, "force", force));
    }

    private static List<MetadataFile> files(Path folder) {
        return MetadataSource.directory(folder).files().stream()
                .filter(file -> ItemFiles.item(file.path(), file.content()).isPresent()).toList();
    }

    private void tell(JsonNode answer, String begin) {
        if (answer.path("items").isEmpty()) {
            out.println("Nothing to do: the server serves what the files say.");
            return;
        }
        for (JsonNode item : answer.path("items")) {
            boolean deleted = item.path("state").asString().equals("deleted");
            out.println((deleted ? "- " : item.path("version").asInt() == 1 ? "+ " : "~ ")
                    + item.path("type").asString() + "/" + item.path("name").asString() + "  version "
                    + item.path("version").asInt());
        }
        answer.path("plan").forEach(step -> out.println(begin + step.asString()));
        answer.path("losses").forEach(loss -> out.println("Lost: " + loss.path("object").asString()
                + (loss.has("field") ? "." + loss.path("field").asString() : "") + ": "
                + loss.path("reason").asString() + " (" + count(loss.path("rows").asInt(), "record") + ")"));
        answer.path("violations").forEach(found -> out.println("Note: " + found.path("file").asString() + ":"
                + found.path("line").asInt() + ": " + found.path("message").asString()));
    }

    private static String count(int number, String word) {
        return number + " " + word + (number == 1 ? "" : "s");
    }
}
