package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spans of time: by which groups are made, and to which a question keeps. */
@ExtendWith(SharedRealServer.class)
final class AnalyticsTimeTest {

    @SuppressWarnings("NullAway.Init")
    private static TestingDeals deals;

    @BeforeAll
    static void start(TestingHttp shared) {
        deals = TestingDeals.usual(shared);
    }

    @ParameterizedTest
    @CsvSource({"day,2026-01-31,2026-02-01,2026-03-29,2026-12-31", "week,2026-01-26,,2026-03-23,2026-12-28",
            "month,2026-01,2026-02,2026-03,2026-12", "quarter,2026-Q1,,,2026-Q4", "year,2026,,,2026"})
    void groupsBySpans(String granularity, String first, String second, String third, String last) {
        String names = "'measures': ['count'], 'having': {'%s': {'$notNull': true}}, 'timeDimensions': "
                + "[{'dimension': '%s', 'granularity': '%s'}]";
        for (String field : new String[]{"close_date", "due"}) {
            assertThat(deals.rows(names.formatted(field, field, granularity)))
                    .isEqualTo(groups(field, first, second, third));
        }
        assertThat(deals.rows(names.formatted("met_at", "met_at", granularity.toUpperCase(java.util.Locale.ROOT))))
                .isEqualTo(groups("met_at", first, second, last));
    }

    /** Those that have no name of their own are in the group before them. */
    private static String groups(String field, String... names) {
        var groups = new java.util.LinkedHashMap<String, Integer>();
        String name = names[0];
        for (String next : names) {
            name = next == null ? name : next;
            groups.merge(name, 1, Integer::sum);
        }
        return groups.entrySet().stream()
                .map(group -> "{" + field + "=" + group.getKey() + ", count=" + group.getValue() + "}").toList()
                .toString();
    }

    @Test
    void groupsByOneThatStandsAmongTheDimensionsToo() {
        assertThat(deals.rows("""
                'measures': ['count'], 'dimensions': ['stage', 'close_date'],
                'timeDimensions': [{'dimension': 'close_date', 'granularity': 'year'}]"""))
                .isEqualTo("[{close_date=2026, stage=open, count=1}, {close_date=2026, stage=won, count=2}, "
                        + "{close_date=null, stage=open, count=1}]");
    }

    @Test
    void daysBeginWhereTheQuestionSays() {
        var berlin = new TestingDeals(deals.http());
        for (String met : new String[]{"2026-03-28T22:59:59Z", "2026-03-28T23:00:00Z", "2026-03-29T21:59:59.999999Z",
                "2026-03-29T22:00:00Z"}) {
            berlin.add("\"title\": \"x\", \"met_at\": \"" + met + "\", \"close_date\": \"2026-03-29\"");
        }
        String day = "'measures': ['count'], 'timeDimensions': [{'dimension': 'met_at', %s'granularity': 'day'}]";
        String zone = ", 'timezone': 'Europe/Berlin'";
        assertThat(berlin.rows(day.formatted("") + zone)).isEqualTo("[{met_at=2026-03-28, count=1}, "
                + "{met_at=2026-03-29, count=2}, {met_at=2026-03-30, count=1}]");
        for (String range : new String[]{"['2026-03-29', '2026-03-29']", "'2026-03-29'"}) {
            assertThat(berlin.rows(day.formatted("'dateRange': " + range + ", ") + zone))
                    .isEqualTo("[{met_at=2026-03-29, count=2}]");
        }
        assertThat(berlin.rows(day.formatted("'dateRange': '2026-03-28', ")))
                .isEqualTo("[{met_at=2026-03-28, count=2}]");
        assertThat(berlin.titles(day.formatted("") + zone + ", 'drill': {'met_at': '2026-03-29'}")).hasSize(2);
        assertThat(berlin.rows(day.formatted("").replace("met_at", "close_date") + zone))
                .isEqualTo("[{close_date=2026-03-29, count=4}]");
        assertThat(berlin.rows(day.formatted("").replace("day", "month") + ", 'timezone': '-11:00'"))
                .isEqualTo("[{met_at=2026-03, count=4}]");
    }

    @Test
    void todayIsTodayWhereTheQuestionSays() {
        var spread = new TestingDeals(deals.http());
        // Never the same day in both.
        for (String zone : new String[]{"Pacific/Kiritimati", "Pacific/Pago_Pago"}) {
            spread.add("\"title\": \"" + zone + "\", \"close_date\": \"" + LocalDate.now(ZoneId.of(zone)) + "\"");
        }
        for (String zone : new String[]{"Pacific/Kiritimati", "Pacific/Pago_Pago"}) {
            assertThat(spread.rows("""
                    'dimensions': ['title'], 'measures': ['count'], 'timezone': '%s',
                    'timeDimensions': [{'dimension': 'close_date', 'dateRange': 'today'}]""".formatted(zone)))
                    .isEqualTo("[{title=" + zone + ", count=1}]");
        }
    }

