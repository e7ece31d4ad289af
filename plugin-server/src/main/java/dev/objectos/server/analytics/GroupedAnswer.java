package dev.objectos.server.analytics;

import dev.objectos.runtime.query.JsonDocument;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/**
 * The parts of the answer to a grouped query.
 *
 * @param rows the groups as they stand there, a JSON list
 * @param total how many groups there are; null: it was not said
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record GroupedAnswer(byte[] rows, @Nullable Long total, boolean more) {

    private static final JsonFactory JSON = new JsonFactory();

    static GroupedAnswer of(JsonDocument answer) {
        byte[] rows = {'[', ']'};
        Long total = null;
        boolean more = false;
        try (JsonParser parser = JSON.createParser(answer.utf8())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "records" -> {
                        int start = (int) parser.currentTokenLocation().getByteOffset();
                        parser.skipChildren();
                        rows = Arrays.copyOfRange(answer.utf8(), start,
                                (int) parser.currentLocation().getByteOffset());
                    }
                    case "total" -> total = parser.getLongValue();
                    case "hasMore" -> more = parser.getBooleanValue();
                    default -> parser.skipChildren();
                }
            }
        }
        return new GroupedAnswer(rows, total, more);
    }
}
