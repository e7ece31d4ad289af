package dev.objectos.runtime.plugin.command;

import dev.objectos.runtime.plugin.command.Arguments.WrongUseException;
import dev.objectos.runtime.plugin.manifest.PluginManifest;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;

/** The commands that change the plugins of a running server, over its {@code /api/plugins}. */
final class ServerCommands {

    private static final String PLUGINS = "/api/plugins";

    private final RunningServer server;
    private final BufferedReader in;
    private final PrintStream out;

    ServerCommands(RunningServer server, BufferedReader in, PrintStream out) {
        this.server = server;
        this.in = in;
        this.out = out;
    }

    /**
     * @return 0: done; 1: not done
     * @throws ServerRefusedException where the server does not want it, or there is none
     */
    int run(String command, List<String> rest) throws IOException {
        return switch (command) {
            case "login" -> login(Arguments.parse(rest, Set.of("--email")));
            case "list" -> list(Arguments.parse(rest, Set.of()));
            case "install" -> install(Arguments.parse(rest, Set.of(), Set.of("--approve", "--downgrade")), false);
            case "update" -> install(Arguments.parse(rest, Set.of(), Set.of("--approve", "--downgrade")), true);
            case "approve" -> approve(Arguments.parse(rest, Set.of()).only("ID"));
            case "enable" -> enable(Arguments.parse(rest, Set.of()).only("ID"));
            case "disable" -> disable(Arguments.parse(rest, Set.of(), Set.of("--cascade")));
            case "secrets" -> secrets(Arguments.parse(rest, Set.of()).only("ID"));
            case "secret" -> secret(Arguments.parse(rest, Set.of(), Set.of("--clear")));
            case "remove" -> remove(Arguments.parse(rest, Set.of(), Set.of("--cascade", "--drop", "--yes")));
            default -> throw new WrongUseException("there is no command '" + command + "'");
        };
    }

    private int login(Arguments arguments) throws IOException {
        arguments.noFile();
        String email = arguments.option("--email").orElse(server.email());
        ServerClient client = ServerClient.signIn(server.address(), email, password(email));
        server.keep(client);
        out.println("Signed in at " + client.address() + " as " + email + ".");
        return 0;
    }

    private String password(String email) throws IOException {
        return hidden("Password of " + email + ": ");
    }

