package dev.objectos.runtime.expression;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Well-typed expressions over the fields of {@link TestingExpressions}, and records for them, nulls and oddities included. */
final class RandomExpressions {

    private final Random random;

    RandomExpressions(Random random) {
        this.random = random;
    }

    String any() {
        return switch (below(5)) {
            case 0 -> text(3);
            case 1 -> number(3);
            case 2 -> date(3);
            case 3 -> instant(3);
            default -> truth(4);
        };
    }

    private int below(int bound) {
        return random.nextInt(bound);
    }

    private String pick(String... choices) {
        return choices[below(choices.length)];
    }

    String text(int depth) {
        if (depth <= 0 || below(6) == 0) {
            return pick("first", "last", "notes", "record.first", "manager.first", "status", "'Ada'", "' '", "''",
                    "'ß😀'",
                    "'-1.50'", "'2026-02-29'", "'2024-02-29'", "full_name", "shout", "company.boss.first",
                    "string(meta.name)", "labels[0]", "(meta.tags[1] + '')", "(null + '')");
        }
        int d = depth - 1;
        return switch (below(18)) {
            case 0, 1 -> "(" + text(d) + " + " + text(d) + ")";
            case 2 -> "(" + text(d) + " + ' ' + " + text(d) + ")";
            case 3 -> "CONCAT(" + text(d) + ", " + number(d) + ", " + truth(d) + ")";
            case 4 -> pick("upper", "lower", "upperAscii", "lowerAscii", "trim") + "(" + text(d) + ")";
            case 5 -> text(d) + ".substring(" + number(1) + ", " + number(1) + ")";
            case 6 -> text(d) + ".substring(" + number(1) + ")";
            case 7 -> "replace(" + text(d) + ", " + text(1) + ", " + text(1) + ")";
            case 8 -> pick("left", "right") + "(" + text(d) + ", " + number(1) + ")";
            case 9 -> "string(" + number(d) + ")";
            case 10 -> "string(" + date(d) + ")";
            case 11 -> "string(" + instant(d) + ")";
            case 12 -> "coalesce(" + text(d) + ", " + text(d) + ")";
            case 13 -> "(" + truth(d) + " ? " + text(d) + " : " + text(d) + ")";
            case 14 -> pick("greatest", "least") + "(" + text(d) + ", " + text(d) + ")";
            case 15 -> "join(" + list(d) + ", " + text(1) + ")";
            case 16 -> list(d) + "[" + number(1) + "]";
            default -> "string(" + pick("alarm", "manager", "active", "meta.size", "meta.flag", "meta") + ")";
        };
    }

    String number(int depth) {
        if (depth <= 0 || below(6) == 0) {
            return pick("amount", "price", "quantity", "rank", "record.amount", "company.revenue", "0", "1", "-3",
                    "2.50",
                    "0.1", "7", "total", "doubled", "1000000000000", "number(meta.size)", "number(first)");
        }
        int d = depth - 1;
        return switch (below(20)) {
            case 0, 1 -> "(" + number(d) + " + " + number(d) + ")";
            case 2 -> "(" + number(d) + " - " + number(d) + ")";
            case 3 -> "(" + number(d) + " * " + number(d) + ")";
            case 4, 5 -> "(" + number(d) + " / " + number(d) + ")";
            case 6 -> "(" + number(d) + " % " + number(d) + ")";
            case 7 -> "-(" + number(d) + ")";
            case 8 -> pick("abs", "floor", "ceil", "round", "int") + "(" + number(d) + ")";
            case 9 -> "round(" + number(d) + ", " + pick("0", "1", "2", "-1", "5") + ")";
            case 10 -> pick("greatest", "least", "coalesce") + "(" + number(d) + ", " + number(d) + ")";
            case 11 -> "(" + truth(d) + " ? " + number(d) + " : " + number(d) + ")";
            case 12 -> "size(" + pick(text(d), list(d)) + ")";
            case 13 -> text(d) + ".indexOf(" + text(1) + ")";
            case 14 -> pick("year", "month", "day", "weekday", "getMonth") + "(" + pick(date(d), instant(d)) + ")";
            case 15 -> pick("hour", "minute", "second") + "(" + pick(instant(d), "alarm") + ")";
            case 16 -> "(" + date(d) + " - " + date(d) + ")";
            case 17 -> pick("hoursBetween", "minutesBetween", "secondsBetween", "daysBetween") + "(" + instant(d) + ", "
                    + instant(d) + ")";
            case 18 -> "number(" + text(d) + ")";
            default -> "IF(" + truth(d) + ", " + number(d) + ")";
        };
    }

