package dev.objectos.runtime.plugin.manifest;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A semantic version (semver.org 2.0.0). The order is that of precedence, in which build metadata does not count, so two
 * versions may be of one rank without being equal.
 *
 * @param preRelease dot-separated identifiers after the dash; empty for a release
 * @param build what stands after the plus; empty where there is none
 */
public record Version(long major, long minor, long patch, List<String> preRelease,
        String build) implements Comparable<Version> {

    private static final String NUMBER = "(0|[1-9]\\d{0,14})";
    private static final String IDENTIFIER = "(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)";
    private static final Pattern VERSION = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-("
            + IDENTIFIER + "(?:\\." + IDENTIFIER + ")*))?(?:\\+([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?");
    private static final int LONGEST = 100;

    public Version {
        preRelease = List.copyOf(preRelease);
    }

    static Version release(long major, long minor, long patch) {
        return new Version(major, minor, patch, List.of(), "");
    }

    /** @throws IllegalArgumentException where the text is no semantic version of at most 100 characters */
    public static Version parse(String text) {
        Matcher matcher = VERSION.matcher(text);
        if (text.length() > LONGEST || !matcher.matches()) {
            throw new IllegalArgumentException("'" + shortened(text) + "' is no version");
        }
        String preRelease = matcher.group(4);
        String build = matcher.group(5);
        return new Version(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                preRelease == null ? List.of() : List.of(preRelease.split("\\.", -1)), build == null ? "" : build);
    }

    static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    public boolean isPreRelease() {
        return !preRelease.isEmpty();
    }

    boolean hasNumbersOf(Version other) {
        return major == other.major && minor == other.minor && patch == other.patch;
    }

    @Override
    public int compareTo(Version other) {
        int numbers = Long.compare(major, other.major);
        numbers = numbers == 0 ? Long.compare(minor, other.minor) : numbers;
        numbers = numbers == 0 ? Long.compare(patch, other.patch) : numbers;
        if (numbers != 0 || isPreRelease() != other.isPreRelease()) {
            return numbers == 0 ? Boolean.compare(other.isPreRelease(), isPreRelease()) : numbers;
        }
        for (int i = 0; i < Math.min(preRelease.size(), other.preRelease.size()); i++) {
            int identifiers = compare(preRelease.get(i), other.preRelease.get(i));
            if (identifiers != 0) {
                return identifiers;
            }
        }
        return Integer.compare(preRelease.size(), other.preRelease.size());
    }

    /** Numbers by their value and below words; words by their characters. */
    private static int compare(String a, String b) {
        boolean aIsNumber = isNumber(a);
        boolean bIsNumber = isNumber(b);
        if (aIsNumber != bIsNumber) {
            return aIsNumber ? -1 : 1;
        }
        return aIsNumber && a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
    }

    private static boolean isNumber(String identifier) {
        return identifier.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch + (preRelease.isEmpty() ? "" : "-" + String.join(".", preRelease))
                + (build.isEmpty() ? "" : "+" + build);
    }
}
