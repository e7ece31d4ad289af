package dev.objectos.runtime.plugin.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * The project from which a plugin grows: an object, a rule over its records, the steps of its life, and tests.
 *
 * @param id of the plugin, such as {@code acme-loyalty}
 * @param publisher whose keys will sign it
 * @param packageName of its classes
 * @param boot version of Spring Boot that the server has
 * @param version of the server
 */
record PluginProject(String id, String publisher, String packageName, String boot, String version) {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*");
    private static final int LONGEST_ID = 40;
    private static final String IMPORTS = "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

    /** @throws IllegalArgumentException where something is no name of its kind */
    PluginProject {
        if (!ID.matcher(id).matches() || id.length() > LONGEST_ID) {
            throw new IllegalArgumentException(
                    "'" + id + "' is no id: write lower-case words that begin with letters, joined by dashes, at most "
                            + LONGEST_ID + " characters, with --id");
        }
        if (!SourceVersion.isName(packageName)) {
            throw new IllegalArgumentException(
                    "'" + packageName + "' is no name of a package; write one with --package");
        }
    }

    /** The publisher that an id speaks of: its first word. */
    static String publisherOf(String id) {
        return capital(words(id).getFirst());
    }

    /** {@code com.acme.loyalty} for {@code acme-loyalty}. */
    static String packageOf(String id) {
        return "com." + String.join(".", words(id));
    }

    private static List<String> words(String id) {
        return Arrays.asList(id.split("-", -1));
    }

    private static String capital(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** What it is about: the words behind the publisher's. */
    private List<String> subject() {
        List<String> words = words(id);
        return words.size() == 1 ? words : words.subList(1, words.size());
    }

    private String className() {
        return subject().stream().map(PluginProject::capital).collect(Collectors.joining());
    }

    private Map<String, String> values(String folder) {
        String className = className();
        int dot = packageName.lastIndexOf('.');
        return Map.ofEntries(Map.entry("id", id), Map.entry("publisher", publisher), Map.entry("package", packageName),
                Map.entry("group", dot < 0 ? packageName : packageName.substring(0, dot)), Map.entry("Name", className),
                Map.entry("variable", className.substring(0, 1).toLowerCase(Locale.ROOT) + className.substring(1)),
                Map.entry("name", subject().stream().map(PluginProject::capital).collect(Collectors.joining(" "))),
                Map.entry("object", String.join("_", subject()) + "_note"), Map.entry("boot", boot),
                Map.entry("version", version), Map.entry("folder", folder));
    }

    /**
     * The files of the project, by their paths.
     *
     * @param folder where the server's own folder is, for Maven
     */
    Map<String, String> files(String folder) {
        Map<String, String> values = values(folder);
        String code = packageName.replace('.', '/') + "/" + className();
        var files = new LinkedHashMap<String, String>();
        files.put("pom.xml", text("pom.xml", values));
        files.put("plugin", text("plugin.sh", values));
        files.put(".gitignore", text("gitignore", values));
        files.put("README.md", text("README.md", values));
        files.put("src/main/resources/META-INF/objectos/plugin.yml", text("manifest.yml", values));
        files.put("src/main/resources/objects/" + values.get("object") + ".object.yml", text("object.yml", values));
        files.put("src/main/resources/" + IMPORTS, text("imports", values));
        for (String type : List.of("AutoConfiguration", "Plugin", "Rule")) {
            files.put("src/main/java/" + code + type + ".java", text(type + ".java", values));
        }
        files.put("src/test/java/" + code + "PluginTest.java", text("PluginTest.java", values));
        return files;
    }

    private static String text(String template, Map<String, String> values) {
        try (InputStream input = Objects.requireNonNull(
                PluginProject.class.getResourceAsStream("project/" + template), template)) {
            String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace("{{" + value.getKey() + "}}", value.getValue());
            }
            return text;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /**
     * Writes the files into a folder that is empty or is not there yet.
     *
     * @param server the server's own folder
     * @return the paths that were written
     */
    List<String> write(Path target, Path server) throws IOException {
        Map<String, String> files = files(
                place(target.toAbsolutePath().normalize(), server.toAbsolutePath().normalize()));
        var written = new ArrayList<String>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = target.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, file.getValue());
            if (file.getKey().equals("plugin")) {
                SafeFiles.makeExecutable(path);
            }
            written.add(file.getKey());
        }
        return written;
    }

    /** From the project to the server as Maven writes it, so that both can be moved together. */
    private static String place(Path target, Path server) {
        if (!Objects.equals(target.getRoot(), server.getRoot())) {
            return server.toString();
        }
        return "${project.basedir}/" + target.relativize(server).toString().replace('\\', '/');
    }
}
