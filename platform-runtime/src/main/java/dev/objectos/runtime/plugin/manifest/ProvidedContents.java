package dev.objectos.runtime.plugin.manifest;

import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.yaml.CheckedDocument;
import dev.objectos.runtime.metadata.yaml.FileContents;
import java.util.List;
import java.util.Locale;

/** Compares what a manifest says that the package provides with what is in it. */
final class ProvidedContents {

    private static final int LONGEST_PATTERN = 200;

    private ProvidedContents() {}

    static void check(CheckedDocument document, MetadataSource source) {
        FileContents contents = FileContents.of(source);
        for (ContentType type : ContentType.values()) {
            List<String> named = document.texts("provides", type.key());
            for (int i = 0; i < named.size(); i++) {
                String entry = named.get(i);
                if (!isThere(entry, type, contents)) {
                    String near = contents.suggest(type.metadataType(), entry);
                    document.error(document.where("provides", type.key(), String.valueOf(i)),
                            "the package provides no " + type.metadataType() + " '" + entry + "'",
                            near.isEmpty() ? "add its file, or remove it here" : near);
                }
            }
        }
    }

    /** By name; by path where the entry looks like one. */
    private static boolean isThere(String entry, ContentType type, FileContents contents) {
        if (!entry.contains("/") && !entry.contains("*")) {
            String folded = entry.toLowerCase(Locale.ROOT);
            return contents.names(type.metadataType()).stream()
                    .anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(folded));
        }
        String pattern = entry.startsWith("./") ? entry.substring(2) : entry;
        return pattern.length() <= LONGEST_PATTERN
                && contents.paths().stream().anyMatch(path -> PathPattern.matches(pattern, path));
    }
}
