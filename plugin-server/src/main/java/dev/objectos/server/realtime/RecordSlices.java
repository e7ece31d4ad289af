package dev.objectos.server.realtime;

import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.query.JsonDocument;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** Cuts the answer to a query into its records, byte for byte as they stand there. */
final class RecordSlices {

    private static final JsonFactory JSON = new JsonFactory();

    private RecordSlices() {}

    /** By id; each record has one. */
    static Map<UUID, JsonDocument> of(JsonDocument answer) {
        var records = new HashMap<UUID, JsonDocument>();
        byte[] utf8 = answer.utf8();
        try (JsonParser parser = JSON.createParser(utf8)) {
            seek(parser);
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                int start = (int) parser.currentTokenLocation().getByteOffset();
                UUID id = id(parser);
                int end = (int) parser.currentLocation().getByteOffset();
                records.put(id, new JsonDocument(Arrays.copyOfRange(utf8, start, end)));
            }
        }
        return records;
    }

    private static void seek(JsonParser parser) {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean found = parser.currentName().equals("records");
            parser.nextToken();
            if (found) {
                return;
            }
            parser.skipChildren();
        }
        throw new IllegalStateException("the answer to a query has no records");
    }

    private static UUID id(JsonParser parser) {
        UUID id = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean found = parser.currentName().equals(SystemFields.ID);
            parser.nextToken();
            if (found) {
                id = UUID.fromString(parser.getString());
            } else {
                parser.skipChildren();
            }
        }
        if (id == null) {
            throw new IllegalStateException("a record was asked for without its id");
        }
        return id;
    }
}
