package dev.objectos.runtime.expression;

import java.math.BigDecimal;
import java.util.List;

/** The SQL form of one function call. */
final class SqlFunctions {

    private static final String DAY_NUMBER = "({0} - date '0001-01-01')";
    private static final String MONTH_NUMBER = "(extract(year from {0}) * 12 + extract(month from {0}) - 1)";
    private static final String UTC = "({0} at time zone 'UTC')";

    private final SqlTranslator translator;
    private final Node.Call call;

    SqlFunctions(SqlTranslator translator, Node.Call call) {
        this.translator = translator;
        this.call = call;
    }

    Sql translate() {
        return switch (call.function()) {
            case CONTAINS -> Sql.of("(strpos({0}, {1}) > 0)", value(0), value(1));
            case STARTS_WITH -> Sql.of("starts_with({0}, {1})", value(0), value(1));
            case ENDS_WITH -> Sql.of("(right({0}, length({1})) = {1})", value(0), value(1));
            case MATCHES -> throw new IllegalStateException("matches has no SQL form");
            case SIZE -> Sql.of(isText(0) ? "length({0})" : "cardinality({0})", value(0)).asWhole();
            case UPPER -> Sql.of("(upper({0} collate \"pg_c_utf8\") collate \"C\")", value(0));
            case LOWER -> Sql.of("(lower({0} collate \"pg_c_utf8\") collate \"C\")", value(0));
            case UPPER_ASCII -> Sql.of("upper({0} collate \"C\")", value(0));
            case LOWER_ASCII -> Sql.of("lower({0} collate \"C\")", value(0));
            case TRIM -> Sql.of("btrim({0}, {1})", value(0), Sql.text(Texts.WHITE_SPACE));
            case SUBSTRING -> substring();
            case REPLACE -> Sql.of("case when {1} = '' and {2} is not null then {0}"
                    + " when length({2}) <= length({1}) or cast(length({0}) as bigint) * length({2}) <= "
                    + Texts.MAX_REPLACED + " then replace({0}, {1}, {2}) end", value(0), value(1), value(2));
            case LEFT -> Sql.of("left({0}, {1})", value(0), position(1));
            case RIGHT -> Sql.of("right({0}, {1})", value(0), position(1));
            case INDEX_OF -> Sql.of("(strpos({0}, {1}) - 1)", value(0), value(1)).asWhole();
            case SPLIT -> Sql.of("string_to_array({0}, {1})", value(0), value(1));
            case JOIN -> Sql.of("array_to_string({0}, {1})", value(0), value(1));
            case IS_BLANK -> blank();
            case COALESCE -> ofMany("coalesce({0})", "");
            case GREATEST -> ofMany("greatest({0})", " collate \"C\"");
            case LEAST -> ofMany("least({0})", " collate \"C\"");
            case ABS -> Sql.of("abs({0})", numeric(0));
            case ROUND -> call.arguments().size() == 1
                    ? Sql.of("round({0})", numeric(0))
                    : Sql.of("round({0}, {1})", numeric(0), value(1));
            case FLOOR -> Sql.of("floor({0})", numeric(0));
            case CEIL -> Sql.of("ceil({0})", numeric(0));
            case ADD_DAYS -> isDate() ? days() : later("hours => 24 * " + count(Numbers.MAX_DAYS), 86_400);
            case ADD_MONTHS -> months(Sql.of("trunc({0})", numeric(1)));
            case ADD_YEARS -> months(Sql.of("(trunc({0}) * 12)", numeric(1)));
            case ADD_HOURS -> later("hours => " + count(Numbers.MAX_MINUTES), 3_600);
            case ADD_MINUTES -> later("mins => " + count(Numbers.MAX_MINUTES), 60);
            case ADD_SECONDS -> later("hours => cast(div({1}, 3600) as integer),"
                    + " secs => cast(mod({1}, 3600) as double precision)", 1);
            case DAYS_BETWEEN -> Sql.of("({1} - {0})", value(0), value(1)).asWhole();
            case HOURS_BETWEEN -> between("div({2}, 3600)");
            case MINUTES_BETWEEN -> between("div({2}, 60)");
            case SECONDS_BETWEEN -> between("{2}");
            case YEAR -> part("year", "");
            case MONTH -> part("month", "");
            case MONTH_INDEX -> part("month", " - 1");
            case DAY -> part("day", "");
            case DAY_INDEX -> part("day", " - 1");
            case WEEKDAY -> part("dow", "");
            case HOUR -> part("hour", "");
            case MINUTE -> part("minute", "");
            case SECOND -> part("second", "");
        };
    }

    private Sql value(int index) {
        return translator.value(call.argument(index));
    }

    private Sql numeric(int index) {
        return translator.numeric(call.argument(index));
    }

    private boolean isText(int index) {
        return call.argument(index).type().equals(ExpressionType.TEXT);
    }

