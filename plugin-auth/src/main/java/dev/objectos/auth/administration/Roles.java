package dev.objectos.auth.administration;

import dev.objectos.auth.account.Rank;
import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Roles as requests name them: a text, several with commas between them, or a list. */
public final class Roles {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_-]{0,62}");
    private static final int MOST = 50;

    private Roles() {}

    /**
     * The roles that a request names.
     *
     * @param given null: {@value Rank#MEMBER_ROLE}
     * @throws PlatformException {@code VALIDATION_FAILED} where that is no name, or no role at all
     */
    public static Set<String> read(@Nullable JsonNode given) {
        return given == null || given.isNull() ? Set.of(Rank.MEMBER_ROLE) : required(given);
    }

    /** The same where roles have to be named. */
    public static Set<String> required(@Nullable JsonNode given) {
        var roles = new LinkedHashSet<String>();
        if (given != null && given.isArray()) {
            given.forEach(role -> roles.add(role.isString() ? role.asString().strip() : ""));
        } else if (given != null && given.isString()) {
            for (String role : given.asString().split(",", -1)) {
                roles.add(role.strip());
            }
        }
        if (roles.isEmpty() || roles.size() > MOST || !roles.stream().allMatch(role -> NAME.matcher(role).matches())) {
            var wrong = new FieldError("role", "invalid",
                    "role is the name of a role, such as \"member\", or a list of 1 to "
                            + MOST + " of them");
            throw PlatformException.validation(List.of(wrong));
        }
        return Set.copyOf(roles);
    }
}
