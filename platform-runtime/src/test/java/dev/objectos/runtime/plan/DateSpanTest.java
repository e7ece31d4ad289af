package dev.objectos.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.query.Operand;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateSpanTest {

    /** A Wednesday, already Thursday in Auckland. */
    private static final Instant NOW = Instant.parse("2026-05-13T18:00:00Z");

    @ParameterizedTest
    @CsvSource({"today,,2026-05-13,2026-05-14", "yesterday,,2026-05-12,2026-05-13", "tomorrow,,2026-05-14,2026-05-15",
            "this_week,,2026-05-11,2026-05-18", "last_week,,2026-05-04,2026-05-11", "next_week,,2026-05-18,2026-05-25",
            "this_month,,2026-05-01,2026-06-01", "last_month,,2026-04-01,2026-05-01",
            "this_quarter,,2026-04-01,2026-07-01",
            "last_quarter,,2026-01-01,2026-04-01", "next_quarter,,2026-07-01,2026-10-01",
            "this_year,,2026-01-01,2027-01-01",
            "last_year,,2025-01-01,2026-01-01", "last_n_days,7,2026-05-06,2026-05-14",
            "last_n_days,0,2026-05-13,2026-05-14",
            "next_n_days,7,2026-05-14,2026-05-21", "n_days_ago,3,2026-05-10,2026-05-11",
            "last_n_weeks,2,2026-04-27,2026-05-11",
            "next_n_months,2,2026-06-01,2026-08-01", "n_months_ago,5,2025-12-01,2026-01-01",
            "last_n_years,1,2025-01-01,2026-01-01", "30_days_ago,,2026-04-13,2026-04-14",
            "1_day_from_now,,2026-05-14,2026-05-15", "2_weeks_ago,,2026-04-29,2026-04-30",
            "3_months_ago,,2026-02-13,2026-02-14", "1_year_from_now,,2027-05-13,2027-05-14",
            "current_week_start,,2026-05-11,2026-05-12", "week_end,,2026-05-17,2026-05-18",
            "current_month_end,,2026-05-31,2026-06-01", "last_quarter_start,,2026-01-01,2026-01-02",
            "next_year_end,,2027-12-31,2028-01-01"})
    void means(String name, Integer argument, String from, String until) {
        assertThat(DateSpan.of(new Operand.DateMacro(name, argument), NOW, ZoneId.of("UTC")))
                .hasValueSatisfying(span -> {
                    assertThat(span.from()).hasToString(from);
                    assertThat(span.until()).hasToString(until);
                });
    }

    @Test
    void meansTheSessionsDay() {
        assertThat(DateSpan.of(new Operand.DateMacro("today", null), NOW, ZoneId.of("Pacific/Auckland"))
                .orElseThrow().start(ZoneId.of("Pacific/Auckland"))).isEqualTo("2026-05-13T12:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "someday", "last_n_days", "this_n_week", "TODAY", "last_days", "15_minutes_ago",
            "99999_days_ago", "999999_days_ago", "3_days", "this_week_start", "day_end"})
    void doesNotKnow(String name) {
        assertThat(DateSpan.of(new Operand.DateMacro(name, null), NOW, ZoneId.of("UTC"))).isEmpty();
    }
}