    String truth(int depth) {
        if (depth <= 0 || below(8) == 0) {
            return pick("active", "verified", "record.active", "true", "false", "has(record.first)", "has(meta.name)",
                    "manager == currentUser.id", "isBlank(first)", "friends.contains(manager)",
                    "'sales' in currentUser.roles",
                    "bool(meta.flag)");
        }
        int d = depth - 1;
        String comparison = pick("==", "!=", "<", "<=", ">", ">=");
        return switch (below(22)) {
            case 0, 1 -> "(" + truth(d) + " && " + truth(d) + ")";
            case 2, 3 -> "(" + truth(d) + " || " + truth(d) + ")";
            case 4 -> "!(" + truth(d) + ")";
            case 5, 6 -> "(" + number(d) + " " + comparison + " " + number(d) + ")";
            case 7 -> "(" + text(d) + " " + comparison + " " + text(d) + ")";
            case 8 -> "(" + date(d) + " " + comparison + " " + pick(date(d), instant(d)) + ")";
            case 9 -> "(" + instant(d) + " " + comparison + " " + instant(d) + ")";
            case 10 -> pick("contains", "startsWith", "endsWith") + "(" + text(d) + ", " + text(1) + ")";
            case 11 -> "(" + text(d) + " in " + list(d) + ")";
            case 12 -> "(" + number(d) + " in [" + number(1) + ", " + number(1) + ", 1.0])";
            case 13 -> "(" + truth(d) + " ? " + truth(d) + " : " + truth(d) + ")";
            case 14 ->
                list(d) + pick(".exists", ".all", ".exists_one") + "(x, x + '' " + comparison + " " + text(1) + ")";
            case 15 -> pick("isBlank", "isNull") + "(" + pick(text(d), number(d), date(d), list(d)) + ")";
            case 16 -> "(" + pick(text(d), number(d), truth(d), date(d)) + " " + pick("==", "!=") + " null)";
            case 17 -> "(meta." + pick("name == ", "name != ") + text(d) + ")";
            case 18 -> "(meta.size " + comparison + " " + number(d) + ")";
            case 19 -> "(" + pick("manager", "company", "currentUser.id") + " in [manager, currentUser.id])";
            case 20 -> "(alarm " + comparison + " '12:00')";
            default -> "(" + instant(d) + " - " + instant(d) + " > duration('36h'))";
        };
    }

    String date(int depth) {
        if (depth <= 0 || below(4) == 0) {
            return pick("born", "hired", "today", "date('2024-02-29')", "date(first)", "date(seen)",
                    "DATE(2026, 1, 31)");
        }
        int d = depth - 1;
        return switch (below(6)) {
            case 0 -> "addDays(" + date(d) + ", " + number(d) + ")";
            case 1 -> "addMonths(" + date(d) + ", " + number(d) + ")";
            case 2 -> "addYears(" + date(d) + ", " + number(1) + ")";
            case 3 -> "(" + date(d) + " + " + number(1) + ")";
            case 4 -> "date(" + pick(instant(d), text(1)) + ")";
            default -> "(" + truth(d) + " ? " + date(d) + " : " + date(d) + ")";
        };
    }

    String instant(int depth) {
        if (depth <= 0 || below(4) == 0) {
            return pick("seen", "met", "now", "timestamp('2026-01-31T23:59:59.5+02:00')", "timestamp(notes)");
        }
        int d = depth - 1;
        return switch (below(6)) {
            case 0 -> "(" + instant(d) + " + duration('" + pick("36h", "90m", "2d", "-1.5s", "30d12h") + "'))";
            case 1 -> "(" + instant(d) + " - duration('45m'))";
            case 2 ->
                pick("addDays", "addHours", "addMinutes", "addMonths", "addYears") + "(" + instant(d) + ", " + number(d)
                        + ")";
            case 3 -> "coalesce(" + date(d) + ", " + instant(d) + ")";
            case 4 -> "greatest(" + instant(d) + ", " + date(d) + ")";
            default -> "(" + truth(d) + " ? " + instant(d) + " : " + instant(d) + ")";
        };
    }