    /** Never among the arguments, which everybody on the machine can see. */
    private String hidden(String question) throws IOException {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            char[] typed = console.readPassword("%s", question);
            return typed == null ? "" : new String(typed);
        }
        return Objects.requireNonNullElse(in.readLine(), "");
    }

    private int list(Arguments arguments) {
        arguments.noFile();
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("ID", "VERSION", "STATUS", "", ""));
        for (JsonNode plugin : server.signedIn().get(PLUGINS).path("plugins")) {
            rows.add(List.of(text(plugin, "id"), text(plugin, "version"), text(plugin, "status"),
                    plugin.path("builtIn").asBoolean(false) ? "built in" : "added",
                    text(plugin, "reason").replace('\n', ' ')));
        }
        Table.print(rows, out);
        return 0;
    }

    private int install(Arguments arguments, boolean known) throws IOException {
        Path file = Path.of(arguments.file());
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (Files.isDirectory(file)) {
            throw new ServerRefusedException(file + " is a folder; pack what is in it as a zip");
        }
        String id = idOf(file);
        ServerClient client = server.signedIn();
        Optional<JsonNode> before = find(client, id);
        if (known && before.isEmpty()) {
            throw new ServerRefusedException("there is no plugin " + id + " to update; add it with plugin install");
        }
        JsonNode plugin = client.upload(PLUGINS + (arguments.has("--downgrade") ? "?downgrade=true" : ""),
                String.valueOf(file.getFileName()), Files.readAllBytes(file));
        JsonNode pending = plugin.path("pending");
        if (pending.isObject()) {
            out.println("Took " + id + " " + text(pending, "version") + " in; " + text(plugin, "version")
                    + " goes on until it is approved.");
            tell(pending.path("permissions"));
        } else {
            boolean asks = text(plugin, "status").equals("awaiting_approval");
            out.println(before.map(old -> "Updated " + id + " " + text(old, "version") + " → ")
                    .orElse("Installed " + id + " ") + text(plugin, "version") + ": " + text(plugin, "status")
                    + (asks ? "" : reason(plugin)) + ".");
            if (!asks) {
                return text(plugin, "status").equals("failed") ? 1 : 0;
            }
            tell(plugin.path("permissions").path("asked"));
        }
        if (arguments.has("--approve")) {
            return approve(id);
        }
        out.println("  ./objectos plugin approve " + id + " grants what it asks for.");
        return 0;
    }

    private void tell(JsonNode permissions) {
        permissions.propertyStream().filter(kind -> !kind.getValue().isEmpty())
                .forEach(kind -> out.println("  asks for " + kind.getKey() + ": " + kind.getValue()));
    }

    private int approve(String id) {
        JsonNode plugin = server.signedIn().post(path(id) + "/approve");
        out.println("Approved " + id + " " + text(plugin, "version") + ": " + text(plugin, "status") + reason(plugin)
                + ".");
        return text(plugin, "status").equals("failed") ? 1 : 0;
    }

    private int enable(String id) {
        JsonNode plugin = server.signedIn().post(path(id) + "/enable");
        String later = text(plugin, "takesEffect");
        out.println(id + " " + text(plugin, "version") + " is " + text(plugin, "status") + reason(plugin)
                + (later.isEmpty() ? "." : "; it is enabled from the " + later + " on."));
        return text(plugin, "status").equals("failed") ? 1 : 0;
    }

    private int disable(Arguments arguments) {
        String id = arguments.only("ID");
        JsonNode answer = server.signedIn().post(path(id) + "/disable?cascade=" + arguments.has("--cascade"));
        String later = text(answer, "takesEffect");
        out.println("Disabled " + words(answer.path("disabled")) + (later.isEmpty() ? "" : " from the " + later + " on")
                + "; all records are kept.");
        return 0;
    }

    private static String words(JsonNode list) {
        var words = new ArrayList<String>();
        list.forEach(word -> words.add(word.asString()));
        return String.join(", ", words);
    }

    private int secrets(String id) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("NAME", "SET"));
        for (JsonNode secret : server.signedIn().get(path(id) + "/secrets").path("secrets")) {
            rows.add(List.of(text(secret, "name"), secret.path("set").asBoolean(false) ? text(secret, "setAt") : "no"));
        }
        Table.print(rows, out);
        return 0;
    }

    private int secret(Arguments arguments) throws IOException {
        List<String> words = arguments.words();
        if (words.size() != 2) {
            throw new WrongUseException(
                    "secret takes the ID of a plugin and the NAME of a secret; its value is asked for");
        }
        String name = words.getLast();
        String path = path(words.getFirst()) + "/secrets/" + ServerClient.segment(name);
        ServerClient client = server.signedIn();
        if (arguments.has("--clear")) {
            client.delete(path);
            out.println("Forgot " + name + ".");
            return 0;
        }
        client.put(path, Map.of("value", hidden("Value of " + name + ": ")));
        out.println("Set " + name + "; " + words.getFirst() + " has it at once.");
        return 0;
    }

    private int remove(Arguments arguments) throws IOException {
        String id = arguments.only("ID");
        boolean drop = arguments.has("--drop");
        ServerClient client = server.signedIn();
        JsonNode plan = client.delete(path(id) + "?plan=true").path("plan");
        show(id, plan, drop);
        if (!plan.path("dependents").isEmpty() && !arguments.has("--cascade")) {
            throw new ServerRefusedException("nothing was removed: " + id + " is needed by "
                    + words(plan.path("dependents")) + ", which --cascade disables");
        }
        if (!arguments.has("--yes") && !agreed()) {
            out.println("Nothing was removed.");
            return 1;
        }
        client.delete(path(id) + "?cascade=" + arguments.has("--cascade") + "&drop=" + drop);
        out.println(
                "Removed " + id + (drop ? " with all its records." : "; its records are kept for when it is back."));
        return 0;
    }

    private void show(String id, JsonNode plan, boolean drop) {
        out.println("Removing " + id + " takes away:");
        plan.path("objects").forEach(object -> out.println("  object " + text(object, "name") + ", "
                + (object.path("rows").asLong() == 1
                        ? "1 record, which is "
                        : object.path("rows").asLong()
                                + " records, which are ")
                + (drop ? "DELETED FOR GOOD" : "kept")));
        plan.path("foreignFields").forEach(field -> out.println("  field " + text(field, "object") + "."
                + text(field, "field") + ", which " + text(field, "source") + " has added"));
        plan.path("ownFields").forEach(
                field -> out.println("  field " + text(field, "object") + "." + text(field, "field")
                        + ", which it has added"));
        plan.path("dependents").forEach(
                other -> out.println("  " + other.asString() + " from what runs, for it needs " + id));
        if (plan.path("objects").isEmpty() && plan.path("ownFields").isEmpty()) {
            out.println("  nothing but its code");
        }
    }

    private boolean agreed() throws IOException {
        out.print("Remove it? [y/N] ");
        out.flush();
        String answer = Objects.requireNonNullElse(in.readLine(), "").strip().toLowerCase(Locale.ROOT);
        return answer.equals("y") || answer.equals("yes");
    }

    private static Optional<JsonNode> find(ServerClient client, String id) {
        try {
            return Optional.of(client.get(path(id)).path("package"));
        } catch (ServerRefusedException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** What the package calls itself. Everything else about it is for the server to judge. */
    private static String idOf(Path file) throws IOException {
        @Nullable
        Object id = null;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry(PluginManifest.PATH);
            if (entry != null) {
                try (InputStream input = zip.getInputStream(entry)) {
                    String text = new String(input.readNBytes(1 << 16), StandardCharsets.UTF_8);
                    id = new Load(LoadSettings.builder().build()).loadFromString(text) instanceof Map<?, ?> manifest
                            ? manifest.get("id")
                            : null;
                }
            }
        } catch (ZipException | YamlEngineException e) {
            throw new ServerRefusedException(file + " is no plugin: " + e.getMessage());
        }
        if (!(id instanceof String name)) {
            throw new ServerRefusedException(file + " is no plugin: it has no " + PluginManifest.PATH + " with an id");
        }
        return name;
    }

    private static String path(String id) {
        return PLUGINS + "/" + ServerClient.segment(id);
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    private static String reason(JsonNode plugin) {
        String reason = text(plugin, "reason");
        return reason.isEmpty() ? "" : ", " + reason;
    }
}
