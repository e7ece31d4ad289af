package dev.objectos.runtime.metadata.yaml;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of metadata files, and how a path tells them. */
enum MetadataKind {

    OBJECT, VALIDATION, PERMISSION, PERMISSION_TEST, WORKFLOW, TRIGGER, API, APP, VIEW, FORM, REPORT, CHART, PAGE, MENU, TEMPLATE, TRANSLATION, DATA;

    private static final Set<String> FOLDERS = Set.of("objects", "permissions", "validations", "workflows", "triggers",
            "apis", "apps", "views", "forms", "reports", "charts", "pages", "menus", "templates", "data");

    /** Files that other parts of the platform read by themselves. */
    private static final Set<String> READ_ELSEWHERE = Set.of("config");

    /**
     * What a path says of a file.
     *
     * @param kind null: not known
     * @param word the kind as the path spells it
     * @param stem the name that the path gives: of the item, of the object, or the locale of a translation
     */
    record Located(@Nullable MetadataKind kind, String word, String stem) {}

    /** The metadata type, as in {@code *.object.yml}; in the names of files a dash may stand for its underscore. */
    String type() {
        return name().toLowerCase(Locale.ROOT);
    }

    static boolean isTypeName(String word) {
        return Arrays.stream(values()).anyMatch(kind -> kind.type().equals(word));
    }

    static List<String> types() {
        return Arrays.stream(values()).map(MetadataKind::type).collect(Collectors.toList());
    }

    /** What the path says; null where the file is none of the platform's business. */
    static @Nullable Located locate(String path) {
        String[] steps = path.split("/", -1);
        String file = steps[steps.length - 1];
        int extension = file.lastIndexOf('.');
        if (extension <= 0) {
            return null;
        }
        boolean json = file.endsWith(".json");
        String base = file.substring(0, extension);
        String parent = steps.length > 1 ? steps[steps.length - 2] : "";
        String above = steps.length > 2 ? steps[steps.length - 3] : "";
        if (isTranslations(above)) {
            return new Located(TRANSLATION, "translation", parent);
        }
        if (isTranslations(parent)) {
            return new Located(TRANSLATION, "translation", withoutKind(base));
        }
        int dot = base.lastIndexOf('.');
        if (dot > 0) {
            String word = base.substring(dot + 1).toLowerCase(Locale.ROOT);
            MetadataKind kind = of(word.equals("application") ? "app" : word);
            if (READ_ELSEWHERE.contains(word) || (kind == null && json)) {
                return null;
            }
            return new Located(kind, word, withoutKind(base.substring(0, dot)));
        }
        return !json && FOLDERS.contains(parent) ? new Located(null, "", base) : null;
    }

    private static @Nullable MetadataKind of(String word) {
        for (MetadataKind kind : values()) {
            if (kind.type().equals(word.replace('-', '_'))) {
                return kind;
            }
        }
        return null;
    }

    private static boolean isTranslations(String folder) {
        return folder.equals("translations") || folder.equals("i18n");
    }

    /** {@code user.extension.object.yml} is about {@code user}. */
    private static String withoutKind(String stem) {
        int dot = stem.indexOf('.');
        return dot > 0 ? stem.substring(0, dot) : stem;
    }
}
