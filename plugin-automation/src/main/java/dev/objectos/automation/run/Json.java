package dev.objectos.automation.run;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON in the forms of {@code metadata.FieldValues}; numbers keep all their digits. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private Json() {}

    static String text(@Nullable Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static Map<String, @Nullable Object> map(String text) {
        return MAPPER.readValue(text, new TypeReference<Map<String, @Nullable Object>>() {});
    }
}
