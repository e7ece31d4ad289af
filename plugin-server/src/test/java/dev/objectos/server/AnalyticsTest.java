package dev.objectos.server;

import static dev.objectos.server.TestingDeals.CLERK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.server.TestingHttp.Answer;
import dev.objectos.server.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured over which records, in which order, and how it is described. */
@ExtendWith(SharedRealServer.class)
final class AnalyticsTest {

    @SuppressWarnings("NullAway.Init")
    private static TestingDeals deals;

    @BeforeAll
    static void start(TestingHttp shared) {
        deals = TestingDeals.usual(shared);
    }

    @Test
    void computesEveryMeasure() {
        assertThat(deals.rows("""
                'dimensions': ['stage'], 'measures': ['count', 'amount_count', 'amount_sum', 'amount_avg', 'amount_min',
                'amount_max', 'region_count_distinct']""")).isEqualTo(
                "[{stage=open, count=2, amount_count=1, amount_sum=5.00, amount_avg=5, amount_min=5.00, "
                        + "amount_max=5.00, region_count_distinct=1}, {stage=won, count=2, amount_count=2, "
                        + "amount_sum=30.75, amount_avg=15.375, amount_min=10.50, amount_max=20.25, "
                        + "region_count_distinct=1}]");
        assertThat(deals.rows("""
                'measures': ['close_date_min', 'met_at_max', 'title_max', 'half_sum', 'due_max',
                'account_count_distinct']""")).isEqualTo("[{close_date_min=2026-01-31, "
                + "met_at_max=2026-12-31T23:59:59Z, title_max=D, half_sum=17.875, due_max=2026-03-29, "
                + "account_count_distinct=1}]");
    }

    @Test
    void callsMembersAsTheyAreWritten() {
        assertThat(deals.rows("""
                'dimensions': ['deals.stage', 'deals.account.industry'],
                'measures': ['deals.count', 'sum_amount', 'deals.amount.avg', 'account.industry_count_distinct'],
                'order': {'stage': 'desc'}""")).isEqualTo("[{deals.stage=won, deals.account.industry=tech, "
                + "deals.count=2, sum_amount=30.75, deals.amount.avg=15.375, account.industry_count_distinct=1}, "
                + "{deals.stage=open, deals.account.industry=null, deals.count=2, sum_amount=5.00, deals.amount.avg=5, "
                + "account.industry_count_distinct=0}]");
    }

    @Test
    void groupsAsQueriesDo() {
        Answer query = deals.data("""
                {'where': {'batch': 'BATCH'}, 'groupBy': ['won', 'account.industry'],
                 'aggregations': [{'function': 'count', 'alias': 'count'},
                                  {'function': 'sum', 'field': 'amount', 'alias': 'amount_sum'}]}""");
        assertThat(deals.rows("'dimensions': ['won', 'account.industry'], 'measures': ['count', 'amount_sum']"))
                .isEqualTo(String.valueOf(query.json().get("records"))).contains("won=null", "won=false", "won=true");
    }

    @Test
    void describesColumnsInTheLanguageOfWhoAsks() {
        assertThat(deals.answer("""
                'dimensions': ['stage', 'won', 'account.name'], 'measures': ['count', 'amount_sum', 'met_at_max'],
                'timeDimensions': [{'dimension': 'close_date', 'granularity': 'year'}]""").get("fields")).hasToString(
                "[{name=close_date, type=time, label=Closed}, {name=stage, type=string, label=Stage}, "
                        + "{name=won, type=boolean, label=Won}, {name=account.name, type=string, label=Name}, "
                        + "{name=count, type=number}, {name=amount_sum, type=number, label=Amount}, "
                        + "{name=met_at_max, type=time, label=Met at}]");
        assertThat(deals.http().post("/api/analytics/query",
                "{\"cube\": \"staff\", \"dimensions\": [\"status\", \"account.id\"], \"measures\": [\"salary_sum\"]}",
                "Accept-Language", "de").json().get("fields").toString()).contains("label=Stand", "label=Gehalt");
    }

