package dev.objectos.runtime.plan;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.metadata.DefaultValue;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.InvalidValueException;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Values for parameters that are declared as fields are, held to the same types and limits. */
public final class ParameterValues {

    private ParameterValues() {}

    /**
     * The values in the forms of {@link FieldValues}; what was left out has its constant default, or is missing.
     *
     * @param object that the parameters belong to, for what is wrong
     * @param given as JSON has them
     * @param exists whether there is a record of that object, as far as who gives them sees
     * @throws PlatformException {@code VALIDATION_FAILED} with everything that is wrong
     */
    public static Map<String, @Nullable Object> read(ObjectDefinition object, Map<String, FieldDefinition> params,
            Map<String, @Nullable Object> given, BiPredicate<String, UUID> exists) {
        var errors = new FieldErrors(object, FieldView.WHOLE);
        for (String name : given.keySet()) {
            if (!params.containsKey(name)) {
                errors.add(new FieldError(name, "unknown_field", "There is no parameter \"" + name + "\""));
            }
        }
        var values = new LinkedHashMap<String, @Nullable Object>();
        params.forEach((name, param) -> {
            Object raw = given.containsKey(name) ? given.get(name) : constant(param);
            try {
                Object value = raw == null ? null : FieldValues.parse(param.type(), raw);
                if (value != null) {
                    FieldChecks.check(param, value, errors);
                    if (param.type() instanceof FieldType.Reference(_, String target, _) && value instanceof UUID id
                            && !exists.test(target, id)) {
                        errors.add(param, "not_found", "names a record that does not exist");
                    }
                }
                if (param.required() && FieldChecks.missing(value)) {
                    errors.add(param, "required", "is required");
                }
                if (value != null || given.containsKey(name)) {
                    values.put(name, value);
                }
            } catch (InvalidValueException e) {
                errors.add(param, e.code(), e.message());
            }
        });
        errors.throwIfAny();
        return values;
    }

    private static @Nullable Object constant(FieldDefinition param) {
        return param.defaultValue() instanceof DefaultValue.Literal(Object value)
                ? value
                : null;
    }
}