    private String list(int depth) {
        if (depth <= 0 || below(3) == 0) {
            return pick("labels", "['a', 'Ada', first]", "[last, null]", "currentUser.roles", "split(notes, ' ')");
        }
        int d = depth - 1;
        return switch (below(3)) {
            case 0 -> list(d) + ".filter(x, " + pick("x != ''", "x > " + text(1), "size(x) < 3") + ")";
            case 1 -> list(d) + ".map(x, " + pick("upper(x)", "x + " + text(1), "x") + ")";
            default -> "split(" + text(d) + ", '" + pick(" ", "a", "-") + "')";
        };
    }

    Map<String, Object> record() {
        var record = new HashMap<String, Object>();
        for (String text : List.of("first", "last", "notes", "manager.first", "company.boss.first")) {
            put(record, text,
                    pick("Ada", "ada", "Lovelace", "", " ", " Ada\t", "ß", "😀b", "\uE000", "éÉ", "ǆ", "İ", "12.50",
                            "-7", "2026-02-28", "2026-02-30", "2024-02-29", "2026-01-31T14:30:00Z", "a b  c", "a-b-c",
                            "%_"));
        }
        for (String number : List.of("amount", "price", "company.revenue")) {
            put(record, number, new BigDecimal(pick("0", "0.10", "1.10", "-2.5", "3", "99999999.99", "-0.00", "1e15",
                    "0.000000000000000000001", "123456789012345678901234567890.5")));
        }
        for (String number : List.of("quantity", "rank")) {
            put(record, number,
                    Long.valueOf(pick("0", "1", "-1", "7", "42", "9223372036854775807", "-9223372036854775808")));
        }
        put(record, "active", random.nextBoolean());
        put(record, "verified", random.nextBoolean());
        for (String date : List.of("born", "hired")) {
            put(record, date, LocalDate.parse(pick("2026-01-31", "2024-02-29", "1815-12-10", "9999-12-31", "0001-01-01",
                    "2026-03-15", "+12026-01-31")));
        }
        for (String instant : List.of("seen", "met")) {
            put(record, instant, Instant.parse(pick("2026-03-15T00:00:00Z", "2026-03-14T23:59:59.999999Z",
                    "1969-12-31T23:59:59.5Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2024-02-29T12:00:00Z")));
        }
        put(record, "alarm", LocalTime.parse(pick("00:00", "12:00", "23:59:59.999999", "07:30:15")));
        put(record, "status", pick("draft", "active", "closed"));
        put(record, "labels", below(3) == 0 ? List.of() : List.of(pick("a", "x"), pick("Ada", "b", "")));
        put(record, "manager", below(2) == 0 ? TestingExpressions.ADA : TestingExpressions.BOB);
        put(record, "company", below(2) == 0 ? TestingExpressions.ADA : TestingExpressions.BOB);
        put(record, "friends", below(2) == 0 ? List.of() : List.of(TestingExpressions.ADA, TestingExpressions.BOB));
        put(record, "meta", json());
        return record;
    }

    private Map<String, Object> json() {
        var json = new HashMap<String, Object>();
        put(json, "name", pickAny("Ada", "", new BigDecimal("1.50"), true, List.of("x"), Map.of("a", "b")));
        put(json, "size", pickAny(new BigDecimal("2.50"), new BigDecimal("-1"), "12", false, List.of()));
        put(json, "flag", pickAny(true, false, "true", BigDecimal.ONE));
        put(json, "tags", pickAny(List.of("a", "b"), List.of("a"), "ab", Map.of()));
        return json;
    }

    private Object pickAny(Object... choices) {
        return choices[below(choices.length)];
    }

    private void put(Map<String, Object> record, String name, @Nullable Object value) {
        if (value != null && below(4) != 0) {
            record.put(name, value);
        }
    }
}
