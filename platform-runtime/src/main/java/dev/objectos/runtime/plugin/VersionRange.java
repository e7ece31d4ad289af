package dev.objectos.runtime.plugin;

import java.util.Arrays;

/**
 * A range of semantic versions: {@code 1.2.3} (just this), {@code ^1.2.3} (no breaking change), {@code ~1.2.3} (patches
 * alone), {@code >=1.2.3}, {@code *}. Pre-releases count as their release.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record VersionRange(int[] from, int[] before) {

    private static final int[] FIRST = {0, 0, 0};
    private static final int[] NEVER = {Integer.MAX_VALUE, 0, 0};

    static VersionRange parse(String range) {
        String text = range.strip();
        if (text.equals("*")) {
            return new VersionRange(FIRST, NEVER);
        }
        String version = text.replaceFirst("^(\\^|~|>=)\\s*", "");
        int[] from = numbers(version);
        int[] before = switch (text.charAt(0)) {
            case '^' -> nextBreaking(from);
            case '~' -> new int[]{from[0], from[1] + 1, 0};
            case '>' -> NEVER;
            default -> new int[]{from[0], from[1], from[2] + 1};
        };
        return new VersionRange(from, before);
    }

    boolean contains(String version) {
        int[] numbers = numbers(version);
        return Arrays.compare(numbers, from) >= 0 && Arrays.compare(numbers, before) < 0;
    }

    private static int[] nextBreaking(int[] from) {
        if (from[0] > 0) {
            return new int[]{from[0] + 1, 0, 0};
        }
        return from[1] > 0 ? new int[]{0, from[1] + 1, 0} : new int[]{0, 0, from[2] + 1};
    }

    private static int[] numbers(String version) {
        String[] parts = version.split("[-+]", 2)[0].split("\\.", -1);
        if (parts.length != 3) {
            throw new InvalidPluginException("'" + version + "' is no version; write it as 1.2.3");
        }
        try {
            return Arrays.stream(parts).mapToInt(Integer::parseInt).toArray();
        } catch (NumberFormatException e) {
            throw new InvalidPluginException("'" + version + "' is no version; write it as 1.2.3", e);
        }
    }
}
