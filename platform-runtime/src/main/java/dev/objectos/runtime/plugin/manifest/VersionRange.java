package dev.objectos.runtime.plugin.manifest;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A range of semantic versions: {@code 1.2.3} (just this), {@code ^1.2.3} (no breaking change), {@code ~1.2.3} (patches
 * alone), {@code >= > <= < =}, several of them with spaces between (all must hold), {@code ||} between alternatives,
 * {@code *} (any). Trailing numbers may be left out: {@code ^1}, {@code 1.2}, {@code 1.x}.
 *
 * <p>A pre-release is in a range only where a bound of the same numbers names a pre-release too, or the range is
 * {@code *}: who asks for {@code ^1.0.0} gets neither {@code 1.1.0-beta} nor {@code 2.0.0-alpha}.
 *
 * @param text as it was written
 * @param alternatives each a list of bounds that must all hold; no bounds: any version
 */
public record VersionRange(String text, List<List<Bound>> alternatives) {

    /** Any version at all. */
    public static final VersionRange ANY = new VersionRange("*", List.of(List.of()));

    private static final int LONGEST = 200;

    /** How a bound compares. */
    enum Relation {
        AT_LEAST, ABOVE, AT_MOST, BELOW, EXACTLY
    }

    /** One comparison with a version. */
    record Bound(Relation relation, Version version) {

        boolean holds(Version candidate) {
            int order = candidate.compareTo(version);
            return switch (relation) {
                case AT_LEAST -> order >= 0;
                case ABOVE -> order > 0;
                case AT_MOST -> order <= 0;
                case BELOW -> order < 0;
                case EXACTLY -> order == 0;
            };
        }
    }

    public VersionRange {
        alternatives = alternatives.stream().map(List::copyOf).toList();
    }

    /** @throws IllegalArgumentException where the text is no range of at most 200 characters */
    public static VersionRange parse(String text) {
        if (text.length() > LONGEST) {
            throw no(text);
        }
        return new VersionRange(text.strip(),
                Arrays.stream(text.split("\\|\\|", -1)).map(alternative -> alternative(alternative.strip(), text))
                        .toList());
    }

    public boolean contains(Version version) {
        return alternatives.stream().anyMatch(bounds -> bounds.stream().allMatch(bound -> bound.holds(version))
                && (!version.isPreRelease() || bounds.isEmpty() || bounds.stream().map(Bound::version)
                        .anyMatch(bound -> bound.isPreRelease() && bound.hasNumbersOf(version))));
    }

    private static List<Bound> alternative(String alternative, String text) {
        String joined = alternative.replaceAll("([\\^~<>=])\\s+", "$1");
        if (joined.isEmpty()) {
            throw no(text);
        }
        return Arrays.stream(joined.split("\\s+", -1)).flatMap(word -> bounds(word, text)).toList();
    }

    private static Stream<Bound> bounds(String word, String text) {
        String operator = word.replaceFirst("[^\\^~<>=].*$", "");
        PartialVersion version = PartialVersion.parse(word.substring(operator.length())).orElseThrow(() -> no(text));
        if (version.isAny()) {
            if (!operator.isEmpty()) {
                throw no(text);
            }
            return Stream.of();
        }
        return switch (operator) {
            case "^" -> Stream.of(atLeast(version.first()), below(version.nextBreaking()));
            case "~" -> Stream.of(atLeast(version.first()), below(version.nextMinor()));
            case ">=" -> Stream.of(atLeast(version.first()));
            case "<" -> Stream.of(below(version.first()));
            case ">" -> Stream.of(version.isFull()
                    ? new Bound(Relation.ABOVE, version.first())
                    : atLeast(version.next()));
            case "<=" -> Stream.of(version.isFull()
                    ? new Bound(Relation.AT_MOST, version.first())
                    : below(version.next()));
            case "", "=" -> version.isFull()
                    ? Stream.of(new Bound(Relation.EXACTLY, version.first()))
                    : Stream.of(atLeast(version.first()), below(version.next()));
            default -> throw no(text);
        };
    }

    private static Bound atLeast(Version version) {
        return new Bound(Relation.AT_LEAST, version);
    }

    private static Bound below(Version version) {
        return new Bound(Relation.BELOW, version);
    }

    private static IllegalArgumentException no(String text) {
        return new IllegalArgumentException("'" + Version.shortened(text) + "' is no range of versions");
    }

    @Override
    public String toString() {
        return text;
    }
}
