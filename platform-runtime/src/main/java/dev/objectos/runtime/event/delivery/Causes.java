package dev.objectos.runtime.event.delivery;

import org.jspecify.annotations.Nullable;

/** Failures in words that the database can keep. */
final class Causes {

    private static final int LONGEST = 2_000;
    private static final int DEEPEST = 5;

    private Causes() {}

    static String text(Throwable failure) {
        var text = new StringBuilder(describe(failure));
        @Nullable
        Throwable cause = failure.getCause();
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            text.append("; because of ").append(describe(cause));
            cause = cause.getCause();
        }
        String all = text.toString().replace('\0', '?');
        return all.length() <= LONGEST ? all : all.substring(0, LONGEST) + "…";
    }

    /** An exception may fail at describing itself too. */
    private static String describe(Throwable failure) {
        try {
            String message = failure.getMessage();
            String name = failure.getClass().getSimpleName();
            return message == null ? name : name + ": " + message;
        } catch (RuntimeException _) {
            return failure.getClass().getName();
        }
    }
}
