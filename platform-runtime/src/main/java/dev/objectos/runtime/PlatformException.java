package dev.objectos.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one way in which a stage refuses: a code, a message for the caller, and what belongs to it. */
public final class PlatformException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;
    private final @Nullable String object;
    private final transient List<FieldError> fields;
    private final transient Map<String, Object> members;

    public PlatformException(ErrorCode code, String message) {
        this(code, message, null, null, List.of(), Map.of());
    }

    public PlatformException(ErrorCode code, String message, Throwable cause) {
        this(code, message, cause, null, List.of(), Map.of());
    }

    private PlatformException(ErrorCode code, String message, @Nullable Throwable cause, @Nullable String object,
            List<FieldError> fields, Map<String, Object> members) {
        super(message, cause);
        this.code = code;
        this.object = object;
        this.fields = List.copyOf(fields);
        this.members = Map.copyOf(members);
    }

    /** A refusal of what a request brings, with everything that is wrong with it; the message is that of the first field. */
    public static PlatformException validation(List<FieldError> fields) {
        return new PlatformException(RuntimeError.VALIDATION_FAILED, fields.getFirst().message(), null, null, fields,
                Map.of());
    }

    /** The same of a write to an object. */
    public static PlatformException validation(String object, List<FieldError> fields) {
        return validation(fields).about(object);
    }

    /** The same refusal, naming the object that it is about. */
    public PlatformException about(String objectName) {
        return new PlatformException(code, message(), getCause(), objectName, fields, members);
    }

    /** The same refusal with the fields that it is about. */
    public PlatformException withFields(List<FieldError> fieldErrors) {
        return new PlatformException(code, message(), getCause(), object, fieldErrors, members);
    }

    /** The same refusal in other words. */
    public PlatformException saying(String words, List<FieldError> fieldErrors) {
        return new PlatformException(code, words, getCause(), object, fieldErrors, members);
    }

    /** The same refusal with one more member in the answer, such as {@code currentVersion}. */
    public PlatformException with(String member, Object value) {
        var more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new PlatformException(code, message(), getCause(), object, fields, more);
    }

    public ErrorCode code() {
        return code;
    }

    /** The message for the caller: never SQL, class or table names. */
    public String message() {
        String message = getMessage();
        return message == null ? code.title() : message;
    }

    /** The API name of the object concerned, where there is one. */
    public @Nullable String object() {
        return object;
    }

    public List<FieldError> fields() {
        return fields;
    }

    public Map<String, Object> members() {
        return members;
    }
}
