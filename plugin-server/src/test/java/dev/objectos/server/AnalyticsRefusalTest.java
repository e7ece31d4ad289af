package dev.objectos.server;

import static dev.objectos.server.TestingDeals.CLERK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions that have no answer, and what is said of them. */
@ExtendWith(SharedRealServer.class)
final class AnalyticsRefusalTest {

    @SuppressWarnings("NullAway.Init")
    private static TestingDeals deals;

    @BeforeAll
    static void start(TestingHttp shared) {
        deals = TestingDeals.usual(shared);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'x': 1 | An analytics query has no "x"
            'segments': null | An analytics query has no "segments"
            'object': 'deals' | "object" means the same
            'measures': [] | "measures" names at least one, such as count
            'dimensions': ['stage'] | "measures" names
            'measures': 'count' | "measures" is a list, not "count"
            'measures': [7] | "measures" names what is computed, such as count or <field>_sum, by a text
            'measures': [null] | "measures" names what is computed
            'measures': [''] | "measures" names what is
            'measures': ['everything'] | There is no measure "everything"; write count, or a field with _sum
            'measures': ['_sum'] | There is no measure "_sum"
            'measures': ['count', 'deals.count'] | The measure "deals.count" is given twice
            'measures': ['stage_sum'] | sum cannot be computed over stage, which is a text
            'measures': ['close_date_avg'] | avg cannot be computed over close_date, which is a date
            'measures': ['won_max'] | max cannot be computed over won
            'measures': ['extra_count_distinct'] | count_distinct cannot be computed over extra
            'measures': ['count'], 'dimensions': 'stage' | "dimensions" is a list, not "stage"
            'measures': ['count'], 'dimensions': [['stage']] | "dimensions" names fields, by a text
            'measures': ['count'], 'dimensions': ['stage', 'deals.stage'] | The dimension "deals.stage" is given twice
            'measures': ['count'], 'dimensions': ['extra'] | extra
            'measures': ['count'], 'totals': 1 | "totals" is true or false, not the number 1
            'measures': ['count'], 'count': 'yes' | "count" is true or false, not "yes"
            'measures': ['count'], 'fields': ['title'] | "fields" is for the records behind a cell; name it with
            'measures': ['count'], 'cursor': 'x' | "cursor" is for the records behind a cell
            'measures': ['count'], 'filters': {} | "filters" means the same as another key
            'measures': ['count'], 'order': 'count', 'orderBy': 'count' | "orderBy" means the same as another key
            'measures': ['count'], 'timezone': 'Mars/Base' | "timezone" is the name of one, such as Europe/Berlin, not
            'measures': ['count'], 'timezone': 1 | "timezone" is the name of one, such as Europe/Berlin, not the number
            'measures': ['count'], 'timezone': '' | "timezone" is the name
            'measures': ['count'], 'limit': 0 | "limit"
            'measures': ['count'], 'limit': 1001 | "limit" is a whole number from 1 to 1000
            'measures': ['count'], 'limit': '5' | "limit" is a whole
            'measures': ['count'], 'limit': 1e300 | "limit"
            'measures': ['count'], 'offset': -1 | "offset" is a whole number from 0
            'measures': ['count'], 'offset': 99999999999999999999 | "offset" is a whole number from 0
            'measures': ['count'], 'dimensions': ['title'], 'offset': 2147483647 | The offset must be
            """)
    void refusesWhatCannotBeAsked(String question, String message) {
        assertThat(deals.refusal(question)).startsWith("INVALID_QUERY " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'close_date' | INVALID_QUERY A time dimension is {"dimension", "granularity", "dateRange"}, not "close_date"
            {'granularity': 'day'} | INVALID_QUERY The "dimension" of a time dimension is a date
            {'dimension': 7} | INVALID_QUERY The "dimension" of a time dimension is a date, by a text
            {'dimension': 'close_date'} | INVALID_QUERY The time dimension "close_date" says neither "granularity" nor
            {'dimension': 'close_date', 'granularity': null, 'dateRange': null} | INVALID_QUERY The time dimension
            {'dimension': 'close_date', 'granularity': 'day', 'x': 1} | INVALID_QUERY A time dimension has no "x"
            {'dimension': 'close_date', 'granularity': 'hour'} | INVALID_QUERY "granularity" is day, week, month
            {'dimension': 'close_date', 'granularity': ['day']} | INVALID_QUERY "granularity" is day
            {'dimension': 'stage', 'granularity': 'day'} | INVALID_QUERY stage is a text, which has no date granularity
            {'dimension': 'opens', 'granularity': 'day'} | INVALID_QUERY opens is
            {'dimension': 'stage', 'dateRange': 'today'} | INVALID_QUERY "stage" is no date, so it has no "dateRange"
            {'dimension': 'amount', 'dateRange': ['1', '2']} | INVALID_QUERY "amount" is no date
            {'dimension': 'opens', 'dateRange': ['10:00:00', '12:00:00']} | INVALID_QUERY "opens" is no date
            {'dimension': 'account.industry', 'dateRange': 'today'} | INVALID_QUERY "account.industry" is no date
            {'dimension': 'close_date', 'dateRange': 7} | INVALID_QUERY "dateRange" is a name such as last_7_days or
            {'dimension': 'close_date', 'dateRange': ['2026-01-01']} | INVALID_QUERY "dateRange" is a name
            {'dimension': 'close_date', 'dateRange': ['2026-01-01', 7]} | INVALID_QUERY "dateRange" is a name
            {'dimension': 'close_date', 'dateRange': 'Last 7 days'} | INVALID_QUERY "dateRange" is a name
            {'dimension': 'close_date', 'dateRange': ''} | INVALID_QUERY "dateRange" is a name
            {'dimension': 'close_date', 'dateRange': 'last_999999_days'} | INVALID_QUERY "dateRange" is a name
            {'dimension': 'close_date', 'dateRange': 'last_99999_days'} | INVALID_FILTER close_date is compared with
            {'dimension': 'close_date', 'dateRange': 'whenever'} | INVALID_FILTER close_date is compared with {whenever}
            {'dimension': 'close_date', 'dateRange': '{whenever}'} | INVALID_FILTER close_date is compared with
            {'dimension': 'close_date', 'dateRange': ['2026-02-30', 'today']} | INVALID_FILTER close_date must be a date
            """)
    void refusesWhatIsNoSpanOfTime(String dimension, String refusal) {
        assertThat(deals.refusal("'measures': ['count'], 'timeDimensions': [" + dimension + "]")).startsWith(refusal);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'order': {'stage': 'up'} | INVALID_SORT An order is "asc"
            'order': {'stage': null} | INVALID_SORT An order is
            'order': {'stage': 1} | INVALID_SORT An order is
            'order': 7 | INVALID_SORT
            'order': {'nothing': 'asc'} | INVALID_FIELD Unknown value of a group: nothing
            'order': {'amount_sum': 'asc'} | INVALID_FIELD Unknown value of a group: amount_sum
            'order': ['stage', 'deals.stage'] | INVALID_SORT The order names "stage" twice
            'having': 'x' | INVALID_FILTER A filter is an object or a list
            'having': 7 | INVALID_FILTER
            'having': {'nothing': 1} | INVALID_FIELD Unknown value of a group
            'having': {'count': 'x'} | INVALID_FILTER
            'having': {'count': {'$near': 1}} | INVALID_FILTER The condition on "count" has an unknown operator
            'having': {'count': 1, 'deals.count': 2} | INVALID_FILTER "count" is named twice
            'where': {'stage': 'won', 'deals.stage': 'open'} | INVALID_FILTER "stage" is named twice
            'where': 'x' | INVALID_FILTER A filter is an object
            'where': {'nothing': 1} | INVALID_FIELD Unknown field nothing
            'where': {'amount': 'much'} | INVALID_FILTER amount must be
            'where': {'$both': []} | INVALID_FILTER
            """)
    void refusesOrdersAndConditions(String part, String refusal) {
        assertThat(deals.refusal("'measures': ['count'], 'dimensions': ['stage'], " + part)).startsWith(refusal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'measures': ['FIELD_sum']", "'measures': ['max_FIELD']", "'measures': ['deals.FIELD.min']",
            "'measures': ['FIELD_count_distinct']", "'measures': ['count'], 'dimensions': ['FIELD']",
            "'measures': ['count'], 'timeDimensions': [{'dimension': 'FIELD', 'granularity': 'day'}]",
            "'measures': ['count'], 'timeDimensions': [{'dimension': 'FIELD', 'dateRange': 'today'}]",
            "'measures': ['count'], 'timeDimensions': [{'dimension': 'FIELD', 'dateRange': ['2026-01-01', 'today']}]",
            "'measures': ['count'], 'where': {'FIELD': 1}",
            "'measures': ['count'], 'where': ['deals.FIELD', '=', null]",
            "'measures': ['count'], 'order': {'FIELD': 'asc'}", "'measures': ['count'], 'order': '-FIELD_sum'",
            "'measures': ['count'], 'having': {'FIELD': 1}", "'measures': ['count'], 'having': {'FIELD_max': 1}"})
    void answersForHiddenFieldsAsForUnknownOnes(String question) {
        String unknown = deals.refusal(question.replace("FIELD", "zzzzzz"), CLERK);
        assertThat(unknown).startsWith("INVALID_FIELD ");
        for (String hidden : new String[]{"margin", "secret", "ended"}) {
            assertThat(deals.refusal(question.replace("FIELD", hidden), CLERK))
                    .isEqualTo(unknown.replace("zzzzzz", hidden));
        }
        assertThat(deals.http().post("/api/analytics/query",
                "{\"cube\": \"staff\", \"measures\": [\"count\"], \"dimensions\": [\"email\"]}", CLERK).json())
                .containsEntry("code", "INVALID_FIELD");
    }

    @Test
    void refusesTwoSpansOfOneDate() {
        assertThat(deals.refusal("""
                'measures': ['count'], 'timeDimensions': [{'dimension': 'close_date', 'granularity': 'day'},
                {'dimension': 'deals.close_date', 'granularity': 'year'}]"""))
                .isEqualTo("INVALID_QUERY The dimension \"deals.close_date\" is given twice");
    }

    @Test
    void refusesTooMuch() {
        String many = IntStream.range(0, 10_000).mapToObj(i -> "'f" + i + "'").collect(Collectors.joining(","));
        assertThat(deals.refusal("'measures': ['count'], 'dimensions': [" + many + "]"))
                .isEqualTo("INVALID_QUERY \"dimensions\" names at most 32");
        assertThat(deals.refusal("'measures': [" + many + "]"))
                .isEqualTo("INVALID_QUERY \"measures\" names at most 32");
        assertThat(deals.refusal("'measures': ['count'], 'timeDimensions': [" + many + "]"))
                .isEqualTo("INVALID_QUERY \"timeDimensions\" names at most 32");
        String lookups = "account.".repeat(20);
        assertThat(deals.refusal("'measures': ['count'], 'dimensions': ['" + lookups + "name']"))
                .startsWith("INVALID_QUERY \"dimensions\" names fields, by a text of at most 128 characters");
        String message = deals.refusal("'measures': ['" + "x".repeat(1_000_000) + "']");
        assertThat(message).hasSizeLessThan(300);
        assertThat(deals.refusal("'measures': ['count'], '" + "x".repeat(900) + "': 1")).hasSizeLessThan(300);
        assertThat(deals.refusal("'measures': ['count'], 'where': " + "[".repeat(50) + "]".repeat(50)))
                .startsWith("INVALID_FILTER A filter nests at most");
    }

    @Test
    void takesLongNames() {
        String path = "deals.account.industry_count_distinct";
        assertThat(deals.rows("'measures': ['" + path + "']")).isEqualTo("[{" + path + "=1}]");
        String name = "deals.account.owner.created_by.created_by.created_by.email_count_distinct";
        assertThat(deals.answer("'measures': ['" + name + "']")).containsKey("rows");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"measures":["count"]} | INVALID_QUERY
            {"cube":7} | INVALID_QUERY
            {"cube":"nothing","measures":["count"]} | OBJECT_NOT_FOUND
            [] | INVALID_REQUEST
            7 | INVALID_REQUEST
            { | INVALID_REQUEST
            null | INVALID_REQUEST
            {"cube":"deals","cube":"deals"} | INVALID_REQUEST
            """)
    void refusesWhatIsNoQuestion(String body, String code) {
        assertThat(deals.http().post("/api/analytics/query", body).json()).containsEntry("code", code);
    }
}
