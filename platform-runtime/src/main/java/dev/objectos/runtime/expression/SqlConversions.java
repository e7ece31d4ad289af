package dev.objectos.runtime.expression;

/** The SQL form of each {@link Conversion}. */
final class SqlConversions {

    static final String FIRST_DATE = "date '0001-01-01'";
    static final String LAST_DATE = "date '9999-12-31'";

    private static final String IN_RANGE = "{0} between " + FIRST_DATE + " and " + LAST_DATE;
    private static final String EPOCH_IN_RANGE = "extract(epoch from {0}) >= -62135596800"
            + " and extract(epoch from {0}) < 253402300800";

    private SqlConversions() {}

    static Sql convert(Conversion conversion, Sql value) {
        return switch (conversion) {
            case INTEGER_TO_NUMBER -> value.numeric();
            case DATE_TO_INSTANT -> Sql.of(
                    "case when " + IN_RANGE + " then (cast({0} as timestamp) at time zone 'UTC') end", value);
            case INSTANT_TO_DATE -> Sql.of("cast(({0} at time zone 'UTC') as date)", value);
            case NUMBER_TO_TEXT -> value.whole()
                    ? Sql.of("cast({0} as text)", value)
                    : Sql.of("cast(trim_scale({0}) as text)", value);
            case BOOLEAN_TO_TEXT, ID_TO_TEXT -> Sql.of("cast({0} as text)", value);
            case DATE_TO_TEXT -> Sql.of("case when " + IN_RANGE + " then to_char({0}, 'YYYY-MM-DD') end", value);
            case TIME_TO_TEXT -> Sql.of("to_char({0}, 'HH24:MI:SS')", value);
            case INSTANT_TO_TEXT -> Sql.of("case when " + EPOCH_IN_RANGE
                    + " then to_char({0} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') end", value);
            case JSON_TO_TEXT -> Sql.of("case jsonb_typeof({0}) when 'string' then ({0} #>> cast({1} as text[])) end",
                    value, Sql.inline("{}"));
            case JSON_SCALAR_TO_TEXT -> Sql.of(
                    "case jsonb_typeof({0}) when 'string' then ({0} #>> cast({1} as text[]))"
                            + " when 'boolean' then cast({0} as text)"
                            + " when 'number' then cast(trim_scale(cast({0} as numeric)) as text) end",
                    value, Sql.inline("{}"));
            case JSON_TO_NUMBER -> Sql.of("case when jsonb_typeof({0}) = 'number' and length(cast({0} as text)) <= "
                    + Conversions.MAX_JSON_NUMBER + " then cast({0} as numeric) end", value);
            case JSON_TO_BOOLEAN ->
                Sql.of("case jsonb_typeof({0}) when 'boolean' then cast({0} as boolean) end", value);
            case JSON_TO_LIST -> Sql.of("array(select nullif(\"expr_j\".\"v\", cast('null' as jsonb))"
                    + " from jsonb_array_elements(case jsonb_typeof({0}) when 'array' then {0} end)"
                    + " with ordinality as \"expr_j\"(\"v\", \"n\") order by \"expr_j\".\"n\")", value);
            case TEXT_TO_NUMBER -> matching(value, Conversions.NUMBER_PATTERN, "numeric", false);
            case TEXT_TO_DATE -> matching(value, Conversions.DATE_PATTERN, "date", true);
            case TEXT_TO_INSTANT -> matching(value, Conversions.INSTANT_PATTERN, "timestamptz", true);
            case TEXT_TO_TIME -> matching(value, Conversions.TIME_PATTERN, "time", false);
            case TEXT_TO_ID -> matching(value, Conversions.ID_PATTERN, "uuid", false);
            case NUMBER_TO_INTEGER -> Sql.of("trunc({0})", value.numeric());
        };
    }

    /** The cast, where the text has the form; {@code checked} where even then it may name no such day. */
    private static Sql matching(Sql text, String pattern, String type, boolean checked) {
        String valid = checked ? " and pg_input_is_valid({0}, '" + type + "')" : "";
        return Sql.of("case when {0} ~ {1}" + valid + " then cast({0} as " + type + ") end", text,
                Sql.text(pattern));
    }
}
