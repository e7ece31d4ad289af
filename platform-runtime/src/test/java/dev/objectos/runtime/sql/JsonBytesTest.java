package dev.objectos.runtime.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Text of PostgreSQL as JSON. */
class JsonBytesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void escapesWhatAStringMayNotHold() {
        assertThat(string("a\"b\\c\b\f\n\r\t\u0001\u001f é 😀 /\u007f"))
                .isEqualTo("\"a\\\"b\\\\c\\b\\f\\n\\r\\t\\u0001\\u001f é 😀 /\u007f\"");
        assertThat(string("")).isEqualTo("\"\"");
    }

    @Property(tries = 300)
    void everyTextIsReadBackAsItWas(@ForAll @NotEmpty String text) {
        // Lone surrogates have no UTF-8 form, and so never come from PostgreSQL.
        String stored = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        assertThat(JSON.readTree(string(stored)).stringValue()).isEqualTo(stored);
    }

    @ParameterizedTest
    @CsvSource({"NUMBER,12.50,12.50", "NUMBER,-3,-3", "NUMBER,NaN,\"NaN\"", "NUMBER,-Infinity,\"-Infinity\"",
            "JSON,true,true", "STRING,2026-01-31,\"2026-01-31\"",
            "INSTANT,2026-01-31 14:30:00+00,\"2026-01-31T14:30:00Z\"",
            "INSTANT,infinity,\"infinity\"", "INSTANT,12026-01-31 14:30:00.000001+00,\"12026-01-31T14:30:00.000001Z\""})
    void writesEachFormOfValue(ValueForm form, String text, String expected) {
        var json = new JsonBytes(1);

        form.write(text.getBytes(StandardCharsets.UTF_8), json);

        assertThat(json.toArray()).asString(StandardCharsets.UTF_8).isEqualTo(expected);
    }

    private static String string(String text) {
        return new String(new JsonBytes(0).string(text.getBytes(StandardCharsets.UTF_8)).toArray(),
                StandardCharsets.UTF_8);
    }
}
