package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.TestingCatalogs;
import java.util.LinkedHashMap;
import java.util.List;

/** Loads of a few files, for looking at what is found wrong. */
final class TestingLoads {

    private TestingLoads() {}

    /** @param pathsAndYaml path, YAML, path, YAML, … */
    static Catalog load(String... pathsAndYaml) {
        var files = new LinkedHashMap<String, String>();
        for (int i = 0; i < pathsAndYaml.length; i += 2) {
            files.put(pathsAndYaml[i], pathsAndYaml[i + 1]);
        }
        return TestingCatalogs.loadFiles(files);
    }

    /** "file:line:column: severity: message (suggestion)" of each violation. */
    static List<String> found(Catalog catalog) {
        return catalog.violations().stream().map(Object::toString).toList();
    }
}
