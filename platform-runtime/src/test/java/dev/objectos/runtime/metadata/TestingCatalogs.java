package dev.objectos.runtime.metadata;

import dev.objectos.runtime.metadata.yaml.CatalogLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Catalogs from YAML for tests; those that have an error fail with every violation. */
public final class TestingCatalogs {

    private TestingCatalogs() {}

    /** Objects; each document says its {@code name}. */
    public static Catalog of(String... yamlDocuments) {
        var files = new LinkedHashMap<String, String>();
        for (int i = 0; i < yamlDocuments.length; i++) {
            files.put(String.format("document%04d.object.yml", i + 1), yamlDocuments[i]);
        }
        return ofFiles(files);
    }

    /** Files of any kind by path. */
    public static Catalog ofFiles(Map<String, String> files) {
        return sound(loadFiles(files));
    }

    /** Everything below a folder. */
    public static Catalog directory(Path root) {
        return sound(CatalogLoader.load(1, List.of(MetadataSource.directory(root))));
    }

    /** Files of any kind by path; the catalog may have errors. */
    public static Catalog loadFiles(Map<String, String> files) {
        return CatalogLoader.load(1, List.of(source(MetadataSource.FOLDER, files)));
    }

    public static MetadataSource source(String plugin, Map<String, String> files) {
        var list = new ArrayList<MetadataFile>();
        files.forEach((path, yaml) -> list.add(new MetadataFile(path, yaml.getBytes(StandardCharsets.UTF_8))));
        return new MetadataSource(plugin, list);
    }

    private static Catalog sound(Catalog catalog) {
        if (!catalog.errors().isEmpty()) {
            throw new AssertionError(catalog.violations().stream().map(Violation::toString)
                    .collect(Collectors.joining("\n", "the metadata has errors:\n", "")));
        }
        return catalog;
    }
}
