package dev.objectos.auth.session;

import java.util.List;
import java.util.function.Supplier;

/** Finds out what people have to do before anything else, whatever they bring to show who they are. */
public final class DutyRoster {

    private final Supplier<List<Duties>> kinds;

    /** @param kinds asked in order; the first that somebody has counts */
    public DutyRoster(Supplier<List<Duties>> kinds) {
        this.kinds = kinds;
    }

    /** The same person with their duty. An administrator who acts as somebody does not do that person's duties. */
    public SignedIn of(SignedIn signedIn) {
        return signedIn.session().impersonator() != null
                ? signedIn
                : kinds.get().stream().flatMap(kind -> kind.of(signedIn).stream()).findFirst().map(signedIn::with)
                        .orElse(signedIn);
    }
}
