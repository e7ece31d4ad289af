package dev.objectos.runtime.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.UrlResource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.StringUtils;

/**
 * A place that metadata files come from: a plugin, or a folder given at the start.
 *
 * @param plugin id of the plugin, {@link #FOLDER}, {@link #EDITED} or {@link #TENANT}
 * @param files in the order of their paths
 */
public record MetadataSource(String plugin, List<MetadataFile> files) {

    /** Stands for a plugin's id where the files come from a folder. */
    public static final String FOLDER = "metadata";

    /** Stands for a plugin's id where an administrator has edited the metadata of the running server. */
    public static final String EDITED = "edited";

    /** Stands for a plugin's id where a tenant has added something for itself; paths begin with the tenant's id. */
    public static final String TENANT = "tenant";

    private static final String OF_TENANTS = TENANT + "!";
    private static final int LENGTH_OF_ID = 36;

    public MetadataSource {
        files = files.stream().sorted(Comparator.comparing(MetadataFile::path)).toList();
    }

    /** Later layers add to earlier ones: plugins, then folders, then what was edited, then what tenants add. */
    public int layer() {
        return switch (plugin) {
            case FOLDER -> 1;
            case EDITED -> 2;
            case TENANT -> 3;
            default -> 0;
        };
    }

    /** The tenant that has added what is written in a file, given by its label; null: it is meant for all. */
    static @Nullable UUID tenantOf(String label) {
        int from = OF_TENANTS.length();
        return label.startsWith(OF_TENANTS) && label.length() > from + LENGTH_OF_ID
                ? UUID.fromString(label.substring(from, from + LENGTH_OF_ID))
                : null;
    }

    /** How positions name a file of that source. */
    public static String label(String plugin, String path) {
        return plugin.equals(FOLDER) ? path : plugin + "!" + path;
    }

    /**
     * Every YAML and JSON file below a folder, also behind links; hidden files and folders are left out.
     *
     * @throws UncheckedIOException where the folder or a file in it cannot be read
     */
    public static MetadataSource directory(Path root) {
        return directory(FOLDER, root);
    }

    /** The same for the unpacked folder of a plugin, which is not left through links to other folders. */
    public static MetadataSource directory(String plugin, Path root) {
        var files = new ArrayList<MetadataFile>();
        FolderWalk.Visit take = file -> {
            if (isMetadata(file.toString())) {
                String path = root.relativize(file).toString().replace('\\', '/');
                files.add(new MetadataFile(path, read(Files.newInputStream(file))));
            }
        };
        try {
            if (plugin.equals(FOLDER)) {
                FolderWalk.throughLinks(root, _ -> {}, take);
            } else {
                FolderWalk.inside(root, take);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the metadata folder " + root, e);
        }
        return new MetadataSource(plugin, files);
    }

    /**
     * The files of a plugin that is on the class path, found beside one of its classes.
     *
     * @param anchor a class in the plugin's jar
     */
    public static MetadataSource of(String plugin, Class<?> anchor) {
        return at(plugin, rootOf(anchor));
    }

    /**
     * The files below the root of a plugin's class path entry.
     *
     * @param root a folder or the root of a jar, nested or not, ending in {@code /}
     * @throws UncheckedIOException where the root cannot be read
     */
    public static MetadataSource at(String plugin, URL root) {
        String prefix = root.toString();
        var files = new ArrayList<MetadataFile>();
        try {
            for (Resource found : new PathMatchingResourcePatternResolver().getResources(prefix + "**/*.*")) {
                String url = found.getURL().toString();
                String path = StringUtils.uriDecode(url.substring(prefix.length()), StandardCharsets.UTF_8);
                if (!path.startsWith("META-INF/") && isMetadata(path) && found.isReadable()) {
                    files.add(new MetadataFile(path, read(found.getInputStream())));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the metadata of plugin " + plugin, e);
        }
        return new MetadataSource(plugin, files);
    }

    /** The metadata among the files of a package: path → content. */
    public static MetadataSource of(String plugin, Map<String, byte[]> files) {
        return new MetadataSource(plugin,
                files.entrySet().stream()
                        .filter(file -> !file.getKey().startsWith("META-INF/") && isMetadata(file.getKey()))
                        .map(file -> new MetadataFile(file.getKey(), file.getValue().clone())).toList());
    }

    /** One file beside a class, where the rest of the class path entry is nobody's metadata. */
    public static MetadataSource single(String plugin, Class<?> anchor, String path) {
        try {
            Resource resource = new UrlResource(URI.create(rootOf(anchor) + path));
            return new MetadataSource(plugin, List.of(new MetadataFile(path, read(resource.getInputStream()))));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path + " of " + plugin, e);
        }
    }

    private static URL rootOf(Class<?> anchor) {
        String own = anchor.getName().replace('.', '/') + ".class";
        URL at = Objects.requireNonNull(anchor.getResource("/" + own), own);
        try {
            String url = at.toString();
            return URI.create(url.substring(0, url.length() - own.length())).toURL();
        } catch (IOException e) {
            throw new UncheckedIOException("no root of " + own, e);
        }
    }

    private static byte[] read(InputStream stream) throws IOException {
        try (stream) {
            return stream.readNBytes(MetadataFile.MAX_BYTES + 1);
        }
    }

    private static boolean isMetadata(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return name.endsWith(".yml") || name.endsWith(".yaml") || name.endsWith(".json");
    }
}
