package dev.objectos.runtime.plugin.trust;

import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names of files in a package: those that every system reads alike and that stay inside. */
final class EntryNames {

    private static final int LONGEST = 512;

    private EntryNames() {}

    /** @param name ends in a slash for a folder */
    static void check(String name) {
        String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        if (path.isEmpty() || name.length() > LONGEST) {
            throw refuse(name, "is empty or longer than " + LONGEST + " characters");
        }
        if (path.chars().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                || c == '\u2028' || c == '\u2029')) {
            throw refuse(name, "has a control character");
        }
        if (path.contains("\\")) {
            throw refuse(name, "has a backslash");
        }
        if (path.startsWith("/")) {
            throw refuse(name, "is absolute");
        }
        if (path.contains(":")) {
            throw refuse(name, "has a colon, as drives have");
        }
        if (!Normalizer.isNormalized(path, Normalizer.Form.NFC)) {
            throw refuse(name, "is not in Unicode's normal form NFC");
        }
        for (String step : path.split("/", -1)) {
            if (step.isEmpty() || step.equals(".") || step.equals("..")) {
                throw refuse(name, "leads out of the package");
            }
            if (step.endsWith(".") || step.endsWith(" ") || step.startsWith(" ")) {
                throw refuse(name, "begins or ends a step with a dot or a space that some systems drop");
            }
        }
    }

    /** Refuses two names that are one on some system, and a file where a folder must be. */
    static void checkTogether(Collection<String> names) {
        Map<String, String> folded = new HashMap<>();
        for (String name : names) {
            String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
            String twin = folded.put(fold(path), name);
            if (twin != null) {
                throw PackageRefusedException.malformed(twin.equals(name)
                        ? "the entry " + shown(name) + " is there twice"
                        : "the entries " + shown(twin) + " and " + shown(name) + " differ in letter case alone");
            }
        }
        Set<String> files = new HashSet<>();
        names.stream().filter(name -> !name.endsWith("/")).forEach(name -> files.add(fold(name)));
        for (String name : names) {
            for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
                if (files.contains(fold(name.substring(0, slash)))) {
                    throw PackageRefusedException.malformed("the entry " + shown(name) + " stands below a file");
                }
            }
        }
    }

    /** As systems compare names that mind no case. */
    private static String fold(String name) {
        return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static PackageRefusedException refuse(String name, String problem) {
        return PackageRefusedException.malformed("the name of the entry '" + shown(name) + "' " + problem);
    }

    /** A name for a message, without what could disturb a terminal. */
    static String shown(String name) {
        String harmless = name.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return harmless.length() > 120 ? harmless.substring(0, 120) + "…" : harmless;
    }
}
