package dev.objectos.server.record;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.Mutation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads many changes of one object. */
final class BatchParser {

    /** Names no record, for it is not of the version that the platform gives; stands for texts that are no ids. */
    static final UUID NOBODY = new UUID(0, 0);

    private static final Set<String> OPERATIONS = Set.of("create", "update", "upsert", "delete");
    private static final Set<String> OPTIONS = Set.of("atomic", "continueOnError", "returnRecords");

    private final ObjectDefinition object;
    private final Set<String> hidden;

    BatchParser(ObjectDefinition object) {
        this(object, Set.of());
    }

    /** @param hidden fields that do not exist as far as the caller can tell, so that no record is found by them */
    BatchParser(ObjectDefinition object, Set<String> hidden) {
        this.object = object;
        this.hidden = hidden;
    }

    /**
     * Many changes as they were asked for.
     *
     * @param ids how the caller named each record; null: not at all
     */
    record Many(String operation, List<@Nullable String> ids, Batch batch) {}

    /** {@code {"operation","records":[{id?,externalId?,data}],"options"}}. */
    Many batch(Map<String, @Nullable Object> body) {
        only(body, Set.of("operation", "records", "options"), "A batch");
        if (!(body.get("operation") instanceof String given)
                || !OPERATIONS.contains(given.toLowerCase(Locale.ROOT))) {
            throw refuse("\"operation\" is create, update, upsert or delete");
        }
        return read(given.toLowerCase(Locale.ROOT), list(body, "records"), body.get("options"));
    }

    /** {@code {"records":[{id,data}],"options"}}. */
    Many updates(Map<String, @Nullable Object> body) {
        only(body, Set.of("records", "options"), "updateMany");
        return read("update", list(body, "records"), body.get("options"));
    }

    /** {@code {"ids":[…],"options"}}. */
    Many deletes(Map<String, @Nullable Object> body) {
        only(body, Set.of("ids", "options"), "deleteMany");
        List<?> given = list(body, "ids");
        var ids = new ArrayList<@Nullable String>(given.size());
        var mutations = new ArrayList<Mutation>(given.size());
        for (Object id : given) {
            String text = text(id, "ids", ids.size());
            ids.add(text);
            mutations.add(new Mutation.Delete(object.name(), idOrNobody(text), null));
        }
        return new Many("delete", ids, options(body.get("options"), mutations));
    }

    /** An array of new records, made all or none. */
    Batch creates(@Nullable Object body) {
        if (!(body instanceof List<?> given)) {
            throw refuse("createMany takes a list of records");
        }
        requireFew(given, "records");
        var mutations = new ArrayList<Mutation>(given.size());
        for (Object record : given) {
            mutations.add(Changes.create(object.name(), values(record, mutations.size())));
        }
        return new Batch(mutations, true, false, true);
    }

    private Many read(String operation, List<?> records, @Nullable Object options) {
        var ids = new ArrayList<@Nullable String>(records.size());
        var mutations = new ArrayList<Mutation>(records.size());
        for (Object given : records) {
            int index = mutations.size();
            if (!(given instanceof Map<?, ?> entry)) {
                throw refuse("\"records\"[" + index + "] must be an object");
            }
            only(entry, Set.of("id", "externalId", "data"), "\"records\"[" + index + "]");
            mutations.add(mutation(operation, entry, index));
            ids.add(entry.get("id") instanceof String id ? id : null);
        }
        return new Many(operation, ids, options(options, mutations));
    }

    private Mutation mutation(String operation, Map<?, ?> entry, int index) {
        if (!operation.equals("upsert") && entry.get("externalId") != null) {
            throw refuse("\"externalId\" belongs to upsert");
        }
        return switch (operation) {
            case "create" -> {
                if (entry.get("id") != null) {
                    throw refuse("\"records\"[" + index + "] must not choose the id of a new record");
                }
                yield Changes.create(object.name(), values(entry.get("data"), index));
            }
            case "update" -> Changes.update(object.name(), idOrNobody(text(entry.get("id"), "id", index)),
                    values(entry.get("data"), index), null);
            case "upsert" -> {
                Map<String, @Nullable Object> values = values(entry.get("data"), index);
                yield Changes.upsert(object.name(), match(entry, values, index), values);
            }
            case "delete" -> {
                if (entry.get("data") != null) {
                    throw refuse("\"records\"[" + index + "] is to be deleted and so takes no \"data\"");
                }
                yield new Mutation.Delete(object.name(), idOrNobody(text(entry.get("id"), "id", index)), null);
            }
            default -> throw refuse("\"operation\" is create, update, upsert or delete");
        };
    }

