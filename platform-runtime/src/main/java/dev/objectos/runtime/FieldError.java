package dev.objectos.runtime;

import java.util.Map;

/**
 * What is wrong with one field of a write.
 *
 * @param field the field's API name; empty: whoever is told may not know which it is
 * @param code machine-readable, such as {@code required}, {@code max_length}, {@code invalid_type}
 * @param message for people, in English
 * @param details what the message is made of, so that it can be said in other languages: the field's {@value #LABEL}, limits
 *        such as {@code max}, or the {@value #RULE} that is not met; empty where it is final
 */
public record FieldError(String field, String code, String message, Map<String, Object> details) {

    /** The label that the message begins with. */
    public static final String LABEL = "label";

    /** The name of the validation rule whose message it is. */
    public static final String RULE = "rule";

    public FieldError {
        details = Map.copyOf(details);
    }

    /** An error that is told as it is. */
    public FieldError(String field, String code, String message) {
        this(field, code, message, Map.of());
    }
}