    private boolean isDate() {
        return call.argument(0).type().equals(ExpressionType.DATE);
    }

    private Sql position(int index) {
        return position(call.argument(index), translator, 0, Texts.MAX_POSITION);
    }

    /** A whole number of PostgreSQL's type integer: cut towards zero and moved to the nearest bound. */
    static Sql position(Node node, SqlTranslator translator, int low, int high) {
        if (node instanceof Node.Literal literal && literal.value() instanceof BigDecimal number) {
            return Sql.number(BigDecimal.valueOf(Numbers.clamped(number, low, high)));
        }
        return Sql.of("case when {0} < " + low + " then " + low + " when {0} > " + high + " then " + high
                + " else cast(trunc({0}) as integer) end", translator.numeric(node));
    }

    private Sql substring() {
        Sql start = position(1);
        if (call.arguments().size() == 2) {
            return Sql.of("substr({0}, {1} + 1)", value(0), start);
        }
        // The length is the difference, or 0 where that is negative; greatest() would lose a null.
        return Sql.of("substr({0}, {1} + 1, (({2} - {1}) + abs({2} - {1})) / 2)", value(0), start, position(2));
    }

    private Sql blank() {
        ExpressionType type = call.argument(0).type();
        Sql white = Sql.text(Texts.WHITE_SPACE);
        if (type.equals(ExpressionType.TEXT)) {
            return Sql.of("(coalesce(btrim({0}, {1}), '') = '')", value(0), white);
        }
        if (type instanceof ExpressionType.ListOf) {
            return Sql.of("(coalesce(cardinality({0}), 0) = 0)", value(0));
        }
        if (type.equals(ExpressionType.JSON)) {
            return Sql.of("coalesce(case jsonb_typeof({0}) when 'array' then {0} = cast('[]' as jsonb)"
                    + " when 'string' then btrim({0} #>> cast({2} as text[]), {1}) = '' else {0} is null end, true)",
                    value(0),
                    white, Sql.inline("{}"));
        }
        return Sql.of("({0} is null)", value(0));
    }

    private Sql ofMany(String template, String collation) {
        List<Sql> values = translator.alike(call.arguments());
        boolean whole = values.getFirst().whole();
        List<Sql> collated = isText(0)
                ? values.stream().map(value -> Sql.of("{0}" + collation, value)).toList()
                : values;
        Sql result = Sql.of(template, Sql.list(collated));
        return whole ? result.asWhole() : result;
    }

    /**
     * The second part cut to a whole number. The bounds matter to the planner alone: it computes constants inside a
     * {@code case} before it asks for the condition, and one out of range would make it fail.
     */
    private static String count(int bound) {
        return "cast(greatest(least(trunc({1}), " + bound + "), -" + bound + ") as integer)";
    }

    private Sql days() {
        return Sql.of("case when " + DAY_NUMBER + " + trunc({1}) between 0 and 3652058"
                + " then {0} + " + count(Numbers.MAX_MINUTES) + " end", value(0), numeric(1));
    }

    private Sql months(Sql count) {
        String interval = "make_interval(months => " + count(Numbers.MAX_MINUTES) + ")";
        if (isDate()) {
            return Sql.of("case when {0} >= date '0001-01-01' and " + MONTH_NUMBER + " + {1} between 12 and 119999"
                    + " then cast({0} + " + interval + " as date) end", value(0), count);
        }
        Sql local = Sql.of(UTC, value(0));
        return Sql.of("case when {0} >= timestamp '0001-01-01' and " + MONTH_NUMBER + " + {1} between 12 and 119999"
                + " then (({0} + " + interval + ") at time zone 'UTC') end", local, count);
    }

    private Sql later(String interval, int seconds) {
        Sql count = Sql.of(seconds == 1 ? "{0}" : "trunc({0})", numeric(1));
        String epoch = "extract(epoch from {0})";
        String inCalendar = " between -62135596800 and 253402300799.999999";
        return Sql.of("case when " + epoch + inCalendar + " and " + epoch + " + {1} * " + seconds + inCalendar
                + " and abs({1}) <= " + bound() + " then {0} + make_interval(" + interval + ") end", value(0), count);
    }

    private long bound() {
        return call.function() == Function.ADD_SECONDS ? 86_400L * Numbers.MAX_DAYS : Numbers.MAX_MINUTES;
    }

    private Sql between(String template) {
        Sql from = value(0);
        Sql to = value(1);
        Sql seconds = Sql.of("(extract(epoch from {1}) - extract(epoch from {0}))", from, to);
        return Sql.of(template, from, to, seconds);
    }

    private Sql part(String part, String correction) {
        boolean instant = call.argument(0).type().equals(ExpressionType.INSTANT);
        Sql moment = instant ? Sql.of(UTC, value(0)) : value(0);
        return Sql.of("(cast(floor(extract(" + part + " from {0})) as integer)" + correction + ")", moment).asWhole();
    }
}
