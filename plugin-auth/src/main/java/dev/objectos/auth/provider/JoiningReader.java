package dev.objectos.auth.provider;

import dev.objectos.auth.identity.Joining;
import dev.objectos.auth.identity.Joining.SignUp;
import java.util.List;
import java.util.Set;

/** Reads the keys that every kind of provider has: what it may do for the people whom it brings. */
public final class JoiningReader {

    private static final String MEMBER = "member";

    private JoiningReader() {}

    /**
     * The keys {@code tenant}, {@code roles}, {@code signUp}, {@code linkByEmail} and {@code syncRoles} of a section.
     *
     * @param signUp what holds where nothing is said of it
     */
    public static Joining read(Section section, SignUp signUp) {
        List<String> roles = section.roles("roles");
        return new Joining(section.text("tenant").orElse(null), roles.isEmpty() ? Set.of(MEMBER) : Set.copyOf(roles),
                section.word("signUp", signUp), section.flag("linkByEmail", true), section.flag("syncRoles", false));
    }
}
