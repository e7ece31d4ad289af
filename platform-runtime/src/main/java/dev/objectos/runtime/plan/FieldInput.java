package dev.objectos.runtime.plan;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.InvalidValueException;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.session.Session;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From the names and JSON values of a request to fields and their Java forms. */
final class FieldInput {

    private FieldInput() {}

    /** The values that could be read; what is wrong with the others, or with names, is added to the errors. */
    static Map<String, @Nullable Object> read(Draft draft, Map<String, @Nullable Object> raw) {
        ObjectDefinition object = draft.object();
        FieldErrors errors = draft.errors();
        var values = new LinkedHashMap<String, @Nullable Object>();
        raw.forEach((name, value) -> {
            FieldDefinition field = object.fields().get(name);
            if (name.equals(SystemFields.TENANT_ID)) {
                errors.add(new FieldError(name, "readonly", name + " is set by the platform"));
            } else if (field == null || !draft.view().has(object, name)) {
                errors.unknown(name);
            } else if (!maySet(field, draft.session())) {
                errors.add(field, "readonly", field.type().derived() ? "is computed" : "cannot be written");
            } else {
                convert(field, value, values, errors);
            }
        });
        return values;
    }

    /** A value that did not come as JSON (a default, an expression's result), in the form that the field stores. */
    static @Nullable Object coerce(FieldDefinition field, @Nullable Object value) throws InvalidValueException {
        return switch (value) {
            case null -> null;
            case Instant moment when field.type() instanceof FieldType.Instant -> stored(moment);
            case Instant moment -> stored(FieldValues.parse(field.type(), moment.toString()));
            case java.time.LocalDate day -> stored(FieldValues.parse(field.type(), day.toString()));
            case LocalTime time -> stored(FieldValues.parse(field.type(), time.toString()));
            case java.util.UUID id when field.type() instanceof FieldType.Text -> id.toString();
            default -> stored(FieldValues.parse(field.type(), value));
        };
    }

    private static void convert(FieldDefinition field, @Nullable Object raw, Map<String, @Nullable Object> values,
            FieldErrors errors) {
        if (raw == null) {
            values.put(field.name(), null);
            return;
        }
        try {
            values.put(field.name(), stored(FieldValues.parse(field.type(), raw)));
        } catch (InvalidValueException e) {
            errors.add(field, e.code(), e.message());
        }
    }

    /** PostgreSQL keeps microseconds and would round what is finer, possibly into the next day. */
    private static Object stored(Object value) {
        return switch (value) {
            case Instant moment -> moment.truncatedTo(ChronoUnit.MICROS);
            case LocalTime time -> time.truncatedTo(ChronoUnit.MICROS);
            default -> value;
        };
    }

    /** The platform itself, seeds included, may set what an author has marked readonly. */
    private static boolean maySet(FieldDefinition field, Session session) {
        return field.writable() || session.isSystem() && field.loadable();
    }
}
