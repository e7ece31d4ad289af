package dev.objectos.runtime.expression;

/** From one type to another; what cannot be converted becomes null. */
enum Conversion {

    INTEGER_TO_NUMBER,
    /** The start of the day in UTC; null outside the years 1 to 9999. */
    DATE_TO_INSTANT,
    /** The date in UTC. */
    INSTANT_TO_DATE,
    /** Without an exponent and without zeros at the end of a fraction. */
    NUMBER_TO_TEXT, BOOLEAN_TO_TEXT,
    /** {@code 2026-01-31}; null outside the years 1 to 9999. */
    DATE_TO_TEXT,
    /** {@code 14:30:00} */
    TIME_TO_TEXT,
    /** {@code 2026-01-31T14:30:00Z}; null outside the years 1 to 9999. */
    INSTANT_TO_TEXT, ID_TO_TEXT,
    /** A JSON string's content; null for every other kind. */
    JSON_TO_TEXT,
    /** A JSON string, number or boolean as text. */
    JSON_SCALAR_TO_TEXT,
    /** A JSON number of at most 1,000 characters. */
    JSON_TO_NUMBER, JSON_TO_BOOLEAN,
    /** A JSON list's elements; none for every other kind. */
    JSON_TO_LIST,
    /** Digits with an optional sign and fraction. */
    TEXT_TO_NUMBER,
    /** {@code 2026-01-31} */
    TEXT_TO_DATE,
    /** {@code 2026-01-31T14:30:00Z} or with an offset. */
    TEXT_TO_INSTANT,
    /** {@code 14:30} or {@code 14:30:00} */
    TEXT_TO_TIME, TEXT_TO_ID,
    /** Cut towards zero. */
    NUMBER_TO_INTEGER
}
