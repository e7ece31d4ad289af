package dev.objectos.runtime.plan;

import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.InvalidValueException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a JSON value has the shape that its field declares, and whether PostgreSQL can hold it. */
final class JsonChecks {

    private static final int MAX_DEPTH = 64;

    /** Characters of all texts and names, and a unit for each value. */
    private static final int MAX_SIZE = 1_000_000;

    private JsonChecks() {}

    static void check(FieldDefinition field, FieldType.Json type, String path, Object value, FieldErrors errors) {
        var report = new FieldChecks.Report(errors, path, field.label());
        if (measure(value, 0, report) < 0) {
            return;
        }
        switch (type.name()) {
            case "object", "composite", "location", "address" -> one(type, path, value, report);
            case "repeater", "grid" -> {
                if (!(value instanceof List<?> elements)) {
                    report.add("invalid_type", "must be a list");
                    return;
                }
                for (int i = 0; i < elements.size(); i++) {
                    Object element = elements.get(i);
                    if (element == null) {
                        report.add("invalid_type", "must be a list without null");
                    } else if (!type.shape().isEmpty()) {
                        one(type, path + "[" + i + "]", element, report);
                    }
                }
            }
            default -> {
                if (!type.shape().isEmpty()) {
                    one(type, path, value, report);
                }
            }
        }
    }

    private static void one(FieldType.Json type, String path, Object value, FieldChecks.Report report) {
        if (!(value instanceof Map<?, ?> members)) {
            report.errors().add(path, report.label(), "invalid_type", "must be an object");
            return;
        }
        if (type.name().equals("location")) {
            coordinate(members, "latitude", "lat", 90, report);
            coordinate(members, "longitude", "lng", 180, report);
        }
        if (type.shape().isEmpty()) {
            return;
        }
        for (Object name : members.keySet()) {
            if (type.shape().stream().noneMatch(member -> member.name().equals(name))) {
                report.errors().add(path + "." + name, report.label(), "unknown_field",
                        "has no member \"" + name + "\"");
            }
        }
        for (FieldDefinition member : type.shape()) {
            member(member, path + "." + member.name(), members.get(member.name()), report.errors());
        }
    }

    private static void member(FieldDefinition member, String path, @Nullable Object raw, FieldErrors errors) {
        if (FieldChecks.missing(raw)) {
            if (member.required()) {
                errors.add(path, member.label(), "required", "is required");
            }
            if (raw == null) {
                return;
            }
        }
        try {
            FieldChecks.check(member, path, FieldValues.parse(member.type(), Objects.requireNonNull(raw)), errors);
        } catch (InvalidValueException e) {
            errors.add(path, member.label(), e.code(), e.message());
        }
    }

    private static void coordinate(Map<?, ?> members, String name, String shortName, int limit,
            FieldChecks.Report report) {
        Object value = members.containsKey(name) ? members.get(name) : members.get(shortName);
        if (value == null) {
            return;
        }
        if (!(value instanceof Number number) || Math.abs(number.doubleValue()) > limit) {
            report.add("invalid_location", "must have a " + name + " between -" + limit + " and " + limit);
        }
    }

    /** The value's size, or -1 where something in it cannot be stored and has been reported. */
    private static long measure(@Nullable Object value, int depth, FieldChecks.Report report) {
        if (depth > MAX_DEPTH) {
            report.add("max_depth", "must not be nested deeper than " + MAX_DEPTH + " levels");
            return -1;
        }
        long size = 1;
        switch (value) {
            case String text -> {
                if (!FieldChecks.wellFormed(text, report)) {
                    return -1;
                }
                size += text.length();
            }
            case List<?> elements -> {
                for (Object element : elements) {
                    long inner = measure(element, depth + 1, report);
                    if (inner < 0) {
                        return -1;
                    }
                    size += inner;
                }
            }
            case Map<?, ?> members -> {
                for (Map.Entry<?, ?> member : members.entrySet()) {
                    long name = measure(member.getKey(), depth + 1, report);
                    long inner = name < 0 ? -1 : measure(member.getValue(), depth + 1, report);
                    if (inner < 0) {
                        return -1;
                    }
                    size += name + inner;
                }
            }
            case Double real when !Double.isFinite(real) -> {
                report.add("invalid_type", "must not contain a number that is not finite");
                return -1;
            }
            case BigDecimal decimal when decimal.precision() > 1_000 || Math.abs((long) decimal.scale()) > 1_000 -> {
                report.add("out_of_range", "contains a number of more than 1000 digits");
                return -1;
            }
            case null, default -> {
            }
        }
        if (size > MAX_SIZE) {
            report.add("max_size", "is larger than " + MAX_SIZE + " characters");
            return -1;
        }
        return size;
    }
}
