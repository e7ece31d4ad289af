package dev.objectos.audit.seal;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether the trail is as it was written.
 *
 * @param checked entries that were compared with their seals
 * @param unsealed entries that are too new to have one
 * @param until moment of the latest checkpoint; null: there is none
 * @param problems the first of them; many are left out
 */
public record Verification(long checked, long unsealed, @Nullable Instant until, List<Problem> problems) {

    /** Problems that are told one by one. */
    static final int MOST = 100;

    public Verification {
        problems = List.copyOf(problems);
    }

    public boolean valid() {
        return problems.isEmpty();
    }

    /** What is wrong. */
    public enum Kind {

        ALTERED, REMOVED, INSERTED, SEAL;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One thing that is not as it was.
     *
     * @param entry null: it concerns a seal
     */
    public record Problem(Kind kind, @Nullable UUID tenant, @Nullable UUID entry, String message) {}
}
