package dev.objectos.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RunsBesideOthers;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.TestingQuery;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Walks through random rows with many equal keys and nulls: the pages together are the list, in its order. */
@RunsBesideOthers
class QueryPagingTests {

    private static final int ROWS = 57;

    private static TestingRecords records;

    @BeforeAll
    static void open() {
        records = SalesObjects.publish("query_paging");
        var random = new Random(20260513);
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < ROWS; i++) {
            var values = new HashMap<String, Object>();
            if (random.nextInt(4) > 0) {
                values.put("name", "Name " + (char) ('a' + random.nextInt(3)) + (random.nextBoolean() ? "" : "'\"\\ü"));
            }
            if (random.nextInt(4) > 0) {
                values.put("revenue", new BigDecimal(random.nextInt(4)).movePointLeft(1));
            }
            if (random.nextInt(4) > 0) {
                values.put("active", random.nextBoolean());
            }
            if (random.nextInt(4) > 0) {
                values.put("founded", LocalDate.of(2026, 1, 1 + random.nextInt(3)));
            }
            if (random.nextInt(4) > 0) {
                values.put("seen_at", Instant.parse("2026-01-01T00:00:00Z").plusNanos(1000L * random.nextInt(3)));
            }
            if (!ids.isEmpty() && random.nextInt(4) > 0) {
                values.put("parent", ids.get(random.nextInt(ids.size())));
            }
            values.put("created_at", Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(5)));
            ids.add(records.insert("accounts", values));
        }
    }

    @AfterAll
    static void close() {
        records.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "id", "-id", "name", "-name", "revenue,-name", "-revenue,name", "active,-founded",
            "-seen_at", "seen_at,active", "parent", "-parent.name", "parent.parent.revenue,-name", "created_at",
            "-created_at", "created_at,-updated_at", "-created_at,-id", "name,id,revenue"})
    void walksTheWholeListByCursor(String order) {
        String[] keys = order.isEmpty() ? new String[0] : order.split(",");
        List<String> whole = ids(records.query(TestingQuery.of("accounts").sort(keys).limit(1000).build()));
        assertThat(whole).hasSize(ROWS).doesNotHaveDuplicates();

        for (int limit : new int[]{1, 7, 19, 57, 58}) {
            var walked = new ArrayList<String>();
            String cursor = null;
            int pages = 0;
            do {
                JsonNode page = records
                        .query(TestingQuery.of("accounts").sort(keys).limit(limit).cursor(cursor).build());
                walked.addAll(ids(page));
                cursor = page.get("hasMore").booleanValue() ? page.get("nextCursor").stringValue() : null;
                assertThat(page.has("nextCursor")).isEqualTo(cursor != null);
                assertThat(++pages).isLessThanOrEqualTo(ROWS);
            } while (cursor != null);
            assertThat(walked).as("pages of %d", limit).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "-name", "revenue", "-revenue", "active", "-founded", "seen_at"})
    void putsNullsLastAscendingAndFirstDescending(String key) {
        String field = key.replace("-", "");
        List<JsonNode> found = records.query(TestingQuery.of("accounts").sort(key).limit(1000).build()).get("records")
                .valueStream().toList();
        List<Boolean> nulls = found.stream().map(record -> record.get(field).isNull()).toList();

        assertThat(nulls).contains(true, false);
        assertThat(nulls).isSortedAccordingTo(
                key.startsWith("-") ? java.util.Comparator.reverseOrder() : java.util.Comparator.naturalOrder());
    }

    @Test
    void walksTheWholeListByOffset() {
        List<String> whole = ids(records.query(TestingQuery.of("accounts").sort("-name").limit(1000).build()));
        var walked = new ArrayList<String>();
        for (int offset = 0; offset < ROWS; offset += 10) {
            JsonNode page = records.query(TestingQuery.of("accounts").sort("-name").limit(10).offset(offset).build());
            assertThat(page.get("total").intValue()).isEqualTo(ROWS);
            walked.addAll(ids(page));
        }

        assertThat(walked).isEqualTo(whole);
    }

    @Test
    void saysTheTotalWhenItIsKnownOrAskedFor() {
        assertThat(records.query(TestingQuery.of("accounts").limit(10).build()).has("total")).isFalse();
        assertThat(records.query(TestingQuery.of("accounts").limit(10).count().build()).get("total").intValue())
                .isEqualTo(ROWS);
        assertThat(records.query(TestingQuery.of("accounts").limit(ROWS).build()).get("total").intValue())
                .isEqualTo(ROWS);
        assertThat(records.query(TestingQuery.of("accounts").limit(10).offset(1_000).build()).get("total").intValue())
                .isEqualTo(ROWS);
        JsonNode first = records.query(TestingQuery.of("accounts").limit(50).build());
        String cursor = first.get("nextCursor").stringValue();
        assertThat(records.query(TestingQuery.of("accounts").limit(50).cursor(cursor).build()).has("total")).isFalse();
        assertThat(records.query(TestingQuery.of("accounts").limit(50).cursor(cursor).count().build()).get("total")
                .intValue()).isEqualTo(ROWS);
    }

    @Test
    void answersAnEmptyListWhole() {
        assertThat(records.query(TestingQuery.of("accounts").where("name", Operator.EQ, "nobody").build()))
                .hasToString("{\"object\":\"accounts\",\"records\":[],\"total\":0,\"hasMore\":false}");
    }

    @Test
    void refusesACursorOfAnotherOrder() {
        String cursor = records.query(TestingQuery.of("accounts").sort("name").limit(5).build()).get("nextCursor")
                .stringValue();

        refusesCursor(TestingQuery.of("accounts").sort("-name").cursor(cursor));
        refusesCursor(TestingQuery.of("accounts").cursor(cursor));
        refusesCursor(TestingQuery.of("contacts").sort("last_name").cursor(cursor));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "?", "bm90IGpzb24", "W10", "WyJhIl0", "WyJiYzAzMGNhZSIsICJ4Il0", "eyJhIjoxfQ",
            "W251bGwsIDFd"})
    void refusesACursorThatNoAnswerGave(String cursor) {
        refusesCursor(TestingQuery.of("accounts").cursor(cursor));
    }

    @Test
    void refusesAForgedPlaceInTheRightOrder() {
        String cursor = records.query(TestingQuery.of("accounts").limit(5).build()).get("nextCursor").stringValue();
        String json = new String(java.util.Base64.getUrlDecoder().decode(cursor),
                java.nio.charset.StandardCharsets.UTF_8);
        String forged = json.replaceAll("\"[0-9a-f-]{36}\"", "\"'; drop table x\"");
        assertThat(forged).isNotEqualTo(json);

        refusesCursor(TestingQuery.of("accounts").cursor(java.util.Base64.getUrlEncoder()
                .encodeToString(forged.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    }

    private static void refusesCursor(TestingQuery query) {
        assertThatThrownBy(() -> records.query(query.build())).isInstanceOfSatisfying(PlatformException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(RuntimeError.INVALID_QUERY));
    }

    private static List<String> ids(JsonNode answer) {
        return answer.get("records").valueStream().map(record -> record.get("id").stringValue()).toList();
    }
}
