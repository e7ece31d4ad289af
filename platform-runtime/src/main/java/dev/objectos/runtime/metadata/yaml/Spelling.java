package dev.objectos.runtime.metadata.yaml;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the known word that somebody probably meant. */
public final class Spelling {

    private Spelling() {}

    /** "did you mean 'x'?", or nothing where no known word is near. */
    public static String suggest(String written, Collection<String> known) {
        String closest = closest(written, known);
        return closest == null ? "" : "did you mean '" + closest + "'?";
    }

    /** The nearest known word within a third of its length, or null. */
    static @Nullable String closest(String written, Collection<String> known) {
        String wanted = fold(written);
        if (wanted.length() > 64) {
            return null;
        }
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : known) {
            String folded = fold(candidate);
            int limit = Math.max(1, Math.min(folded.length(), wanted.length()) / 3);
            if (Math.abs(folded.length() - wanted.length()) > limit) {
                continue;
            }
            int distance = distance(wanted, folded);
            if (distance <= limit && distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** Neither case nor the way of joining words counts. */
    private static String fold(String word) {
        return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** Edits between two words; swapping neighbours is one. */
    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(Math.min(current[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    current[j] = Math.min(current[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = current;
        }
        return last[b.length()];
    }
}
