package dev.objectos.auth.password;

import dev.objectos.runtime.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is asked of a new password. By default its length alone, as NIST SP 800-63B advises.
 *
 * @param minLength in characters (code points)
 * @param maxLength in characters, at most 1,024
 * @param history how many earlier passwords may not be chosen again; each is compared
 * @param maxAgeDays after how many days another one has to be chosen; 0: never
 */
public record PasswordPolicy(@DefaultValue("8") int minLength, @DefaultValue("128") int maxLength,
        @DefaultValue("false") boolean requireUppercase, @DefaultValue("false") boolean requireLowercase,
        @DefaultValue("false") boolean requireNumbers, @DefaultValue("false") boolean requireSymbols,
        @DefaultValue("0") int history, @DefaultValue("0") int maxAgeDays) {

    /** What an error tells besides its code where that may mean several things, so that it can be said in other languages. */
    public static final String REASON = "reason";

    public static final PasswordPolicy DEFAULT = new PasswordPolicy(8, 128, false, false, false, false, 0, 0);

    /** What satisfies both; where they leave no length, that of the longer minimum. */
    public PasswordPolicy and(PasswordPolicy other) {
        int shortest = Math.max(minLength, other.minLength);
        return new PasswordPolicy(shortest, Math.max(shortest, Math.min(maxLength, other.maxLength)),
                requireUppercase || other.requireUppercase, requireLowercase || other.requireLowercase,
                requireNumbers || other.requireNumbers, requireSymbols || other.requireSymbols,
                Math.max(history, other.history),
                maxAgeDays == 0 || other.maxAgeDays == 0
                        ? Math.max(maxAgeDays, other.maxAgeDays)
                        : Math.min(maxAgeDays, other.maxAgeDays));
    }

    /** Everything that is wrong with the form of a password, said of the field that brought it; empty: nothing. */
    public List<FieldError> violations(String password, String field) {
        var found = new ArrayList<FieldError>();
        int length = password.codePointCount(0, password.length());
        if (length < minLength) {
            found.add(new FieldError(field, "min_length", "The password needs at least " + minLength + " characters",
                    Map.of("min", minLength)));
        }
        if (length > maxLength) {
            found.add(new FieldError(field, "max_length", "The password may have at most " + maxLength + " characters",
                    Map.of("max", maxLength)));
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(password)) {
            found.add(new FieldError(field, "invalid", "The password holds half a character"));
        }
        if (requireUppercase) {
            require(password, Character::isUpperCase, "an upper-case letter", "uppercase", field, found);
        }
        if (requireLowercase) {
            require(password, Character::isLowerCase, "a lower-case letter", "lowercase", field, found);
        }
        if (requireNumbers) {
            require(password, Character::isDigit, "a digit", "digit", field, found);
        }
        if (requireSymbols) {
            require(password, c -> !Character.isLetterOrDigit(c) && !Character.isWhitespace(c), "a symbol", "symbol",
                    field, found);
        }
        return found;
    }

    private static void require(String password, IntPredicate kind, String what, String reason, String field,
            List<FieldError> found) {
        if (password.codePoints().noneMatch(kind)) {
            found.add(new FieldError(field, "too_simple", "The password needs " + what, Map.of(REASON, reason)));
        }
    }
}
