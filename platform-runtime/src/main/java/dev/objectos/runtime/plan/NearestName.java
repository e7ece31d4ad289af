package dev.objectos.runtime.plan;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what somebody may have meant by a name that does not exist. */
final class NearestName {

    private static final int LONGEST = 100;

    private NearestName() {}

    /** The nearest of the candidates, or null where none is near. */
    static @Nullable String of(String name, Collection<String> candidates) {
        if (name.isEmpty() || name.length() > LONGEST) {
            return null;
        }
        String wanted = name.toLowerCase(Locale.ROOT);
        int best = Math.max(1, name.length() / 3) + 1;
        String nearest = null;
        for (String candidate : candidates) {
            int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT), best);
            if (distance < best) {
                best = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Insertions, deletions, replacements and swaps that make one of the other; {@code most} where it takes as many or more. */
    private static int distance(String left, String right, int most) {
        if (Math.abs(left.length() - right.length()) >= most) {
            return most;
        }
        int[][] distances = new int[left.length() + 1][right.length() + 1];
        for (int row = 0; row <= left.length(); row++) {
            for (int column = 0; column <= right.length(); column++) {
                distances[row][column] = row == 0 || column == 0
                        ? row + column
                        : least(distances, row, column, left, right);
            }
        }
        return distances[left.length()][right.length()];
    }

    private static int least(int[][] distances, int row, int column, String left, String right) {
        char here = left.charAt(row - 1);
        char there = right.charAt(column - 1);
        int least = Math.min(distances[row - 1][column - 1] + (here == there ? 0 : 1),
                Math.min(distances[row - 1][column], distances[row][column - 1]) + 1);
        boolean swapped = row > 1 && column > 1 && here == right.charAt(column - 2) && there == left.charAt(row - 2);
        return swapped ? Math.min(least, distances[row - 2][column - 2] + 1) : least;
    }
}
