package dev.objectos.runtime.expression;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The functions of the language, with every spelling under which they can be called: {@code f(x, y)} or {@code x.f(y)}, in
 * any case, with or without underscores. Unless a function says otherwise a null argument makes the result null. Characters
 * are Unicode code points.
 */
enum Function {

    CONTAINS("contains", "includes"), STARTS_WITH("startsWith", "begins"), ENDS_WITH("endsWith"),
    /** RE2 syntax, anywhere in the text; only in the JVM. */
    MATCHES("matches", "regex"),
    /** Characters of a text, elements of a list. */
    SIZE("size", "length", "len", "count"), UPPER("upper", "toUpper", "toUpperCase"), LOWER("lower", "toLower",
            "toLowerCase"), UPPER_ASCII("upperAscii"), LOWER_ASCII("lowerAscii"), TRIM("trim", "strip"),
    /** From a position to before another, counted from 0; positions outside are moved to the nearest inside. */
    SUBSTRING("substring", "substr"), REPLACE("replace", "substitute"), LEFT("left"), RIGHT("right"),
    /** Position of the first occurrence from 0, or -1. */
    INDEX_OF("indexOf"), SPLIT("split"),
    /** Null elements are left out. */
    JOIN("join"),
    /** Null, text of white space only, or an empty list. Never null. */
    IS_BLANK("isBlank", "isEmpty"),
    /** The first that is not null. */
    COALESCE("coalesce", "ifNull", "nvl", "blankValue", "nullValue"),
    /** Nulls are left out. */
    GREATEST("greatest", "max"),
    /** Nulls are left out. */
    LEAST("least", "min"), ABS("abs"),
    /** Half away from zero, to a number of digits after the point. */
    ROUND("round"), FLOOR("floor"), CEIL("ceil", "ceiling"),
    /** Whole days, fractions cut; on a date or an instant. Null outside the years 1 to 9999. */
    ADD_DAYS("addDays"),
    /** Ends with the last day of a shorter month. */
    ADD_MONTHS("addMonths"), ADD_YEARS("addYears"), ADD_HOURS("addHours"), ADD_MINUTES("addMinutes"),
    /** A fixed number of seconds after an instant; written {@code instant + duration('…')}. */
    ADD_SECONDS("addSeconds"),
    /** Of UTC dates, from the first to the second. */
    DAYS_BETWEEN("daysBetween", "dateDiff"),
    /** Whole hours from the first to the second, cut towards zero. */
    HOURS_BETWEEN("hoursBetween"), MINUTES_BETWEEN("minutesBetween"),
    /** With fractions; what {@code instant - instant} is. */
    SECONDS_BETWEEN("secondsBetween"),
    /** Of a date or of an instant in UTC. */
    YEAR("year", "getFullYear"), MONTH("month"),
    /** CEL's, counted from 0. */
    MONTH_INDEX("getMonth"), DAY("day", "getDate", "dayOfMonth"),
    /** CEL's, counted from 0. */
    DAY_INDEX("getDayOfMonth"),
    /** Sunday is 0. */
    WEEKDAY("weekday", "dayOfWeek", "getDayOfWeek"), HOUR("hour", "getHours"), MINUTE("minute",
            "getMinutes"), SECOND("second", "getSeconds");

    private static final Map<String, Function> BY_SPELLING = new HashMap<>();

    static {
        for (Function function : values()) {
            function.spellings.forEach(spelling -> BY_SPELLING.put(normalized(spelling), function));
        }
    }

    /** What is written like a function and turned into something else when it is checked. */
    static final List<String> FORMS = List.of("if", "and", "or", "not", "concat", "today", "now", "date", "timestamp",
            "datetime", "duration", "string", "text", "int", "double", "number", "value", "mod", "has", "isNull",
            "exists",
            "all", "exists_one", "map", "filter", "isPickVal", "isChanged", "case", "bool");

    private final List<String> spellings;

    Function(String... spellings) {
        this.spellings = List.of(spellings);
    }

    static Optional<Function> find(String spelling) {
        return Optional.ofNullable(BY_SPELLING.get(normalized(spelling)));
    }

    static String normalized(String spelling) {
        return spelling.replace("_", "").toLowerCase(Locale.ROOT);
    }

    static Collection<String> spellings() {
        return Stream.concat(FORMS.stream(), Arrays.stream(values()).flatMap(function -> function.spellings.stream()))
                .toList();
    }

    /** The first spelling, for messages. */
    String spelling() {
        return spellings.getFirst();
    }
}
