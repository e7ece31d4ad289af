package dev.objectos.runtime.plan;

import java.util.regex.Pattern;

/**
 * A regular expression that an author of metadata wrote, matched with bounded work: whoever sends the text cannot make a
 * careless pattern run for minutes.
 */
final class BoundedPattern {

    /** Enough for a linear pattern over a megabyte, a few milliseconds of work. */
    private static final long STEPS = 2_000_000;

    private final Pattern pattern;

    BoundedPattern(String pattern) {
        this.pattern = Pattern.compile(pattern);
    }

    /** Whether the pattern is found in the text; a text that takes too much work counts as not matching. */
    boolean matches(String text) {
        try {
            return pattern.matcher(new Metered(text, new long[]{STEPS + 16L * text.length()})).find();
        } catch (OutOfSteps _) {
            return false;
        } catch (StackOverflowError _) {
            // The JDK's matcher recurses for groups under a quantifier.
            return false;
        }
    }

    /** Counts how often the matcher looks at a character. */
    private record Metered(CharSequence text, long[] left) implements CharSequence {

        @Override
        public char charAt(int index) {
            if (--left[0] < 0) {
                throw new OutOfSteps();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Metered(text.subSequence(start, end), left);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    /** Ends a match that takes too long. */
    private static final class OutOfSteps extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OutOfSteps() {
            super(null, null, false, false);
        }
    }
}