    @Test
    void totalsMeasureEverythingUndivided() {
        Map<String, Object> answer = deals.answer("""
                'dimensions': ['title'], 'measures': ['count', 'amount_sum'], 'totals': true, 'limit': 1, 'offset': 1,
                'having': {'amount_sum': {'$gt': 1}}""");
        assertThat(answer.get("rows")).hasToString("[{title=B, count=1, amount_sum=20.25}]");
        assertThat(answer.get("totals")).hasToString("[{dimensions=[], rows=[{count=4, amount_sum=35.75}]}]");
        assertThat(deals.answer("'measures': ['count'], 'totals': false")).doesNotContainKey("totals");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'amount_sum': 'desc'}", "{'deals.amount_sum': 'DESC'}", "'-amount_sum'",
            "'deals.amount_sum desc'", "['-deals.amount_sum']", "[['amount_sum', 'desc']]",
            "[['deals.amount_sum', 'desc']]", "[{'field': 'deals.amount_sum', 'order': 'desc'}]",
            "{'field': 'amount_sum', 'order': 'desc'}"})
    void sortsByMembersInEveryForm(String order) {
        for (String asked : List.of("amount_sum", "deals.amount_sum")) {
            assertThat(deals.rows("'dimensions': ['title'], 'measures': ['" + asked + "'], 'limit': 2, 'having': {'"
                    + asked + "': {'$notNull': true}}, 'order': " + order)).isEqualTo(
                            "[{title=B, " + asked + "=20.25}, {title=A, " + asked + "=10.50}]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'amount_sum': {'$gt': 6}}", "{'deals.amount_sum': {'$gt': 6}}", "['amount_sum', '>', 6]",
            "[['deals.amount_sum', '>', 6], 'and', ['stage', '=', 'won']]",
            "{'$or': [{'deals.amount_sum': {'$gt': 6}}, {'deals.stage': 'lost'}]}",
            "{'not': {'amount_sum': {'$lte': 6}}}",
            "{'amount_sum': {'$gt': {'$field': 'deals.count'}}, 'stage': 'won'}"})
    void filtersGroupsInEveryForm(String having) {
        for (String asked : List.of("'count', 'amount_sum'", "'deals.count', 'deals.amount_sum'")) {
            assertThat(deals.rows("'dimensions': ['stage'], 'measures': [" + asked + "], 'having': " + having))
                    .startsWith("[{stage=won, ").doesNotContain("open");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'deals.stage': 'won'} | 2
            ['deals.stage', '=', 'won'] | 2
            [['deals.stage', '=', 'won'], 'or', {'deals.title': 'D'}] | 3
            {'$not': {'deals.stage': 'won'}} | 2
            {'$or': [{'deals.title': {'$in': ['A', 'deals.B']}}, ['title', 'in', ['deals.C', 'B']]]} | 2
            {'deals.close_date': {'$lte': {'$field': 'deals.due'}}} | 3
            ['and', ['deals.won', '=', true]] | 2
            {'deals.account.industry': 'tech'} | 2
            {} | 4
            {'close_date': {'$lt': '{today}'}, 'stage': 'won'} | 2
            """)
    void filtersRecordsInEveryForm(String where, int count) {
        assertThat(deals.rows("'measures': ['count'], 'where': {'$and': [{'batch': 'BATCH'}, " + where + "]}"))
                .isEqualTo("[{count=" + count + "}]");
    }

    @Test
    void anEmptyListOfConditionsIsNone() {
        assertThat(deals.ask("'measures': ['count'], 'where': []").status()).isEqualTo(200);
    }

    @Test
    void pagesGroups() {
        String question = "'dimensions': ['title'], 'measures': ['count'], 'limit': 3";
        assertThat(deals.answer(question)).containsEntry("hasMore", true).doesNotContainKey("total");
        assertThat(deals.answer(question + ", 'count': true")).containsEntry("hasMore", true).containsEntry("total", 4);
        assertThat(deals.answer(question + ", 'offset': 3")).containsEntry("hasMore", false).containsEntry("total", 4)
                .extracting("rows").hasToString("[{title=D, count=1}]");
        assertThat(deals.rows(question + ", 'offset': 4")).isEqualTo("[]");
    }

    @Test
    void saysThatThereIsNothing() {
        String nothing = ", 'totals': true, 'where': {'batch': 'none of them'}";
        Map<String, Object> grouped = deals
                .answer("'dimensions': ['stage'], 'measures': ['count', 'amount_sum']" + nothing);
        assertThat(grouped).containsEntry("rows", List.of()).containsEntry("hasMore", false);
        assertThat(grouped.get("totals")).hasToString("[{dimensions=[], rows=[{count=0, amount_sum=null}]}]");
        assertThat(deals.rows("'measures': ['count', 'amount_avg']" + nothing))
                .isEqualTo("[{count=0, amount_avg=null}]");
    }

    @Test
    void countsWhatWhoAsksMaySee() {
        assertThat(deals.rows("'dimensions': ['region'], 'measures': ['count', 'amount_sum']", CLERK))
                .isEqualTo("[{region=north, count=2, amount_sum=30.75}]");
        assertThat(deals.answer("'measures': ['count'], 'dimensions': ['stage'], 'totals': true", CLERK).get("totals"))
                .hasToString("[{dimensions=[], rows=[{count=2}]}]");
        assertThat(deals.titles("'measures': ['count'], 'dimensions': ['won'], 'drill': {}", CLERK))
                .containsExactlyInAnyOrder("A", "B");
        assertThat(
                deals.http().post("/api/analytics/query", "{\"cube\": \"accounts\", \"measures\": [\"count\"]}", CLERK)
                        .json())
                .containsEntry("code", "PERMISSION_DENIED");
    }

    /** Lookups to records that may not be seen lead nowhere, in queries as well. */
    @Test
    void seesNothingBehindLookupsToWhatMayNotBeRead() {
        String question = "'measures': ['count'], 'dimensions': ['account.size']";
        Map<String, Object> answer = deals.answer(question, CLERK);
        assertThat(answer.get("rows")).hasToString("[{account.size=null, count=2}]");
        assertThat(answer.get("fields")).hasToString(
                "[{name=account.size, type=number}, {name=count, type=number}]");
        assertThat(deals.titles(question + ", 'drill': {'account.size': null}", CLERK)).hasSize(2);
        assertThat(deals.refusal("'measures': ['count'], 'timeDimensions': [{'dimension': 'account.size', "
                + "'dateRange': 'today'}]", CLERK)).startsWith("INVALID_QUERY \"account.size\" is no date");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer test", "Bearer clerk"})
    void answersForAllThatItDescribes(String who) {
        for (Map<?, ?> cube : cubes("", who)) {
            for (Object measure : (List<?>) cube.get("measures")) {
                assertAnswered(cube, "[" + quoted(measure) + "]", "[]", who);
            }
            for (Object dimension : (List<?>) cube.get("dimensions")) {
                assertAnswered(cube, "[\"count\"]", "[" + quoted(dimension) + "]", who);
            }
        }
    }

    private static void assertAnswered(Map<?, ?> cube, String measures, String dimensions, String who) {
        Answer answer = deals.http().post("/api/analytics/query",
                "{\"cube\": \"" + cube.get("name") + "\", \"measures\": "
                        + measures + ", \"dimensions\": " + dimensions + "}",
                "Authorization", who);
        assertThat(answer.status()).as(measures + dimensions + answer.body()).isEqualTo(200);
    }

    private static String quoted(Object member) {
        return "\"" + ((Map<?, ?>) member).get("name") + "\"";
    }

    @Test
    void describesWhatMayBeUsed() {
        assertThat(cubes("?cube=deals", "Bearer test").toString()).contains("deals.margin_sum", "deals.secret,",
                "deals.half_avg", "deals.due_max", "deals.won").doesNotContain("deals.tags", "deals.extra");
        assertThat(cubes("?cube=deals", "Bearer clerk").toString()).contains("deals.amount_sum")
                .doesNotContain("margin", "secret");
        assertThat(cubes("?cube=staff", "Bearer clerk").toString()).contains("staff.grade")
                .doesNotContain("staff.email");
        for (String unseen : List.of("accounts", "nothing")) {
            assertThat(deals.http().get("/api/analytics/meta?cube=" + unseen, CLERK).json()).containsEntry("code",
                    "OBJECT_NOT_FOUND");
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<?, ?>> cubes(String query, String who) {
        Answer answer = deals.http().get("/api/analytics/meta" + query, "Authorization", who);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return (List<Map<?, ?>>) JsonReader.read(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
