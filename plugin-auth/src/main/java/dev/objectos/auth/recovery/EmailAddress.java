package dev.objectos.auth.recovery;

import dev.objectos.runtime.FieldError;
import java.util.List;
import java.util.regex.Pattern;

/** What an e-mail address looks like that somebody names as their own. */
public final class EmailAddress {

    private static final int LONGEST = 254;
    private static final Pattern FORM = Pattern.compile("[\\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\\w-]+(\\.[\\w-]+)+",
            Pattern.UNICODE_CHARACTER_CLASS);

    private EmailAddress() {}

    /** What is wrong with one; empty: nothing. */
    public static List<FieldError> violations(String written, String field) {
        String address = written.strip();
        return address.length() <= LONGEST && FORM.matcher(address).matches()
                ? List.of()
                : List.of(new FieldError(field, "invalid_email", field + " must be an e-mail address"));
    }
}
