package dev.objectos.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.objectos.server.json.JsonAnswer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas as descriptions write them. */
final class NotationTests {

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            string                    ~ {"type":"string"}
            instant                   ~ {"type":"string","format":"date-time"}
            object                    ~ {"type":"object","additionalProperties":true}
            any                       ~ {}
            any?                      ~ {}
            uuid?                     ~ {"type":["string","null"],"format":"uuid"}
            on|off                    ~ {"type":"string","enum":["on","off"]}
            on|off?                   ~ {"anyOf":[{"type":"string","enum":["on","off"]},{"type":"null"}]}
            ON|OFF                    ~ {"type":"string","enum":["ON","OFF"]}
            Member                    ~ {"$ref":"#/components/schemas/Member"}
            #accounts                 ~ {"$ref":"#/components/schemas/accounts"}
            Member?                   ~ {"anyOf":[{"$ref":"#/components/schemas/Member"},{"type":"null"}]}
            list of Member            ~ {"type":"array","items":{"$ref":"#/components/schemas/Member"}}
            list of map of string     ~ {"type":"array","items":{"type":"object","additionalProperties":{"type":"string"}}}
            map of list of uuid       ~ {"type":"object","additionalProperties":{"type":"array","items":{"type":"string","format":"uuid"}}}
            list of string?           ~ {"type":["array","null"],"items":{"type":"string"}}
            list of uuid 1..100       ~ {"type":"array","items":{"type":"string","format":"uuid"},"minItems":1,"maxItems":100}
            string 3..                ~ {"type":"string","minLength":3}
            integer 1..9 = 5 -- e.g. 6 ~ {"type":"integer","minimum":1,"maximum":9,"default":5,"description":"e.g. 6"}
            boolean = true            ~ {"type":"boolean","default":true}
            string = * -- all = *     ~ {"type":"string","default":"*","description":"all = *"}
            """)
    void readsTypes(String written, String schema) {
        assertThat(json(Notation.schema(written))).isEqualTo(schema);
    }

    @Test
    void readsObjectsAndWhatCombinesThem() {
        var written = new LinkedHashMap<String, Object>();
        written.put("name", "string");
        written.put("note?", "string?");
        written.put("most?", "integer = 5 -- at most");
        assertThat(json(Notation.schema(written))).isEqualTo(
                "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},\"note\":{\"type\":[\"string\",\"null\"]},"
                        + "\"most\":{\"type\":\"integer\",\"description\":\"at most; 5 where absent\"}},"
                        + "\"required\":[\"name\"]}");
        assertThat(json(Notation.schema(Map.of("$all", List.of("Job", Map.of("ok", "boolean")))))).isEqualTo(
                "{\"allOf\":[{\"$ref\":\"#/components/schemas/Job\"},{\"type\":\"object\",\"properties\":{\"ok\":"
                        + "{\"type\":\"boolean\"}},\"required\":[\"ok\"]}]}");
        assertThat(json(Notation.schema(Map.of("$is", Map.of("type", "null"))))).isEqualTo("{\"type\":\"null\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "", "list of", "string integer", "integer a..b", "Member -- "})
    void refusesWhatIsNoType(String written) {
        assertThatIllegalArgumentException().isThrownBy(() -> Notation.schema(written));
    }

    private static String json(Map<String, Object> schema) {
        return new String(JsonAnswer.tree(schema), StandardCharsets.UTF_8);
    }
}
