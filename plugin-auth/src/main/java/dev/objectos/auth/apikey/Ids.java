package dev.objectos.auth.apikey;

import java.util.Optional;
import java.util.UUID;

/** Ids as clients write them. */
final class Ids {

    private static final int LENGTH = 36;

    private Ids() {}

    /** Empty for what is no id, which is answered like an unknown one. */
    static Optional<UUID> read(String text) {
        try {
            return text.length() == LENGTH ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
