package dev.objectos.server;

import static dev.objectos.server.TestingDeals.CLERK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The records behind a cell. */
@ExtendWith(SharedRealServer.class)
final class AnalyticsDrillTest {

    @SuppressWarnings("NullAway.Init")
    private static TestingDeals deals;

    @BeforeAll
    static void start(TestingHttp shared) {
        deals = TestingDeals.usual(shared);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'dimensions': ['tags']", "'dimensions': ['deals.amount', 'won']", "'dimensions': ['half']",
            "'dimensions': ['account']", "'dimensions': ['account.industry', 'region']", "'dimensions': ['close_date']",
            "'dimensions': ['met_at']", "'dimensions': ['due', 'account.size']",
            "'timeDimensions': [{'dimension': 'close_date', 'granularity': 'day'}]",
            "'timeDimensions': [{'dimension': 'met_at', 'granularity': 'week'}], 'timezone': 'Asia/Tokyo'",
            "'timeDimensions': [{'dimension': 'deals.met_at', 'granularity': 'month'}], 'timezone': 'Asia/Tokyo'",
            "'timeDimensions': [{'dimension': 'due', 'granularity': 'quarter'}], 'dimensions': ['stage']",
            "'timeDimensions': [{'dimension': 'met_at', 'granularity': 'year'}], 'timezone': '+01:00'"})
    void holdsAsManyAsAreCounted(String question) {
        String asked = "'measures': ['count'], " + question;
        List<?> rows = (List<?>) deals.answer(asked).get("rows");
        assertThat(rows).hasSizeGreaterThan(1);
        assertThat(rows.toString()).contains("null");
        for (Object row : rows) {
            Map<?, ?> cell = new java.util.LinkedHashMap<>((Map<?, ?>) row);
            Object counted = cell.remove("count");
            assertThat(deals.titles(asked + ", 'drill': " + JsonMapper.shared().writeValueAsString(cell))).as("%s", row)
                    .hasSize((Integer) counted);
        }
    }

    @Test
    void answersAsQueriesDo() {
        assertThat(deals.answer("""
                'measures': ['count'], 'dimensions': ['stage'], 'drill': {'stage': 'won'}, 'limit': 1, 'count': true,
                'fields': ['deals.title', 'account.industry'], 'order': {'deals.title': 'desc'}""").toString())
                .startsWith("{object=deals, records=[{").contains("title=B", "industry=tech", "total=2", "hasMore=true",
                        "nextCursor=")
                .doesNotContain("amount");
        String sorted = "'measures': ['amount_sum'], 'dimensions': ['stage'], 'drill': {'stage': 'won'}, 'limit': 1, ";
        for (String order : List.of("'orderBy': '-amount'", "'order': {'amount': 'desc'}", "'order': ['-deals.amount']",
                "'fields': 'deals.title, amount', 'orderBy': [['deals.amount', 'desc']]")) {
            Map<String, Object> first = deals.answer(sorted + order);
            assertThat(first.get("records").toString()).contains("title=B");
            assertThat(deals.titles(sorted + order + ", 'cursor': '" + first.get("nextCursor") + "'"))
                    .containsExactly("A");
        }
        assertThat(deals.titles(sorted + "'orderBy': 'title', 'offset': 1")).containsExactly("B");
    }

    @Test
    void takesPartsOfACell() {
        String asked = "'measures': ['count'], 'dimensions': ['stage', 'won', 'account'], ";
        assertThat(deals.titles(asked + "'drill': {'account': null}")).containsExactlyInAnyOrder("C", "D");
        assertThat(deals.titles(asked + "'drill': {'deals.won': null, 'stage': 'open'}")).containsExactly("D");
        assertThat(deals.titles(asked + "'drill': {'deals.won': true, 'won': false}")).isEmpty();
        assertThat(deals.titles(asked + "'drill': {'stage': 'won'}, 'where': {'title': 'A', 'batch': 'BATCH'}"))
                .containsExactly("A");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            day | 2026-05|2026-05-13
            day | 2026-02-30|2026-05-13
            week | 2026-05-13|its Monday
            week | 2026-20|its Monday
            month | 2026|2026-05
            month | 2026-13|2026-05
            month | 2026-05-01|2026-05
            quarter | 2026-Q5|2026-Q2
            quarter | 2026-05|2026-Q2
            year | 2026-01|2026
            year | soon|2026
            """)
    void refusesWhatNamesNoSpan(String granularity, String named, String example) {
        assertThat(deals.refusal("""
                'measures': ['count'], 'timeDimensions': [{'dimension': 'close_date', 'granularity': '%s'}],
                'drill': {'close_date': '%s'}""".formatted(granularity, named)))
                .startsWith("INVALID_QUERY \"" + named + "\" is no " + granularity).contains(example);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'drill': {'title': 'x'} | INVALID_QUERY "drill" has a value for "title", which is none of the dimensions
            'drill': {'count': 1} | INVALID_QUERY "drill" has a value for "count", which is none of the dimensions
            'drill': ['won'] | INVALID_QUERY "drill" is a cell: {dimension: value, …}, not a list
            'drill': 'won' | INVALID_QUERY "drill" is a cell: {dimension: value, …}, not "won"
            'drill': {'stage': ['won']} | INVALID_FILTER stage must be text, not a list
            'drill': {'stage': {'$ne': 'won'}} | INVALID_FILTER stage must be text, not an object
            'drill': {}, 'having': {'count': 1} | INVALID_QUERY "having" is for groups
            'drill': {}, 'totals': true | INVALID_QUERY "totals" is for groups
            'drill': {}, 'order': {'count': 'desc'} | INVALID_QUERY The records behind a cell have no "count" to sort
            'drill': {}, 'order': {'nothing': 'desc'} | INVALID_FIELD Unknown field nothing
            'drill': {}, 'order': 'title', 'orderBy': 'title' | INVALID_QUERY "orderBy" means the same as another key
            'drill': {}, 'fields': ['nothing'] | INVALID_FIELD Unknown field nothing
            'drill': {}, 'fields': [7] | INVALID_FIELD
            'drill': {}, 'fields': 'title', 'select': 'title' | INVALID_QUERY "select" means the same as another key
            'drill': {}, 'cursor': 'x' | INVALID_QUERY
            'drill': {}, 'limit': 1001 | INVALID_QUERY "limit" is a whole
            """)
    void refusesWhatIsNoCell(String drill, String refusal) {
        assertThat(deals.refusal("'measures': ['count'], 'dimensions': ['stage'], " + drill)).startsWith(refusal);
    }

    @Test
    void refusesMembersThatGroupsAreRefusedFor() {
        for (String field : List.of("margin", "nothing")) {
            for (String question : List.of("'measures': ['FIELD_sum'], 'dimensions': ['stage'], 'drill': {}",
                    "'measures': ['count'], 'dimensions': ['FIELD'], 'drill': {}",
                    "'measures': ['count'], 'dimensions': ['account.FIELD'], 'drill': {}",
                    "'measures': ['count'], 'dimensions': ['FIELD'], 'drill': {'FIELD': 1}",
                    "'measures': ['count'], 'dimensions': ['FIELD'], 'drill': {'FIELD': null}",
                    "'measures': ['count'], 'dimensions': ['stage'], 'drill': {}, 'orderBy': 'FIELD'",
                    "'measures': ['count'], 'dimensions': ['stage'], 'drill': {}, 'fields': ['FIELD']")) {
                assertThat(deals.refusal(question.replace("FIELD", field), CLERK)).startsWith("INVALID_FIELD ");
            }
        }
        assertThat(deals.titles("'measures': ['margin_sum'], 'dimensions': ['stage'], 'drill': {'stage': 'won'}"))
                .containsExactlyInAnyOrder("A", "B");
    }
}