    /** By id, by external id, or by the external id among the values. */
    private Mutation.Match match(Map<?, ?> entry, Map<String, @Nullable Object> values, int index) {
        Object id = entry.get("id");
        Object external = entry.get("externalId");
        if (id != null && external != null) {
            throw refuse("\"records\"[" + index + "] has an \"id\" and an \"externalId\"; give one of them");
        }
        if (id != null) {
            String text = text(id, "id", index);
            if (!FieldValues.isId(text)) {
                throw refuse("\"records\"[" + index + "].id is no id");
            }
            return new Mutation.Match.Id(UUID.fromString(text));
        }
        if (external != null) {
            return new Mutation.Match.ExternalId(external);
        }
        for (FieldDefinition field : object.fields().values()) {
            Object value = field.externalId() && !hidden.contains(field.name()) ? values.get(field.name()) : null;
            if (value != null) {
                return new Mutation.Match.ExternalId(value);
            }
        }
        throw refuse("\"records\"[" + index + "] needs an \"id\" or an \"externalId\" to be upserted");
    }

    /** Unless said otherwise a batch is all or nothing; who asks to go on after a failure does not want that. */
    private static Batch options(@Nullable Object given, List<Mutation> mutations) {
        Map<?, ?> options = switch (given) {
            case null -> Map.of();
            case Map<?, ?> map -> map;
            default -> throw refuse("\"options\" is an object");
        };
        only(options, OPTIONS, "\"options\"");
        boolean goOn = flag(options, "continueOnError", false);
        boolean atomic = flag(options, "atomic", !goOn);
        return new Batch(mutations, atomic, goOn && !atomic, flag(options, "returnRecords", false));
    }

    private static boolean flag(Map<?, ?> options, String name, boolean otherwise) {
        return switch (options.get(name)) {
            case null -> otherwise;
            case Boolean flag -> flag;
            default -> throw refuse("\"" + name + "\" is true or false");
        };
    }

    private static List<?> list(Map<String, @Nullable Object> body, String name) {
        if (!(body.get(name) instanceof List<?> list)) {
            throw refuse("\"" + name + "\" is a list");
        }
        requireFew(list, name);
        return list;
    }

    private static void requireFew(List<?> list, String name) {
        if (list.size() > Batch.MAXIMUM) {
            throw new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE,
                    "\"" + name + "\" has at most " + Batch.MAXIMUM + " entries");
        }
    }

    private static Map<String, @Nullable Object> values(@Nullable Object given, int index) {
        if (!(given instanceof Map<?, ?> map)) {
            throw refuse("The fields of record " + index + " must be a JSON object");
        }
        @SuppressWarnings("unchecked") // the JSON reader makes no other map
        var values = (Map<String, @Nullable Object>) map;
        return values;
    }

    private static String text(@Nullable Object given, String name, int index) {
        if (given instanceof String text) {
            return text;
        }
        throw refuse("\"" + name + "\" of entry " + index + " must be the id of a record");
    }

    static UUID idOrNobody(String text) {
        return FieldValues.isId(text) ? UUID.fromString(text) : NOBODY;
    }

    static void only(Map<?, ?> object, Set<String> keys, String what) {
        for (Object key : object.keySet()) {
            if (!keys.contains(String.valueOf(key))) {
                throw refuse(what + " takes " + String.join(", ", keys.stream().sorted().toList())
                        + " and nothing else");
            }
        }
    }

    private static PlatformException refuse(String message) {
        return new PlatformException(RuntimeError.INVALID_REQUEST, message);
    }
}
