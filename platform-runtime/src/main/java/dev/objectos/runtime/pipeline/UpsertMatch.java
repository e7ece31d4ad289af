package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.InvalidValueException;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.plan.FieldView;
import dev.objectos.runtime.plan.MutationPlanner;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.sql.MatchingRecords;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what upserts of one object are that match by the same fields: updates of the records that match, which are locked,
 * or creations. What the session does not see matches nothing.
 */
final class UpsertMatch {

    /** Where some records are not seen, as many that match are looked at to find those that are. */
    private static final int CANDIDATES = 1_000;

    private final WriteUnit unit;
    private final ObjectDefinition object;
    private final FieldView view;
    private final boolean seesAll;

    UpsertMatch(WriteUnit unit, String object) {
        this.unit = unit;
        this.object = MutationPlanner.object(unit.catalog(), object);
        this.view = unit.planner().view(this.object, unit.session(), unit.catalog());
        this.seesAll = unit.rights().seesAll(this.object);
    }

    /** What two upserts have in common that may be looked for together. */
    static Object kind(Mutation.Upsert upsert) {
        return switch (upsert.match()) {
            case Mutation.Match.Id _ -> "id";
            case Mutation.Match.ExternalId _ -> "external id";
            case Mutation.Match.Fields(List<String> names) -> names;
        };
    }

    /** What two upserts must not have in common then: the second may be about what the first makes. */
    static Object key(Mutation.Upsert upsert) {
        return switch (upsert.match()) {
            case Mutation.Match.Id(UUID id) -> id;
            case Mutation.Match.ExternalId(Object value) -> value;
            case Mutation.Match.Fields(List<String> names) -> {
                var key = new ArrayList<@Nullable Object>();
                names.forEach(name -> key.add(upsert.values().get(name)));
                yield key;
            }
        };
    }

    /**
     * The change that each upsert is, by its place; those that are refused are left out.
     *
     * @param upserts all of one {@link #kind}
     */
    Map<Integer, Mutation> find(List<Mutation.Upsert> upserts, WriteUnit.Refusals refusals) throws SQLException {
        var wanted = new LinkedHashMap<Integer, Wanted>();
        for (int i = 0; i < upserts.size(); i++) {
            try {
                Mutation.Upsert upsert = upserts.get(i);
                unit.planner().admitUpsert(object, upsert.creates(), unit.session(), unit.catalog());
                wanted.put(i, wanted(upsert));
            } catch (PlatformException e) {
                refusals.add(i, e);
            }
        }
        var changes = new LinkedHashMap<Integer, Mutation>();
        if (wanted.isEmpty()) {
            return changes;
        }
        List<Set<UUID>> found = matching(List.copyOf(wanted.values()));
        int place = 0;
        for (Map.Entry<Integer, Wanted> one : wanted.entrySet()) {
            try {
                changes.put(one.getKey(), change(upserts.get(one.getKey()), one.getValue(), found.get(place++)));
            } catch (PlatformException e) {
                refusals.add(one.getKey(), e);
            }
        }
        return changes;
    }

    /**
     * What the record must have.
     *
     * @param values of the upsert, completed by the one that it matches by
     * @param matched fields that the record has the wanted values of, or it would not match
     */
    private record Wanted(Map<String, @Nullable Object> values, Set<String> matched, List<String> fields,
            List<Object> key) {}

    private Wanted wanted(Mutation.Upsert upsert) {
        var values = new LinkedHashMap<String, @Nullable Object>(upsert.values());
        return switch (upsert.match()) {
            case Mutation.Match.Id(UUID id) -> new Wanted(values, Set.of(), List.of(SystemFields.ID), List.of(id));
            case Mutation.Match.ExternalId(Object value) -> {
                FieldDefinition field = externalId();
                values.putIfAbsent(field.name(), value);
                Set<String> matched = value.equals(values.get(field.name())) ? Set.of(field.name()) : Set.of();
                yield new Wanted(values, matched, List.of(field.name()), List.of(parsed(field, value)));
            }
            case Mutation.Match.Fields(List<String> names) -> {
                if (names.isEmpty()) {
                    throw refused(upsert, "required", "Name the fields by which records are matched");
                }
                var key = new ArrayList<Object>();
                for (String name : names) {
                    FieldDefinition field = field(name);
                    key.add(parsed(field, given(name, values.get(name))));
                }
                yield new Wanted(values, new LinkedHashSet<>(names), names, key);
            }
        };
    }

    private List<Set<UUID>> matching(List<Wanted> wanted) throws SQLException {
        List<Set<UUID>> found = MatchingRecords.find(unit.connection(), unit.catalog(), object,
                wanted.getFirst().fields(), wanted.stream().map(Wanted::key).toList(), seesAll ? 2 : CANDIDATES);
        if (!seesAll) {
            var all = new HashSet<UUID>();
            found.forEach(all::addAll);
            Set<UUID> visible = unit.rights().visible(object, all);
            found.forEach(some -> some.retainAll(visible));
        }
        return found;
    }

    private Mutation change(Mutation.Upsert upsert, Wanted wanted, Set<UUID> found) {
        if (found.size() > 1) {
            throw refused(upsert, "several_matches", "More than one " + object.label() + " has these values");
        }
        if (!found.isEmpty()) {
            var values = new LinkedHashMap<String, @Nullable Object>(wanted.values());
            upsert.blanks().forEach(field -> values.put(field, null));
            // The record has these values, or it would not match: who may not write them does not.
            Set<String> locked = unit.planner().locked(object, ChangeAction.UPDATE, unit.session(), unit.catalog());
            wanted.matched().stream().filter(locked::contains).forEach(values::remove);
            return new Mutation.Update(object.name(), found.iterator().next(), values, null);
        }
        if (!upsert.creates()) {
            throw new PlatformException(RuntimeError.RECORD_NOT_FOUND,
                    "There is no " + object.label() + " with these values to be updated").about(object.name());
        }
        return new Mutation.Create(object.name(), wanted.values(),
                upsert.match() instanceof Mutation.Match.Id(UUID id) ? id : null);
    }

    private Object parsed(FieldDefinition field, Object value) {
        try {
            return FieldValues.parse(field.type(), value);
        } catch (InvalidValueException e) {
            throw PlatformException.validation(object.name(),
                    List.of(new FieldError(field.name(), e.code(), field.label() + " " + e.message())));
        }
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

    private PlatformException refused(Mutation.Upsert upsert, String code, String message) {
        List<String> names = upsert.match() instanceof Mutation.Match.Fields(List<String> fields) && !fields.isEmpty()
                ? fields
                : List.of(SystemFields.ID);
        return PlatformException.validation(object.name(),
                names.stream().map(name -> new FieldError(name, code, message)).toList());
    }
}
