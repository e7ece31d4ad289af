package dev.objectos.server.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.JsonDocument;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as JSON here, and how exactly its values arrive. */
final class JsonReaderTests {

    @Test
    void keepsEveryDigit() {
        assertThat(read("[1,2147483648,123456789012345678901234567890,1.10,1e2,-0.00]")).isEqualTo(List.of(1,
                2147483648L,
                new BigInteger("123456789012345678901234567890"), new BigDecimal("1.10"), new BigDecimal("1E+2"),
                new BigDecimal("0.00")));
    }

    @Test
    void keepsOrderAndNull() {
        assertThat(read("{\"b\":null,\"a\":[true,false,\"\\ud83d\\ude00 x\"]}").toString())
                .isEqualTo("{b=null, a=[true, false, 😀 x]}");
        assertThat(read("\uFEFF{}")).isEqualTo(Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[1", "\"a", "tru", "NaN", "[NaN]", "Infinity", "-", "+1", "01", "1.", ".5",
            "'a'", "{a:1}",
            "[1,]", "{\"a\":1,}", "// x\n1", "1 2", "{}{}", "{\"a\":1,\"a\":1}", "\"\\ud800\"", "\"\\udc00x\"",
            "{\"\\ud800\":1}",
            "\"\t\"", "\"\\x\"", "1e99999999999", "1e20000", "\u0000"})
    void refuses(String json) {
        assertThatExceptionOfType(PlatformException.class).isThrownBy(() -> read(json))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(RuntimeError.INVALID_REQUEST))
                .withMessageNotContainingAny("tools.jackson", "Exception", "Source");
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        for (byte[] bytes : List.of(new byte[]{'"', (byte) 0xFF, '"'},
                new byte[]{'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'},
                new byte[]{'"', (byte) 0xC0, (byte) 0x80, '"'}, "\"a\"".getBytes(StandardCharsets.UTF_16))) {
            assertThatExceptionOfType(PlatformException.class).as(Arrays.toString(bytes))
                    .isThrownBy(() -> JsonReader.read(bytes));
        }
    }

    @Test
    void boundsNestingAndNumbers() {
        assertThat(read("[".repeat(100) + "]".repeat(100))).isInstanceOf(List.class);
        for (String json : List.of("[".repeat(101) + "]".repeat(101), "9".repeat(1_001), "{\"a\":".repeat(100_000))) {
            assertThatExceptionOfType(PlatformException.class).isThrownBy(() -> read(json))
                    .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(RuntimeError.PAYLOAD_TOO_LARGE));
        }
    }

    @Test
    void putsAnswersTogether() {
        JsonAnswer answer = new JsonAnswer(1).beginObject().text("a", "\"ö\n\u0001").name("n").number(-5).name("d")
                .document(JsonDocument.of("{\"x\" : 1.10}")).name("l").beginArray().text("1").beginObject().endObject()
                .bool(true)
                .endArray().treeIfAny("t", Map.of("k", List.of(1))).treeIfAny("none", null).endObject();
        assertThat(new String(answer.bytes(), StandardCharsets.UTF_8)).isEqualTo(
                "{\"a\":\"\\\"ö\\n\\u0001\",\"n\":-5,\"d\":{\"x\" : 1.10},\"l\":[\"1\",{},true],\"t\":{\"k\":[1]}}");
    }

    private static Object read(String json) {
        return Objects.requireNonNull(JsonReader.read(json.getBytes(StandardCharsets.UTF_8)));
    }
}
