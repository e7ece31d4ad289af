package dev.objectos.server.record;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.Mutation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads changes of several objects that happen together, where <code>{"$ref":0}</code> stands for an id made before. */
final class TransactionParser {

    private static final int MAX_OPERATIONS = 1_000;

    private final Catalog catalog;

    TransactionParser(Catalog catalog) {
        this.catalog = catalog;
    }

    Batch parse(Map<String, @Nullable Object> body) {
        BatchParser.only(body, Set.of("operations", "atomic"), "A transaction");
        Object atomic = body.get("atomic");
        if (atomic != null && !Boolean.TRUE.equals(atomic)) {
            throw refuse("A transaction is always atomic; the batch endpoint of an object takes \"atomic\": false");
        }
        if (!(body.get("operations") instanceof List<?> operations)) {
            throw refuse("\"operations\" is a list");
        }
        if (operations.size() > MAX_OPERATIONS) {
            throw new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE,
                    "A transaction has at most " + MAX_OPERATIONS + " operations");
        }
        var mutations = new ArrayList<Mutation>(operations.size());
        for (Object operation : operations) {
            int index = mutations.size();
            if (!(operation instanceof Map<?, ?> entry)) {
                throw refuse("Operation " + index + " must be an object");
            }
            BatchParser.only(entry, Set.of("object", "action", "id", "data"), "Operation " + index);
            mutations.add(mutation(entry, index));
        }
        return new Batch(mutations, true, false, true);
    }

    private Mutation mutation(Map<?, ?> entry, int index) {
        if (!(entry.get("object") instanceof String name)) {
            throw refuse("Operation " + index + " must name an \"object\"");
        }
        ObjectDefinition object = ApiObjects.require(catalog, name);
        Object action = entry.get("action");
        return switch (action == null ? "create" : String.valueOf(action)) {
            case "create" -> {
                if (entry.get("id") != null) {
                    throw refuse("Operation " + index + " must not choose the id of a new record");
                }
                yield Changes.create(object.name(), values(entry, index));
            }
            case "update" -> Changes.update(object.name(), BatchParser.idOrNobody(id(entry, index)),
                    values(entry, index), null);
            case "delete" -> {
                if (entry.get("data") != null) {
                    throw refuse("Operation " + index + " deletes and so takes no \"data\"");
                }
                yield new Mutation.Delete(object.name(), BatchParser.idOrNobody(id(entry, index)), null);
            }
            default -> throw refuse("The \"action\" of operation " + index + " is create, update or delete");
        };
    }

    private static String id(Map<?, ?> entry, int index) {
        if (entry.get("id") instanceof String id) {
            return id;
        }
        throw refuse("Operation " + index + " must name the \"id\" of a record");
    }

    private static Map<String, @Nullable Object> values(Map<?, ?> entry, int index) {
        if (!(entry.get("data") instanceof Map<?, ?> data)) {
            throw refuse("The \"data\" of operation " + index + " must be an object of field values");
        }
        var values = new LinkedHashMap<String, @Nullable Object>();
        data.forEach((name, value) -> values.put(String.valueOf(name), resolve(value, index)));
        return values;
    }

    private static @Nullable Object resolve(@Nullable Object value, int index) {
        if (value instanceof Map<?, ?> map && map.size() == 1 && map.containsKey("$ref")) {
            if (map.get("$ref") instanceof Integer earlier && earlier >= 0 && earlier < index) {
                return new Mutation.OperationRef(earlier);
            }
            throw refuse("\"$ref\" in operation " + index + " is the index of an earlier operation");
        }
        if (value instanceof List<?> list) {
            var resolved = new ArrayList<@Nullable Object>(list.size());
            list.forEach(element -> resolved.add(resolve(element, index)));
            return resolved;
        }
        return value;
    }

    private static PlatformException refuse(String message) {
        return new PlatformException(RuntimeError.INVALID_REQUEST, message);
    }
}
