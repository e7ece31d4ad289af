package dev.objectos.runtime.plan;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.schema.ConstraintCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Everything that is wrong with one write, gathered before it is refused. */
public final class FieldErrors {

    private static final String UNKNOWN = "unknown_field";

    private final ObjectDefinition object;
    private final FieldView view;
    private final List<FieldError> errors = new ArrayList<>();

    /** @param view what the writer sees: a field that does not exist for them is not named */
    public FieldErrors(ObjectDefinition object, FieldView view) {
        this.object = object;
        this.view = view;
    }

    public void add(FieldError error) {
        if (!errors.contains(error)) {
            errors.add(error);
        }
    }

    /** A name that is none of a field as far as the writer can tell. */
    void unknown(String name) {
        add(new FieldError(name, UNKNOWN, object.name() + " has no field \"" + name + "\""));
    }

    /** @param message goes on after the field's label, such as {@code is required} */
    public void add(FieldDefinition field, String code, String message) {
        add(field.name(), field.label(), code, message);
    }

    void add(String path, String label, String code, String message) {
        add(path, label, code, message, Map.of());
    }

    /**
     * @param path the field, or the place inside its value, such as {@code lines[2].price}
     * @param limits what the message names beside the label, by the names that {@code messages*.properties} use
     */
    void add(String path, String label, String code, String message, Map<String, Object> limits) {
        if (hidden(path)) {
            add(unnamed(path, code));
            return;
        }
        var details = new LinkedHashMap<>(limits);
        details.put(FieldError.LABEL, label);
        add(new FieldError(path, code, label + " " + message, details));
    }

    /** An index over the field has no room for its value. */
    public void tooLargeForIndex(FieldDefinition field) {
        add(field.name(), field.label(), "max_bytes", "must have at most " + ConstraintCatalog.MOST_INDEXED
                + " bytes in UTF-8, together with other fields of the same index",
                Map.of("max", ConstraintCatalog.MOST_INDEXED));
    }

    boolean has(String field) {
        return errors.stream().anyMatch(error -> error.field().equals(field));
    }

    public boolean isEmpty() {
        return errors.isEmpty();
    }

    /** The refusal that names them all. */
    public PlatformException refusal() {
        if (!errors.isEmpty() && errors.stream().allMatch(this::unknown)) {
            return new PlatformException(RuntimeError.INVALID_FIELD, object.name() + " has no field "
                    + errors.stream().map(error -> "\"" + error.field() + "\"").collect(Collectors.joining(", ")))
                    .about(object.name()).withFields(errors);
        }
        return PlatformException.validation(object.name(), errors.stream()
                .map(error -> hidden(error.field()) && !unknown(error)
                        ? new FieldError("", error.code(), error.message(), error.details())
                        : error)
                .distinct().toList());
    }

    private boolean unknown(FieldError error) {
        return error.code().equals(UNKNOWN) && !view.has(object, error.field());
    }

    private boolean hidden(String path) {
        return !view.hidden().isEmpty() && view.hidden().contains(path.split("[.\\[]", 2)[0]);
    }

    private static FieldError unnamed(String path, String code) {
        return code.equals("required")
                ? new FieldError(path, code, "A value that you may not set is missing; ask an administrator")
                : new FieldError(path, "invalid", "A value that you may not set is not allowed; ask an administrator");
    }

    public void throwIfAny() {
        if (!errors.isEmpty()) {
            throw refusal();
        }
    }
}
