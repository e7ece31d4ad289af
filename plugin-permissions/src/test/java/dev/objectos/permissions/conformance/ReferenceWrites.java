package dev.objectos.permissions.conformance;

import dev.objectos.permissions.conformance.ObjectRules.Default;
import dev.objectos.permissions.conformance.ObjectRules.Sharing;
import dev.objectos.permissions.conformance.Schema.Kind;
import dev.objectos.runtime.ErrorCode;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.Mutation;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What becomes of changes, and of the records. Where several things are wrong with a change, any of them may be its refusal. */
final class ReferenceWrites {

    private final World world;
    private final ReferenceRights rights;
    private final ReferenceFields fields;

    ReferenceWrites(ReferenceRights rights) {
        this.world = rights.world();
        this.rights = rights;
        this.fields = new ReferenceFields(rights);
    }

    Verdict change(Mutation mutation) {
        return change(mutation, null);
    }

    /** @param made the id of a record that is made, where the change does not say it */
    Verdict change(Mutation mutation, @Nullable UUID made) {
        return switch (mutation) {
            case Mutation.Create create -> create(create, create.id() == null ? made : create.id());
            case Mutation.Update update -> update(update);
            case Mutation.Delete delete -> delete(delete.object(), delete.id());
            case Mutation.Upsert upsert -> upsert(upsert, made);
        };
    }

    /** What may not be read matches nothing; what may not be written is left as it is where it has the value already. */
    private Verdict upsert(Mutation.Upsert upsert, @Nullable UUID made) {
        String object = upsert.object();
        if (!rights.possible(object, Operation.UPDATE)
                && !(upsert.creates() && rights.possible(object, Operation.CREATE))) {
            return refused(RuntimeError.PERMISSION_DENIED);
        }
        if (!(upsert.match() instanceof Mutation.Match.Fields(List<String> names))) {
            throw new IllegalArgumentException("the model knows no " + upsert);
        }
        for (String name : names) {
            if (!fields.seenToWrite(object, name) || fields.mask(object, name) != null) {
                return refused(RuntimeError.INVALID_FIELD);
            }
            if (upsert.values().get(name) == null) {
                return refused(RuntimeError.VALIDATION_FAILED);
            }
        }
        List<Map<String, @Nullable Object>> found = world.all(object).stream()
                .filter(record -> rights.may(Operation.READ, object, record))
                .filter(record -> names.stream()
                        .allMatch(name -> Objects.equals(record.get(name), upsert.values().get(name))))
                .toList();
        if (found.size() > 1) {
            return refused(RuntimeError.VALIDATION_FAILED);
        }
        if (found.isEmpty()) {
            return upsert.creates()
                    ? create(new Mutation.Create(object, upsert.values()), made)
                    : refused(RuntimeError.RECORD_NOT_FOUND);
        }
        var values = new LinkedHashMap<>(upsert.values());
        upsert.blanks().forEach(name -> values.put(name, null));
        names.stream().filter(name -> !fields.writable(object, name, Operation.UPDATE)).forEach(values::remove);
        return update(new Mutation.Update(object, World.id(found.getFirst()), values, null));
    }

    private Verdict refused(ErrorCode code) {
        return new Verdict(Set.of(code), null, world);
    }

    private Verdict create(Mutation.Create create, @Nullable UUID made) {
        String object = create.object();
        if (!rights.possible(object, Operation.CREATE)) {
            return new Verdict(Set.of(RuntimeError.PERMISSION_DENIED), null, world);
        }
        UUID id = made == null ? RandomWorld.id(999_998) : made;
        Set<ErrorCode> refusals = fieldRefusals(object, create.values(), Operation.CREATE);
        Map<String, @Nullable Object> record = made(object, id);
        record.putAll(stored(object, create.values()));
        refuseMissing(object, record, refusals);
        if (!rights.may(Operation.CREATE, object, record)) {
            refusals.add(RuntimeError.PERMISSION_DENIED);
        }
        return refusals.isEmpty() ? written(object, record) : new Verdict(refusals, null, world);
    }

    private Verdict update(Mutation.Update update) {
        String object = update.object();
        if (!rights.possible(object, Operation.UPDATE)) {
            return new Verdict(Set.of(RuntimeError.PERMISSION_DENIED), null, world);
        }
        Map<String, @Nullable Object> before = world.find(object, update.id());
        Set<ErrorCode> refusals = fieldRefusals(object, update.values(), Operation.UPDATE);
        refusals.addAll(recordRefusals(object, before, Operation.UPDATE));
        if (before == null) {
            return new Verdict(refusals, null, world);
        }
        var record = new LinkedHashMap<>(before);
        record.putAll(stored(object, update.values()));
        refuseMissing(object, record, refusals);
        return refusals.isEmpty() ? written(object, record) : new Verdict(refusals, null, world);
    }

    private Verdict delete(String object, UUID id) {
        Map<String, @Nullable Object> record = world.find(object, id);
        Set<ErrorCode> refusals = new HashSet<>(recordRefusals(object, record, Operation.DELETE));
        if (record == null || !refusals.isEmpty()) {
            return new Verdict(refusals, null, world);
        }
        World after = world.copy();
        remove(object, record, after, refusals);
        after.summarize();
        return refusals.isEmpty() ? new Verdict(Set.of(), null, after) : new Verdict(refusals, null, world);
    }

    /** Step 8: what may not be read does not exist. */
    private Set<ErrorCode> recordRefusals(String object, @Nullable Map<String, @Nullable Object> record,
            Operation operation) {
        if (!rights.possible(object, operation)) {
            return Set.of(RuntimeError.PERMISSION_DENIED);
        }
        if (record == null || !rights.may(Operation.READ, object, record)) {
            return Set.of(RuntimeError.RECORD_NOT_FOUND);
        }
        return rights.may(operation, object, record) ? Set.of() : Set.of(RuntimeError.PERMISSION_DENIED);
    }

