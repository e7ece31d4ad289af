package dev.objectos.auth.throttle;

import java.time.Duration;

/**
 * How often something may be tried.
 *
 * @param attempts in a row, after which further ones are refused
 * @param block how long the first block lasts; each further attempt after it doubles it
 * @param longestBlock how long a block lasts at most
 * @param forgetAfter without a further attempt, after which those before count no more
 */
public record Limit(int attempts, Duration block, Duration longestBlock, Duration forgetAfter) {

    public Limit {
        if (attempts < 1 || !block.isPositive() || !longestBlock.isPositive() || !forgetAfter.isPositive()) {
            throw new IllegalArgumentException(
                    "a limit allows at least one attempt, and its times are longer than nothing");
        }
    }
}
