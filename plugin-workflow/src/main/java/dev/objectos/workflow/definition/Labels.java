package dev.objectos.workflow.definition;

import java.util.Locale;

/** What people read where an author has written a name alone. */
public final class Labels {

    private Labels() {}

    /** {@code pending_approval} becomes "Pending approval". */
    public static String of(String name) {
        String words = name.replace('_', ' ').strip();
        return words.isEmpty() ? name : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
