package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.query.TestingQuery.compare;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.plan.ReadPlanner;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.spi.SessionValue;
import dev.objectos.runtime.spi.WatchedRecords.Earlier;
import dev.objectos.runtime.sql.QueryExecutor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What queries would have found before records changed, and who may be told the same. */
class WatchedPipelineTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private static TestingRecords records;
    private static UUID region;
    private static UUID now;

    @BeforeAll
    static void open() {
        records = TestingRecords.of("watched_records", """
                name: regions
                fields: {code: {type: text}}
                """, """
                name: deals
                fields:
                  title: {type: text}
                  amount: {type: currency, precision: 18, scale: 2}
                  stage: {type: select, options: [open, won, lost]}
                  tags: {type: tags}
                  due: {type: date}
                  region: {type: lookup, reference_to: regions}
                  double_amount: {type: formula, expression: "record.amount * 2", return_type: currency}
                """);
        region = records.insert("regions", Map.of("code", "EU"));
        now = records.insert("deals", Map.of("title", "Now", "amount", 5, "stage", "lost", "region", region, "tags",
                List.of("a")));
    }

    @AfterAll
    static void close() {
        records.close();
    }

    @Test
    void findsWhatMatchedBefore() {
        assertThat(before("stage", "open", "{\"stage\": \"open\"}")).containsExactly(now);
        assertThat(before("stage", "open", "{\"title\": \"Then\"}")).isEmpty();
        assertThat(before("title", "Now", "{\"stage\": \"open\"}")).as("what has not changed").containsExactly(now);
        assertThat(before("amount", 12.5, "{\"amount\": 12.50}")).containsExactly(now);
        assertThat(before("double_amount", 25, "{\"amount\": 12.50}")).as("a formula").containsExactly(now);
        assertThat(before("region.code", "EU", "{\"stage\": \"open\"}")).as("behind a lookup").containsExactly(now);
        assertThat(before("region.code", "EU", "{\"region\": null}")).isEmpty();
        assertThat(before("due", "2026-05-01", "{\"due\": \"2026-05-01\"}")).containsExactly(now);
        assertThat(before("tags", "b", "{\"tags\": [\"b\", \"c\"]}", Operator.CONTAINS)).containsExactly(now);
    }

    @Test
    void knowsOfARemovedRecordOnlyWhatItIsTold() {
        UUID gone = new UUID(1, 1);
        assertThat(watched().before(query(compare("stage", Operator.EQ, "open")),
                List.of(new Earlier(gone, values("{\"stage\": \"open\"}"), true)), TestingRecords.SESSION))
                .containsExactly(gone);
        assertThat(watched().before(query(compare("title", Operator.EQ, "Now")),
                List.of(new Earlier(now, values("{\"stage\": \"open\"}"), true)), TestingRecords.SESSION)).isEmpty();
    }

    @Test
    void narrowsWhatWasThereByTheRightsOfNow() {
        QueryRewriter mine = new HidingRewriter().rows("deals",
                new RowFilter.Where(compare("stage", Operator.EQ, "won")));
        Query everything = query(Predicate.ALWAYS);

        assertThat(watched(mine).before(everything, List.of(earlier("{\"stage\": \"won\"}")), TestingRecords.SESSION))
                .containsExactly(now);
        assertThat(watched(mine).before(everything, List.of(earlier("{\"stage\": \"open\"}")), TestingRecords.SESSION))
                .isEmpty();
    }

    @Test
    void tellsApartWhomAnAnswerDependsOn() {
        Session ada = session(new UUID(5, 1));
        Session bob = session(new UUID(5, 2));
        Query query = query(compare("stage", Operator.EQ, "open"));
        assertThat(watched().sight(query, ada)).isEqualTo(watched().sight(query, bob));

        QueryRewriter own = new HidingRewriter().rows("deals", new RowFilter.Listed("platform", "shared",
                Map.of("grantee", (SessionValue) session -> List.of(String.valueOf(session.userId())))));
        assertThat(watched(own).sight(query, ada)).isNotEqualTo(watched(own).sight(query, bob))
                .isEqualTo(watched(own).sight(query, session(new UUID(5, 1))));
    }

    @Test
    void tellsTheVersionsOfStoredRecords() {
        assertThat(watched().versions("deals", List.of(now, new UUID(1, 1)), TestingRecords.SESSION))
                .isEqualTo(Map.of(now, 1L));
    }

    private static Set<UUID> before(String field, Object value, String values) {
        return before(field, value, values, Operator.EQ);
    }

    private static Set<UUID> before(String field, Object value, String values, Operator operator) {
        return watched().before(query(compare(field, operator, value)), List.of(earlier(values)),
                TestingRecords.SESSION);
    }

    private static Earlier earlier(String values) {
        return new Earlier(now, values(values), false);
    }

    private static Map<String, JsonNode> values(String json) {
        return Map.copyOf(JSON.readTree(json).propertyStream()
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static Session session(UUID user) {
        return new Session(TestingRecords.TENANT, new UserIdentity(user, "x@example.com", "X", null), Set.of(), false,
                Locale.ENGLISH, ZoneOffset.UTC, Origin.REST);
    }

    private static Query query(Predicate where) {
        return new Query("deals", List.of(FieldPath.of("id")), where, List.of(), Page.first(100), List.of(), List.of(),
                List.of(), Predicate.ALWAYS, null, false);
    }

    private static WatchedPipeline watched(QueryRewriter... rewriters) {
        var catalogs = new Catalogs();
        catalogs.publish(records.catalog());
        return new WatchedPipeline(catalogs, new ReadPlanner(List.of(rewriters)), records.pipeline(rewriters),
                new QueryExecutor(records.databases().app(), new SimpleMeterRegistry()),
                Clock.fixed(TestingRecords.NOW, ZoneOffset.UTC));
    }
}
