package dev.objectos.runtime.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Whole numbers as positions, counts and spans. */
final class Numbers {

    /** About ten thousand years of days. */
    static final int MAX_DAYS = 3_660_000;

    /** More hours or minutes than this are not added to a moment. */
    static final int MAX_MINUTES = 2_000_000_000;

    private Numbers() {}

    /** Cut towards zero and moved to the nearest bound. */
    static int clamped(BigDecimal number, int low, int high) {
        if (number.compareTo(BigDecimal.valueOf(low)) < 0) {
            return low;
        }
        return number.compareTo(BigDecimal.valueOf(high)) > 0 ? high : number.intValue();
    }

    /** Whether the number lies within the bound on both sides of zero. */
    static boolean within(BigDecimal number, int bound) {
        return number.abs().compareTo(BigDecimal.valueOf(bound)) <= 0;
    }

    static BigDecimal rounded(BigDecimal number, int digits) {
        BigDecimal rounded = number.setScale(digits, RoundingMode.HALF_UP);
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}
