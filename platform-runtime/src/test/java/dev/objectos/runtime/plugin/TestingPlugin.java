package dev.objectos.runtime.plugin;

import dev.objectos.runtime.plugin.trust.PublisherKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A plugin of the publisher Acme, written by a test: YAML, and Java that is compiled in memory. */
public final class TestingPlugin {

    private static final PublisherKey ACME = PublisherKey.generate();
    private static final String IMPORTS = "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    /** @param more further lines of the manifest */
    public TestingPlugin(String id, String version, String more) {
        file("META-INF/objectos/plugin.yml",
                "id: " + id + "\nversion: " + version + "\npublisher: Acme\n" + more);
    }

    private TestingPlugin() {}

    /** What Maven would pack of a project. */
    public static TestingPlugin of(Path project) {
        var plugin = new TestingPlugin();
        var sources = new LinkedHashMap<String, String>();
        content(project.resolve("src/main/java")).forEach((path, source) -> sources
                .put(path.substring(0, path.length() - ".java".length()).replace('/', '.'), source));
        plugin.java(sources);
        content(project.resolve("src/main/resources")).forEach(plugin::file);
        return plugin;
    }

    private static Map<String, String> content(Path root) {
        var content = new LinkedHashMap<String, String>();
        try (Stream<Path> found = Files.walk(root)) {
            for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
                content.put(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content;
    }

    /** Has a server trust Acme. */
    public static void trust(Path home) {
        try {
            Files.createDirectories(home.resolve("trust"));
            Files.writeString(home.resolve("trust/acme.yml"),
                    ACME.publicText("Acme", Clock.offset(Clock.systemUTC(), java.time.Duration.ofDays(-1))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestingPlugin file(String path, String content) {
        files.put(path, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** An object with a text field called name, and others. */
    public TestingPlugin object(String name, String fields) {
        return file("objects/" + name + ".object.yml",
                "label: " + name + "\nfields:\n  name: {type: text, required: true}\n" + fields);
    }

    /** Compiles classes, and has the first of them configure the plugin. */
    public TestingPlugin java(Map<String, String> sources) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new java.io.StringWriter();
        StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
        List<JavaFileObject> units = sources.entrySet().stream()
                .map(source -> (JavaFileObject) new Source(source.getKey(), source.getValue())).toList();
        var task = compiler.getTask(messages, new Memory(standard), null, List.of("-parameters", "-proc:none"), null,
                units);
        if (!task.call()) {
            throw new IllegalArgumentException(messages.toString());
        }
        return file(IMPORTS, sources.keySet().iterator().next() + "\n");
    }

    public byte[] unsigned() {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public byte[] signed() {
        return ACME.signer(Clock.systemUTC()).sign("plugin.zip", unsigned()).archive();
    }

    /** A class to be compiled. */
    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String name, String text) {
            super(URI.create("memory:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Puts what is compiled among the plugin's files. */
    private final class Memory extends ForwardingJavaFileManager<StandardJavaFileManager> {

        Memory(StandardJavaFileManager standard) {
            super(standard);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(JavaFileManager.Location location, String name,
                JavaFileObject.Kind kind, FileObject sibling) {
            String path = name.replace('.', '/') + ".class";
            return new SimpleJavaFileObject(URI.create("memory:///" + path), kind) {

                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {

                        @Override
                        public void close() {
                            files.put(path, toByteArray());
                        }
                    };
                }
            };
        }
    }
}
