package dev.objectos.auth.password;

import java.util.List;
import java.util.Locale;

/** Passwords that follow a rule which whoever guesses knows too. */
public final class Guessable {

    /** Rows of keyboards, which are walked in either direction. */
    private static final List<String> ROWS = List.of("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm",
            "azertyuiop", "qsdfghjklm", "wxcvbn", "1234567890", "!@#$%^&*()");

    /** The longest part that makes a password by being repeated. */
    private static final int LONGEST_PART = 4;

    /** What is shorter may be all there is to a password of some policy. */
    private static final int SHORTEST = 3;

    private Guessable() {}

    /** Whether it repeats a few characters, counts up or down, or walks along a row of the keyboard. */
    public static boolean patterned(String password) {
        int[] points = password.toLowerCase(Locale.ROOT).codePoints().toArray();
        return points.length >= SHORTEST && (repeats(points) || counts(points) || walks(points));
    }

    private static boolean repeats(int[] points) {
        for (int part = 1; part <= Math.min(LONGEST_PART, points.length / 2); part++) {
            boolean same = true;
            for (int i = part; i < points.length && same; i++) {
                same = points[i] == points[i - part];
            }
            if (same) {
                return true;
            }
        }
        return false;
    }

    private static boolean counts(int[] points) {
        int step = points[1] - points[0];
        if (Math.abs(step) > 1) {
            return false;
        }
        for (int i = 2; i < points.length; i++) {
            if (points[i] - points[i - 1] != step) {
                return false;
            }
        }
        return true;
    }

    private static boolean walks(int[] points) {
        String walked = new String(points, 0, points.length);
        String back = new StringBuilder(walked).reverse().toString();
        return ROWS.stream().map(row -> row + row).anyMatch(row -> row.contains(walked) || row.contains(back));
    }
}
