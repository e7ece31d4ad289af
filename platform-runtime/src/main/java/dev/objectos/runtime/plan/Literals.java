package dev.objectos.runtime.plan;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.InvalidValueException;
import dev.objectos.runtime.query.Operand;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Makes values of a field's type from what a query says, and refuses by the field's name. */
final class Literals {

    private static final int FIRST_YEAR = -4_000;
    private static final int LAST_YEAR = 290_000;
    private static final Instant FIRST = LocalDate.of(FIRST_YEAR, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();
    private static final Instant LAST = LocalDate.of(LAST_YEAR, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();

    private Literals() {}

    /** A truth value may be written as text, for a URL knows nothing else. */
    static Object parse(FieldType type, Object raw, String field) {
        if (type instanceof FieldType.Bool && raw instanceof String text) {
            if (text.equals("true") || text.equals("false")) {
                return Boolean.valueOf(text);
            }
        }
        if (raw instanceof Operand.DateMacro macro) {
            throw refused(field, "is no date and cannot be compared with "
                    + DateSpan.written(macro.name(), macro.argument()));
        }
        try {
            return inRange(FieldValues.parse(type, raw), field);
        } catch (InvalidValueException e) {
            throw refused(field, e.message());
        }
    }

    /** PostgreSQL knows no instant beyond the year 294276. */
    private static Object inRange(Object value, String field) {
        int year = switch (value) {
            case LocalDate date -> date.getYear();
            case Instant instant when instant.isAfter(LAST) -> Integer.MAX_VALUE;
            case Instant instant when instant.isBefore(FIRST) -> Integer.MIN_VALUE;
            default -> 0;
        };
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw refused(field, "is compared with a time too far away");
        }
        return value;
    }

    static DateSpan span(Operand.DateMacro macro, BindContext context, String field) {
        return DateSpan.of(macro, context.now(), context.session().zone())
                .orElseThrow(() -> refused(field, "is compared with " + DateSpan.written(macro.name(), macro.argument())
                        + ", which is no known span of time; use {today}, {this_month}, {last_n_days:7} or the like"));
    }

    /** Whether the text ends in an escape character that escapes nothing. */
    static boolean endsOpen(String pattern) {
        int backslashes = 0;
        for (int i = pattern.length() - 1; i >= 0 && pattern.charAt(i) == '\\'; i--) {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    static PlatformException refused(String field, String message) {
        return new PlatformException(RuntimeError.INVALID_FILTER, field + " " + message);
    }
}
