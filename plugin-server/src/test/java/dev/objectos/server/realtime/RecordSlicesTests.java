package dev.objectos.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.query.JsonDocument;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The records of an answer, byte for byte. */
class RecordSlicesTests {

    @Test
    void cutsRecordsOutAsTheyStandThere() {
        String first = "{\"id\":\"" + new UUID(0, 1) + "\",\"name\":\"Zoë {\\\"}\",\"amount\":1.10}";
        String second = "{\"account\":{\"id\":\"" + new UUID(0, 9) + "\",\"tags\":[]},\"id\" : \"" + new UUID(0, 2)
                + "\"}";
        Map<UUID, JsonDocument> records = RecordSlices.of(JsonDocument.of(
                "{\"object\":\"deals\",\"records\":[" + first + ", " + second + "],\"hasMore\":false}"));

        assertThat(records).hasSize(2);
        assertThat(records.get(new UUID(0, 1))).hasToString(first);
        assertThat(records.get(new UUID(0, 2))).hasToString(second);
    }

    @Test
    void findsNoneInAnEmptyAnswer() {
        assertThat(RecordSlices.of(JsonDocument.of("{\"records\":[],\"object\":\"deals\"}"))).isEmpty();
    }
}
