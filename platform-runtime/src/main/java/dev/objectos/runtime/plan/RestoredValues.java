package dev.objectos.runtime.plan;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.DefaultValue;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.InvalidValueException;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a record is when it comes back from the recycle bin: itself, one version later. Fields that came meanwhile have their
 * defaults; references to records that have gone are emptied, or, where they are required, refused.
 */
public final class RestoredValues {

    private final Catalog catalog;
    private final Draft draft;
    private final Map<String, Set<UUID>> present;

    /**
     * @param draft of the restoration, which takes what is wrong
     * @param present of the records that are referred to those that will be there, by object
     */
    public RestoredValues(Catalog catalog, Draft draft, Map<String, Set<UUID>> present) {
        this.catalog = catalog;
        this.draft = draft;
        this.present = Map.copyOf(present);
    }

    /** Adds what a record refers to, by object. */
    public static void referred(ObjectDefinition object, Map<String, @Nullable Object> row,
            Map<String, Set<UUID>> referred) {
        for (FieldDefinition field : object.fields().values()) {
            Object held = row.get(field.name());
            if (field.type() instanceof FieldType.Reference reference && held instanceof UUID id) {
                referred.computeIfAbsent(reference.target(), _ -> new LinkedHashSet<>()).add(id);
            } else if (field.type() instanceof FieldType.References references && held instanceof List<?> ids) {
                Set<UUID> all = referred.computeIfAbsent(references.target(), _ -> new LinkedHashSet<>());
                ids.forEach(id -> all.add((UUID) id));
            }
        }
    }

    /**
     * Every stored field.
     *
     * @param row as it was deleted
     * @param unknown fields that the object did not have then
     */
    public Map<String, @Nullable Object> of(ObjectDefinition object, Map<String, @Nullable Object> row,
            Set<String> unknown) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        for (FieldDefinition field : object.fields().values()) {
            if (field.stored()) {
                values.put(field.name(), value(object, field, unknown.contains(field.name())
                        ? defaultOf(field)
                        : row.get(field.name())));
            }
        }
        values.put(SystemFields.VERSION, (Long) Objects.requireNonNull(row.get(SystemFields.VERSION)) + 1);
        values.put(SystemFields.UPDATED_AT, later(row.get(SystemFields.UPDATED_AT)));
        values.put(SystemFields.UPDATED_BY, draft.session().userId());
        return values;
    }

    /** Never the same moment twice, for a writer may guard by it. */
    private Instant later(@Nullable Object updated) {
        return updated instanceof Instant before && !before.isBefore(draft.now())
                ? before.plus(1, ChronoUnit.MICROS)
                : draft.now();
    }

    private @Nullable Object value(ObjectDefinition object, FieldDefinition field, @Nullable Object kept) {
        return switch (field.type()) {
            // What belongs to the record is counted again as it comes back.
            case FieldType.Summary summary -> MutationPlanner.empty(summary);
            case FieldType.Reference reference when kept instanceof UUID id -> {
                boolean there = present.getOrDefault(reference.target(), Set.of()).contains(id);
                if (!there && field.required()) {
                    gone(object, field, reference.target());
                }
                yield there ? id : null;
            }
            case FieldType.References references when kept instanceof List<?> ids -> {
                var left = new ArrayList<Object>(ids);
                left.retainAll(present.getOrDefault(references.target(), Set.of()));
                if (left.isEmpty() && !ids.isEmpty() && field.required()) {
                    gone(object, field, references.target());
                }
                yield left;
            }
            default -> kept;
        };
    }

    private void gone(ObjectDefinition object, FieldDefinition field, String target) {
        String message = "refers to a record that is not there any more; restore that "
                + catalog.object(target).map(ObjectDefinition::label).orElse(target) + " first";
        if (object.name().equals(draft.object().name())) {
            draft.errors().add(field, "invalid_reference", message);
        } else {
            draft.errors().add(new FieldError("", "invalid_reference",
                    "A " + object.label() + " that comes back with it " + message));
        }
    }

    private static @Nullable Object defaultOf(FieldDefinition field) {
        if (!(field.defaultValue() instanceof DefaultValue.Literal literal)) {
            return null;
        }
        try {
            return FieldInput.coerce(field, literal.value());
        } catch (InvalidValueException e) {
            throw new IllegalStateException("the default of " + field.name() + " was checked when it was read", e);
        }
    }
}
