package dev.objectos.auth.signin;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what a request lacks, to name all of it together. */
public final class Required {

    private final List<FieldError> missing = new ArrayList<>();

    /** The value; an empty text, remembered as missing, where there is none. */
    public String text(@Nullable String value, String field) {
        if (value == null || value.isBlank()) {
            missing.add(new FieldError(field, "required", field + " is required"));
            return "";
        }
        return value;
    }

    /** @throws PlatformException {@code VALIDATION_FAILED} naming everything that was missing */
    public void check() {
        if (!missing.isEmpty()) {
            throw PlatformException.validation(missing);
        }
    }
}
