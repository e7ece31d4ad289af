package dev.objectos.runtime.plugin.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version of which trailing numbers may be left open, as ranges name it.
 *
 * @param first the lowest version that it stands for
 * @param given how many numbers were written, 0 to 3
 */
record PartialVersion(Version first, int given) {

    private static final Pattern NUMBER = Pattern.compile("0|[1-9]\\d{0,14}");
    private static final Pattern OPEN = Pattern.compile("[xX*]");

    static Optional<PartialVersion> parse(String text) {
        try {
            return Optional.of(new PartialVersion(Version.parse(text), 3));
        } catch (IllegalArgumentException _) {
            return open(text);
        }
    }

    private static Optional<PartialVersion> open(String text) {
        String[] parts = text.split("\\.", -1);
        List<Long> numbers = new ArrayList<>();
        boolean open = false;
        for (String part : parts) {
            boolean number = NUMBER.matcher(part).matches();
            if ((open && number) || (!number && !OPEN.matcher(part).matches())) {
                return Optional.empty();
            }
            open = !number;
            if (number) {
                numbers.add(Long.valueOf(part));
            }
        }
        int given = numbers.size();
        if (parts.length > 3 || given == 3) {
            return Optional.empty();
        }
        return Optional.of(new PartialVersion(
                Version.release(given > 0 ? numbers.get(0) : 0, given > 1 ? numbers.get(1) : 0, 0), given));
    }

    boolean isAny() {
        return given == 0;
    }

    boolean isFull() {
        return given == 3;
    }

    /** The lowest version above everything that this stands for; only where a number is open. */
    Version next() {
        return given == 1 ? Version.release(first.major() + 1, 0, 0) : nextMinor();
    }

    Version nextMinor() {
        return given == 1
                ? Version.release(first.major() + 1, 0, 0)
                : Version.release(first.major(), first.minor() + 1, 0);
    }

    /** The lowest version that may break who relies on this one: of the leftmost number that is not zero. */
    Version nextBreaking() {
        if (first.major() > 0 || given == 1) {
            return Version.release(first.major() + 1, 0, 0);
        }
        return first.minor() > 0 || given == 2
                ? Version.release(0, first.minor() + 1, 0)
                : Version.release(0, 0, first.patch() + 1);
    }
}