    private Set<ErrorCode> fieldRefusals(String object, Map<String, @Nullable Object> values, Operation operation) {
        var refusals = new HashSet<ErrorCode>();
        values.forEach((name, value) -> {
            if (!fields.seenToWrite(object, name)) {
                refusals.add(RuntimeError.INVALID_FIELD);
            } else if (!fields.writable(object, name, operation)) {
                refusals.add(RuntimeError.PERMISSION_DENIED);
            }
            Schema.Field field = world.schema().field(object, name);
            if (field == null) {
                refusals.add(RuntimeError.INVALID_FIELD);
            } else if (field.derived()) {
                refusals.add(RuntimeError.VALIDATION_FAILED);
            } else if (field.kind() instanceof Kind.Lookup lookup && value != null && !visible(lookup, value)) {
                refusals.add(RuntimeError.VALIDATION_FAILED);
            } else if (field.kind() instanceof Kind.File && value != null && !mayGive(value)) {
                refusals.add(RuntimeError.VALIDATION_FAILED);
            }
        });
        return refusals;
    }

    /** One's own files, and those that one sees in a record. */
    private boolean mayGive(Object file) {
        int sender = RandomWorld.FILES.indexOf(UUID.fromString(file.toString()));
        return (sender >= 0 && RandomWorld.USERS.get(sender).equals(rights.person().id()))
                || new ReferenceReads(rights).seesFile(file.toString());
    }

    /** Who refers to a record that they may not see is told that there is none. */
    private boolean visible(Kind.Lookup lookup, Object id) {
        Map<String, @Nullable Object> other = world.find(lookup.target(), id);
        return other != null && rights.may(Operation.READ, lookup.target(), other);
    }

    private void refuseMissing(String object, Map<String, @Nullable Object> record, Set<ErrorCode> refusals) {
        world.schema().fields(object).values().stream()
                .filter(field -> field.kind() instanceof Kind.Lookup lookup && lookup.masterDetail())
                .filter(field -> record.get(field.name()) == null)
                .forEach(_ -> refusals.add(RuntimeError.VALIDATION_FAILED));
    }

    private Map<String, @Nullable Object> made(String object, UUID id) {
        var record = new LinkedHashMap<String, @Nullable Object>();
        world.schema().fields(object).values().stream().filter(Schema.Field::stored)
                .forEach(field -> record.put(field.name(), null));
        record.put("id", id);
        record.put("owner", rights.person().id());
        record.put("created_by", rights.person().id());
        return record;
    }

    private Map<String, @Nullable Object> stored(String object, Map<String, @Nullable Object> values) {
        var stored = new LinkedHashMap<String, @Nullable Object>();
        values.forEach((name, value) -> {
            Schema.Field field = world.schema().field(object, name);
            boolean reference = field != null && field.kind() instanceof Kind.Lookup;
            stored.put(name, reference && value != null ? UUID.fromString(value.toString()) : value);
        });
        return stored;
    }

    private Verdict written(String object, Map<String, @Nullable Object> record) {
        World after = world.copy();
        after.put(object, record);
        after.summarize();
        var seen = new ReferenceRights(rights.rules(), after, rights.person());
        return new Verdict(Set.of(), new ReferenceReads(seen).afterwards(object, World.id(record)), after);
    }

    /** Takes a record away with what goes along, and empties what refers to it. */
    private void remove(String object, Map<String, @Nullable Object> root, World after, Set<ErrorCode> refusals) {
        var doomed = new LinkedHashMap<String, Set<UUID>>();
        doom(object, World.id(root), doomed, refusals);
        doomed.forEach((of, ids) -> ids.forEach(id -> after.remove(of, id)));
        doomed.forEach((of, ids) -> ids.forEach(id -> {
            for (Schema.Incoming incoming : world.schema().incoming(of)) {
                for (Map<String, @Nullable Object> other : after.all(incoming.object())) {
                    if (id.equals(other.get(incoming.field()))) {
                        if (incoming.lookup().onDelete() == Schema.OnDelete.RESTRICT) {
                            refusals.add(RuntimeError.DELETE_RESTRICTED);
                        }
                        other.put(incoming.field(), null);
                        after.put(incoming.object(), other);
                    }
                }
            }
        }));
    }

    private void doom(String object, UUID id, Map<String, Set<UUID>> doomed, Set<ErrorCode> refusals) {
        if (!doomed.computeIfAbsent(object, _ -> new LinkedHashSet<>()).add(id)) {
            return;
        }
        for (Schema.Incoming incoming : world.schema().incoming(object)) {
            if (incoming.lookup().onDelete() == Schema.OnDelete.CASCADE) {
                for (Map<String, @Nullable Object> child : world.all(incoming.object())) {
                    if (id.equals(child.get(incoming.field()))) {
                        if (!goesAlong(incoming) && !rights.may(Operation.DELETE, incoming.object(), child)) {
                            refusals.add(RuntimeError.PERMISSION_DENIED);
                        }
                        doom(incoming.object(), World.id(child), doomed, refusals);
                    }
                }
            }
        }
    }

    private boolean goesAlong(Schema.Incoming incoming) {
        Sharing sharing = rights.rules().of(incoming.object()).sharing();
        boolean controlled = sharing != null && sharing.byDefault() == Default.CONTROLLED_BY_PARENT
                && rights.parentLookup(incoming.object()).equals(incoming.field());
        return incoming.lookup().masterDetail() || controlled;
    }
}
