package dev.objectos.runtime.plugin.manifest;

import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.yaml.CheckedDocument;
import dev.objectos.runtime.spi.PluginPermissions;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a plugin's manifest and finds everything that is wrong with it at once. */
public final class ManifestReader {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern CAPABILITY = Pattern.compile("[a-z][a-z0-9_-]*(\\.[a-z][a-z0-9_-]*)*");
    private static final Pattern HOST = Pattern
            .compile("(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*"
                    + "(:[1-9]\\d{0,4})?");
    private static final Pattern SECRET = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,62}");

    private static final Pattern PORT = Pattern.compile("\\d{1,5}");

    /** A name for the plugin's migration history must still fit into a name of the database. */
    private static final int LONGEST_ID = 40;

    /** Ids that other things go by. */
    private static final Set<String> TAKEN = Set.of("runtime", MetadataSource.FOLDER, MetadataSource.EDITED,
            MetadataSource.TENANT, "platform", "objectos");

    private static final String A_VERSION = "write three numbers, such as 1.4.0 or 2.0.0-rc.1";
    private static final String A_RANGE = "write ^1.2.0, ~1.2.0, '>=1.2.0 <3.0.0', 1.2.0 or *";

    private final CheckedDocument document;

    private ManifestReader(CheckedDocument document) {
        this.document = document;
    }

    /**
     * Reads a manifest.
     *
     * @param label names the file in positions
     * @param contents the files of the package; asked only where the manifest lists what it provides
     */
    public static ManifestReading read(String label, byte[] content, Supplier<MetadataSource> contents) {
        CheckedDocument document = CheckedDocument.plugin(label, content);
        // What is no YAML has one violation, and nothing that could be missing from it.
        PluginManifest manifest = document.keys().isEmpty() ? null : new ManifestReader(document).manifest(contents);
        List<Violation> violations = document.violations().stream()
                .sorted(Comparator.comparingInt((Violation violation) -> violation.where().line())
                        .thenComparingInt(violation -> violation.where().column()))
                .toList();
        return new ManifestReading(document.isUsable() ? manifest : null, violations);
    }

    private PluginManifest manifest(Supplier<MetadataSource> contents) {
        String id = id();
        Version version = parsed(Version::parse, A_VERSION, Version.release(0, 0, 0), "version");
        var about = new About(text(id, "name"), text("", "description"), text("", "publisher"),
                text("", "homepage"), text("", "license"));
        String tier = text("community", "tier");
        Map<String, Requirement> dependencies = requirements("dependencies");
        dependencies.keySet().forEach(needed -> dependency(id, needed));
        if (!document.keys("provides").isEmpty()) {
            ProvidedContents.check(document, contents.get());
        }
        isolation();
        return new PluginManifest(id, version, about, Tier.valueOf(tier.toUpperCase(Locale.ROOT)), dependencies,
                provides(), new Capabilities(offers(), needs()), hooks(), permissions(), limits(), profiles(),
                new SettingsReader(document).read());
    }

    private String id() {
        String id = text("", "id");
        if (id.isEmpty()) {
            return id;
        }
        if (id.length() > LONGEST_ID || !ID.matcher(id).matches()) {
            document.error(document.where("id"), "the id '" + Version.shortened(id) + "' is no plugin's id",
                    "write lower-case words joined by dashes, at most " + LONGEST_ID
                            + " characters, such as acme-loyalty");
        } else if (TAKEN.contains(id)) {
            document.error(document.where("id"), "the id '" + id + "' belongs to the platform",
                    "choose another one, such as acme-" + id);
        }
        return id;
    }

    private void dependency(String id, String needed) {
        if (!ID.matcher(needed).matches()) {
            document.error(document.whereKey("dependencies", needed), "'" + needed + "' is no plugin's id",
                    "write the id that the other plugin's manifest gives");
        } else if (needed.equals(id)) {
            document.error(document.whereKey("dependencies", needed), "the plugin depends on itself", "remove it");
        }
    }

    private Map<String, Requirement> requirements(String... path) {
        var requirements = new LinkedHashMap<String, Requirement>();
        for (String name : document.keys(path)) {
            String[] below = CheckedDocument.path(path, name);
            boolean detailed = !document.keys(below).isEmpty();
            String[] range = detailed ? CheckedDocument.path(below, "version") : below;
            requirements.put(name, new Requirement(parsed(VersionRange::parse, A_RANGE, VersionRange.ANY, range),
                    detailed && document.flag(CheckedDocument.path(below, "optional"))));
        }
        return requirements;
    }

    private Map<String, Version> offers() {
        var offers = new LinkedHashMap<String, Version>();
        for (String name : document.keys("capabilities", "offers")) {
            capability(name, "offers");
            offers.put(name, parsed(Version::parse, A_VERSION, Version.release(0, 0, 0), "capabilities", "offers",
                    name));
        }
        return offers;
    }

    private Map<String, Requirement> needs() {
        document.keys("capabilities", "needs").forEach(name -> capability(name, "needs"));
        return requirements("capabilities", "needs");
    }

    private void capability(String name, String side) {
        if (!CAPABILITY.matcher(name).matches()) {
            document.error(document.whereKey("capabilities", side, name), "'" + name + "' is no name of a capability",
                    "write lower-case words joined by dots, such as acme.points");
        }
    }

    private Map<ContentType, List<String>> provides() {
        var provides = new LinkedHashMap<ContentType, List<String>>();
        for (ContentType type : ContentType.values()) {
            List<String> named = document.texts("provides", type.key());
            if (!named.isEmpty()) {
                provides.put(type, named);
            }
        }
        return provides;
    }

    private Set<Hook> hooks() {
        Set<Hook> hooks = EnumSet.noneOf(Hook.class);
        document.texts("hooks")
                .forEach(name -> hooks.add(Hook.valueOf(name.substring("on".length()).toUpperCase(Locale.ROOT))));
        return hooks;
    }

    private Set<Profile> profiles() {
        List<String> named = document.texts("profiles");
        Set<Profile> profiles = named.isEmpty() ? EnumSet.allOf(Profile.class) : EnumSet.noneOf(Profile.class);
        named.forEach(name -> profiles.add(Profile.valueOf(name.toUpperCase(Locale.ROOT))));
        return profiles;
    }

    private PluginPermissions permissions() {
        var objects = new LinkedHashMap<String, Set<String>>();
        for (String object : document.keys("permissions", "objects")) {
            objects.put(object, new LinkedHashSet<>(document.texts("permissions", "objects", object)));
        }
        return new PluginPermissions(
                listed("network", entry -> HOST.matcher(entry).matches(), "host",
                        "write the host alone, such as api.example.com, api.example.com:443 or *.example.com"),
                listed("files", ManifestReader::isInside, "path below the plugin's folder",
                        "write a relative path such as reports/"),
                objects, listed("secrets", entry -> SECRET.matcher(entry).matches(), "name of a secret",
                        "write a word such as ACME_API_KEY"),
                ports());
    }

    /** What is no number is reported with the shape of the manifest. */
    private List<Integer> ports() {
        return document.texts("permissions", "ports").stream().filter(entry -> PORT.matcher(entry).matches())
                .map(Integer::valueOf).toList();
    }

    private List<String> listed(String key, Predicate<String> right, String what, String advice) {
        List<String> entries = document.texts("permissions", key);
        for (int i = 0; i < entries.size(); i++) {
            String entry = entries.get(i);
            if (!right.test(entry)) {
                document.error(document.where("permissions", key, String.valueOf(i)),
                        "'" + Version.shortened(entry) + "' is no " + what, advice);
            }
        }
        return entries;
    }

    private static boolean isInside(String path) {
        return !path.isEmpty() && !path.startsWith("/") && !path.contains("\\") && !path.contains(":")
                && !List.of(path.split("/", -1)).contains("..");
    }

    private Limits limits() {
        Limits otherwise = Limits.DEFAULT;
        String aTime = "give the unit: 500ms, 5s, 2m or 1h";
        return new Limits(whole(otherwise.concurrency(), "concurrency"),
                limit(Quantities::duration, aTime, otherwise.handlerTime(), "handlerTime"),
                whole(otherwise.queue(), "queue"),
                limit(Quantities::size, "give the unit: 512KB, 50MB or 2GB", otherwise.storage(), "storage"),
                limit(Quantities::duration, aTime, otherwise.databaseTime(),
                        "databaseTime"));
    }

    private int whole(int otherwise, String key) {
        return Objects.requireNonNullElse(document.whole("limits", key), otherwise);
    }

    private <T> T limit(Function<String, T> parser, String advice, T otherwise, String key) {
        return parsed(parser, advice, otherwise, "limits", key);
    }

    private void isolation() {
        if ("out-of-process".equals(document.text("isolation"))) {
            document.error(document.where("isolation"), "out-of-process isolation is not available",
                    "write isolation: in-process, and install the plugin only where its publisher is trusted");
        }
    }

    private String text(String otherwise, String key) {
        @Nullable
        String text = document.text(key);
        return text == null ? otherwise : text;
    }

    private <T> T parsed(Function<String, T> parser, String advice, T otherwise, String... path) {
        String text = document.text(path);
        if (text == null) {
            return otherwise;
        }
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            document.error(document.where(path), String.valueOf(e.getMessage()), advice);
            return otherwise;
        }
    }
}