    /** Of days so far apart that it does not matter when today ends. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'last_7_days' | [-3]
            'last_30_days' | [-20, -3]
            'next_7_days' | [3]
            'last_2_year' | [-400]
            '{last_n_days:7}' | [-3]
            ['{n_days_ago:10}', '{today}'] | [-3]
            ['{10_days_ago}', '{5_days_from_now}'] | [-3, 3]
            ['n_days_ago:10', 'next_7_days'] | [-3, 3]
            ['{last_n_days:30}', '{next_n_days:7}'] | [-20, -3, 3]
            'n_years_ago:9' | []
            """)
    void keepsToNamedSpans(String range, String found) {
        var around = new TestingDeals(deals.http());
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        for (int day : new int[]{-400, -20, -3, 3}) {
            LocalDate date = today.plusDays(day);
            around.add("\"title\": \"" + day + "\", \"close_date\": \"" + date + "\", \"met_at\": \"" + date
                    + "T12:00:00Z\"");
        }
        for (String field : new String[]{"close_date", "met_at"}) {
            assertThat(around.titles("""
                    'measures': ['count'], 'dimensions': ['title'], 'drill': {}, 'orderBy': 'close_date',
                    'timeDimensions': [{'dimension': '%s', 'dateRange': %s}]""".formatted(field, range)))
                    .hasToString(found);
        }
    }

    @ParameterizedTest
    @CsvSource({"today", "this_week", "this_month", "this_quarter", "this_year"})
    void keepsToTheSpanOfToday(String name) {
        var around = new TestingDeals(deals.http());
        for (int year : new int[]{-1, 0, 1}) {
            around.add("\"title\": \"" + year + "\", \"close_date\": \""
                    + LocalDate.now(ZoneOffset.UTC).plusMonths(13L * year) + "\"");
        }
        assertThat(around.titles("'measures': ['count'], 'dimensions': ['title'], 'drill': {}, 'timeDimensions': "
                + "[{'dimension': 'close_date', 'dateRange': '" + name + "'}]")).containsExactly("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'last_10000_years'", "'next_10000_years'", "'n_years_ago:10000'", "'{10000_years_ago}'",
            "'{10000_years_from_now}'", "['{10000_years_ago}', '{10000_years_from_now}']",
            "['0001-01-01', '9999-12-31']", "'last_10000_quarters'", "'n_weeks_ago:10000'"})
    void reachesAsFarAsThereIsTime(String range) {
        for (String field : new String[]{"close_date", "met_at"}) {
            assertThat(deals.rows("'measures': ['count'], 'timezone': 'Pacific/Kiritimati', 'timeDimensions': "
                    + "[{'dimension': '" + field + "', 'dateRange': " + range + "}]")).startsWith("[{count=");
        }
    }

    @Test
    void keepsToPairsOfDaysAndInstants() {
        assertThat(keptTo("close_date", "['2026-01-31', '2026-02-01']")).isEqualTo("[A, B]");
        assertThat(keptTo("close_date", "['2026-02-02', '2026-02-01']")).isEqualTo("[]");
        assertThat(keptTo("close_date", "['{10000_years_ago}', '{10000_years_from_now}']")).isEqualTo("[A, B, C]");
        assertThat(keptTo("met_at", "['{10000_years_ago}', '{10000_years_from_now}']")).isEqualTo("[A, B, C]");
        assertThat(keptTo("met_at", "['2026-02-01', '2026-12-31']")).isEqualTo("[B, C]");
        assertThat(keptTo("met_at", "['2026-02-01T12:00:00.123456Z', '2026-12-31T23:59:58Z']")).isEqualTo("[B]");
        assertThat(keptTo("deals.due", "'2026-03-29'")).isEqualTo("[C]");
        assertThat(keptTo("account.last_closed", "['2026-02-01', 'n_days_ago:10']")).isEqualTo("[A, B]");
        assertThat(keptTo("account.created_at", "'this_year'")).isEqualTo("[A, B]");
        assertThat(keptTo("close_date", "'2026-01-31'}, {'dimension': 'met_at', 'dateRange': '2026-02-01'"))
                .isEqualTo("[]");
    }

    private static String keptTo(String field, String range) {
        return deals.titles("'measures': ['count'], 'dimensions': ['title'], 'drill': {}, 'orderBy': 'title', "
                + "'timeDimensions': [{'dimension': '" + field + "', 'dateRange': " + range + "}]").toString();
    }
}
