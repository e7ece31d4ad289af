package dev.objectos.runtime.plan;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with one write, gathered before it is refused. */
public final class FieldErrors {

    private final ObjectDefinition object;
    private final List<FieldError> errors = new ArrayList<>();

    public FieldErrors(ObjectDefinition object) {
        this.object = object;
    }

    public void add(FieldError error) {
        if (!errors.contains(error)) {
            errors.add(error);
        }
    }

    /** @param message goes on after the field's label, such as {@code is required} */
    void add(FieldDefinition field, String code, String message) {
        add(field.name(), field.label(), code, message);
    }

    /** @param path the field, or the place inside its value, such as {@code lines[2].price} */
    void add(String path, String label, String code, String message) {
        add(new FieldError(path, code, label + " " + message));
    }

    boolean has(String field) {
        return errors.stream().anyMatch(error -> error.field().equals(field));
    }

    public boolean isEmpty() {
        return errors.isEmpty();
    }

    /** The refusal that names them all. */
    public PlatformException refusal() {
        return PlatformException.validation(object.name(), errors);
    }

    public void throwIfAny() {
        if (!errors.isEmpty()) {
            throw refusal();
        }
    }
}
