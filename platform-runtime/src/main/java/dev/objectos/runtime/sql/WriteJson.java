package dev.objectos.runtime.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON on its way into and out of {@code jsonb} columns and {@code json_to_recordset}; numbers keep all their digits. */
public final class WriteJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
            .build();

    private WriteJson() {}

    /** The JSON text of a field's Java form. */
    public static String text(@Nullable Object value) {
        return MAPPER.writeValueAsString(plain(value));
    }

    /** What the text means: Map, List, String, Boolean, Integer, Long, BigInteger, BigDecimal or null. */
    public static @Nullable Object parse(String text) {
        return MAPPER.readValue(text, Object.class);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case UUID id -> id.toString();
            case Instant moment -> moment.toString();
            case LocalDate day -> day.toString();
            case LocalTime time -> time.toString();
            case BigDecimal number -> number;
            case List<?> elements -> {
                var list = new ArrayList<@Nullable Object>(elements.size());
                for (Object element : elements) {
                    list.add(plain(element));
                }
                yield list;
            }
            case Map<?, ?> members -> {
                var map = new java.util.LinkedHashMap<Object, @Nullable Object>();
                members.forEach((name, member) -> map.put(name, plain(member)));
                yield map;
            }
            case null, default -> value;
        };
    }
}
