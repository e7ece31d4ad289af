package dev.objectos.permissions.api;

import dev.objectos.permissions.definition.Operation;
import dev.objectos.permissions.explain.Question;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A question as JSON: <code>{"user"?, "object", "operation", "recordId"?, "fields"?}</code>.
 *
 * @param user whom it is about; null: whoever asks
 */
record QuestionBody(@Nullable String user, String object, String operation, @Nullable String record,
        List<String> fields) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> MEMBERS = Set.of("user", "object", "operation", "recordId", "fields");

    /** @throws PlatformException {@code INVALID_REQUEST} */
    static QuestionBody read(JsonNode json) {
        for (String name : json.propertyNames()) {
            if (!MEMBERS.contains(name)) {
                throw refused(
                        "\"" + name + "\" is not known; a question has user, object, operation, recordId, fields");
            }
        }
        String object = text(json, "object");
        String operation = text(json, "operation");
        if (object == null || operation == null) {
            throw refused(
                    "Say the object and the operation, such as {\"object\": \"contacts\", \"operation\": \"read\"}");
        }
        return new QuestionBody(text(json, "user"), object, operation, text(json, "recordId"),
                fields(json.path("fields")));
    }

    /** @throws PlatformException {@code INVALID_REQUEST} where it is no JSON object */
    static JsonNode object(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            if (json.isObject()) {
                return json;
            }
            throw refused("The body is a JSON object");
        } catch (JacksonException e) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "The body is not JSON", e);
        }
    }

    static @Nullable String text(JsonNode json, String member) {
        JsonNode value = json.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw refused("\"" + member + "\" is a text");
        }
        return value.asString();
    }

    private static List<String> fields(JsonNode written) {
        if (written.isMissingNode() || written.isNull()) {
            return List.of();
        }
        var fields = new ArrayList<String>();
        for (JsonNode field : written) {
            if (!field.isString()) {
                throw refused("\"fields\" is a list of names");
            }
            fields.add(field.asString());
        }
        if (!written.isArray()) {
            throw refused("\"fields\" is a list of names");
        }
        return fields;
    }

    /**
     * The question in a catalog.
     *
     * @param known what exists for whoever asks
     * @throws PlatformException {@code OBJECT_NOT_FOUND}, {@code RECORD_NOT_FOUND}, {@code INVALID_FIELD};
     *         {@code INVALID_REQUEST} for an operation that there is not
     */
    Question in(Catalog catalog, Known known) {
        ObjectDefinition definition = catalog.object(object)
                .orElseThrow(() -> new PlatformException(RuntimeError.OBJECT_NOT_FOUND, "There is no object " + object)
                        .about(object));
        Set<String> names = known.fields(definition);
        for (String field : fields) {
            if (!names.contains(field)) {
                throw new PlatformException(RuntimeError.INVALID_FIELD,
                        "Unknown field " + field + " of " + definition.name()).about(definition.name());
            }
        }
        UUID id = record == null
                ? null
                : FieldValues.id(record).orElseThrow(() -> new PlatformException(RuntimeError.RECORD_NOT_FOUND,
                        "There is no record with the id " + record).about(definition.name()));
        return Operation.named(operation).map(plain -> new Question(definition, plain, null, id, fields))
                .orElseGet(() -> deed(definition, id, known.deeds(definition)));
    }

    private Question deed(ObjectDefinition definition, @Nullable UUID id, Map<String, Operation> deeds) {
        Operation needed = deeds.get(operation);
        if (needed == null) {
            throw refused("The operation is create, read, update or delete" + (deeds.isEmpty()
                    ? ""
                    : ", or one of " + String.join(", ", deeds.keySet())));
        }
        return new Question(definition, needed, operation, id, fields);
    }

    /** What exists for somebody. */
    interface Known {

        Set<String> fields(ObjectDefinition object);

        /** Actions and transitions, each with the operation that it needs. */
        Map<String, Operation> deeds(ObjectDefinition object);
    }

    static PlatformException refused(String message) {
        return new PlatformException(RuntimeError.INVALID_REQUEST, message);
    }
}
