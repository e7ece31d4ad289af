package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.InvalidValueException;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.plan.FieldView;
import dev.objectos.runtime.plan.MutationPlanner;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.sql.StoredRecords;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what an upsert is: an update of the record that matches, which is locked, or a creation. What the session does not
 * see matches nothing.
 */
final class UpsertMatch {

    /** Where some records are not seen, as many that match are looked at to find those that are. */
    private static final int CANDIDATES = 1_000;

    private final WriteUnit unit;
    private final Mutation.Upsert upsert;
    private final ObjectDefinition object;
    private final FieldView view;

    UpsertMatch(WriteUnit unit, Mutation.Upsert upsert) {
        this.unit = unit;
        this.upsert = upsert;
        this.object = MutationPlanner.object(unit.catalog(), upsert.object());
        this.view = unit.planner().view(object, unit.session(), unit.catalog());
    }

    Mutation find() throws SQLException {
        unit.planner().admitUpsert(object, unit.session(), unit.catalog());
        var values = new LinkedHashMap<String, @Nullable Object>(upsert.values());
        var matched = new LinkedHashSet<String>();
        boolean seesAll = unit.rights().seesAll(object);
        Set<UUID> found = switch (upsert.match()) {
            case Mutation.Match.Id(UUID id) -> StoredRecords
                    .read(unit.connection(), unit.catalog(), object, List.of(id), StoredRecords.Lock.CHANGE).keySet();
            case Mutation.Match.ExternalId(Object value) -> {
                FieldDefinition field = externalId();
                values.putIfAbsent(field.name(), value);
                if (value.equals(values.get(field.name()))) {
                    matched.add(field.name());
                }
                yield matching(Map.of(field, value), seesAll);
            }
            case Mutation.Match.Fields(List<String> names) -> {
                var wanted = new LinkedHashMap<FieldDefinition, Object>();
                for (String name : names) {
                    wanted.put(field(name), given(name, values.get(name)));
                }
                matched.addAll(names);
                yield matching(wanted, seesAll);
            }
        };
        if (!seesAll) {
            found = unit.rights().visible(object, found);
        }
        if (found.size() > 1) {
            throw refused("several_matches", "More than one " + object.label() + " has these values");
        }
        if (found.isEmpty()) {
            return new Mutation.Create(object.name(), values,
                    upsert.match() instanceof Mutation.Match.Id(UUID id) ? id : null);
        }
        // The record has these values, or it would not match: who may not write them does not.
        Set<String> locked = unit.planner().locked(object, ChangeAction.UPDATE, unit.session(), unit.catalog());
        matched.stream().filter(locked::contains).forEach(values::remove);
        return new Mutation.Update(object.name(), found.iterator().next(), values, null);
    }

    private Set<UUID> matching(Map<FieldDefinition, Object> wanted, boolean seesAll) throws SQLException {
        if (wanted.isEmpty()) {
            throw refused("required", "Name the fields by which records are matched");
        }
        var values = new LinkedHashMap<String, Object>();
        for (Map.Entry<FieldDefinition, Object> entry : wanted.entrySet()) {
            FieldDefinition field = entry.getKey();
            try {
                values.put(field.name(), FieldValues.parse(field.type(), entry.getValue()));
            } catch (InvalidValueException e) {
                throw PlatformException.validation(object.name(),
                        List.of(new FieldError(field.name(), e.code(), field.label() + " " + e.message())));
            }
        }
        return StoredRecords
                .matching(unit.connection(), unit.catalog(), object, values, seesAll ? 2 : CANDIDATES).keySet();
    }

    private FieldDefinition externalId() {
        return object.fields().values().stream().filter(FieldDefinition::externalId)
                .filter(field -> view.has(object, field.name())).map(this::unmasked).findFirst()
                .orElseThrow(() -> new PlatformException(RuntimeError.VALIDATION_FAILED,
                        object.label() + " has no field marked external_id to match by").about(object.name()));
    }

    private FieldDefinition field(String name) {
        return object.field(name).filter(FieldDefinition::stored)
                .filter(field -> !MutationPlanner.concealed(field) && view.has(object, name)).map(this::unmasked)
                .orElseThrow(() -> new PlatformException(RuntimeError.INVALID_FIELD,
                        object.name() + " has no field \"" + name + "\" to match by").about(object.name()));
    }

    /** Whether a value matches would tell what the mask covers. */
    private FieldDefinition unmasked(FieldDefinition field) {
        if (view.masked().containsKey(field.name())) {
            throw new PlatformException(RuntimeError.INVALID_FIELD, field.name() + " of " + object.name()
                    + " is masked: it can be selected and nothing else").about(object.name());
        }
        return field;
    }

    private Object given(String name, @Nullable Object value) {
        if (value == null) {
            throw PlatformException.validation(object.name(), List.of(
                    new FieldError(name, "required", field(name).label() + " is needed to find the record")));
        }
        return value;
    }

    private PlatformException refused(String code, String message) {
        List<String> names = upsert.match() instanceof Mutation.Match.Fields(List<String> fields) && !fields.isEmpty()
                ? fields
                : List.of("id");
        return PlatformException.validation(object.name(),
                names.stream().map(name -> new FieldError(name, code, message)).toList());
    }
}
