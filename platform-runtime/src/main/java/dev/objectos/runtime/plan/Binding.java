package dev.objectos.runtime.plan;

import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.spi.SessionValue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the value of a parameter comes from. Values are in the Java forms of {@link FieldValues}; a value of the wrong type
 * is {@code INVALID_FILTER}, naming the field.
 */
public sealed interface Binding {

    /** The value for one request. */
    @Nullable
    Object value(BindContext context);

    /** What every request knows. */
    enum Known implements Binding {

        TENANT, RECORD_ID, OFFSET, NOW, TODAY, ZONE, EARLIER_ROWS;

        @Override
        public @Nullable Object value(BindContext context) {
            return switch (this) {
                case TENANT -> context.session().tenant();
                case RECORD_ID -> context.values().id();
                case OFFSET -> (long) context.values().offset();
                case NOW -> context.now().truncatedTo(ChronoUnit.MICROS);
                case TODAY -> LocalDate.ofInstant(context.now(), context.session().zone());
                case ZONE -> postgresName(context.session().zone());
                case EARLIER_ROWS -> context.values().literals().getLast();
            };
        }

        /** PostgreSQL reads {@code +02:00} as west of Greenwich unless it is written the POSIX way. */
        private static String postgresName(ZoneId zone) {
            if (!(zone.normalized() instanceof ZoneOffset offset)) {
                return zone.getId();
            }
            int seconds = offset.getTotalSeconds();
            int absolute = Math.abs(seconds);
            return String.format("<X>%s%02d:%02d:%02d", seconds > 0 ? "-" : "+", absolute / 3600, absolute / 60 % 60,
                    absolute % 60);
        }
    }

    /** A literal of the query, as a value of the field's type. */
    record Literal(RawValue literal, FieldType type, String field) implements Binding {

        @Override
        public Object value(BindContext context) {
            return Literals.parse(type, literal.of(context), field);
        }
    }

    /** A list of literals of the query; a single one makes a list of one. */
    record LiteralList(RawValue literal, FieldType element, String field, boolean oneWillDo) implements Binding {

        @Override
        public Object value(BindContext context) {
            Object raw = literal.of(context);
            if (!(raw instanceof List<?> values)) {
                if (!oneWillDo) {
                    throw Literals.refused(field, "must be compared with a list");
                }
                return List.of(Literals.parse(element, raw, field));
            }
            var parsed = new ArrayList<>(values.size());
            for (Object value : values) {
                parsed.add(Literals.parse(element, Objects.requireNonNull(value), field));
            }
            return parsed;
        }
    }

    /** The edge of the span of time that a literal or date macro of the query means for a date or an instant. */
    record SpanEdge(RawValue literal, FieldType type, String field, boolean end) implements Binding {

        @Override
        public Object value(BindContext context) {
            Object raw = literal.of(context);
            return ValueKind.of(type) == ValueKind.DATE ? day(raw, context) : instant(raw, context);
        }

        private LocalDate day(Object raw, BindContext context) {
            if (raw instanceof Operand.DateMacro macro) {
                DateSpan span = Literals.span(macro, context, field);
                return end ? span.until() : span.from();
            }
            LocalDate day = (LocalDate) Literals.parse(type, raw, field);
            return end ? day.plusDays(1) : day;
        }

        private Instant instant(Object raw, BindContext context) {
            ZoneId zone = context.session().zone();
            if (raw instanceof Operand.DateMacro(String name, Integer argument) && name.equals("now")
                    && argument == null) {
                return edge(context.now());
            }
            if (raw instanceof Operand.DateMacro macro) {
                DateSpan span = Literals.span(macro, context, field);
                return end ? span.end(zone) : span.start(zone);
            }
            if (raw instanceof String text && text.length() == "2026-01-31".length()) {
                LocalDate day = (LocalDate) Literals.parse(new FieldType.Date(), text, field);
                return (end ? day.plusDays(1) : day).atStartOfDay(zone).toInstant();
            }
            return edge((Instant) Literals.parse(type, raw, field));
        }

        /** An instant is the microsecond that begins with it, for that is what PostgreSQL can tell apart. */
        private Instant edge(Instant instant) {
            Instant start = instant.truncatedTo(ChronoUnit.MICROS);
            return end ? start.plus(1, ChronoUnit.MICROS) : start;
        }
    }

    /** A text literal of the query made into a pattern. */
    record Pattern(RawValue literal, Form form, String field) implements Binding {

        private static final FieldType TEXT = new FieldType.Text("text", null, null, null);

        @Override
        public Object value(BindContext context) {
            String text = (String) Literals.parse(TEXT, literal.of(context), field);
            if (form == Form.AS_WRITTEN && Literals.endsOpen(text)) {
                throw Literals.refused(field, "is compared with a pattern that ends in a single \\");
            }
            return form.pattern(text);
        }
    }

    /** A word that is searched for, anywhere in a text. */
    record Word(int index) implements Binding {

        @Override
        public Object value(BindContext context) {
            return Form.ANYWHERE.pattern(context.values().words().get(index));
        }
    }

    /** The same value in every request. */
    record Fixed(Object fixed) implements Binding {

        @Override
        public Object value(BindContext context) {
            return fixed;
        }
    }

    /** Something that the session knows. */
    record OfSession(SessionValue source) implements Binding {

        @Override
        public @Nullable Object value(BindContext context) {
            return source.of(context.session());
        }
    }

    /** Texts that the session knows; ids among them in their written form. */
    record TextsOfSession(SessionValue source) implements Binding {

        @Override
        public @Nullable Object value(BindContext context) {
            return source.of(context.session()) instanceof List<?> values
                    ? values.stream().map(String::valueOf).toList()
                    : null;
        }
    }

    /** The value of a key of the order where the cursor stands, in PostgreSQL's text form. */
    record CursorKey(int index) implements Binding {

        @Override
        public @Nullable Object value(BindContext context) {
            return Objects.requireNonNull(context.values().cursor()).keys().get(index);
        }
    }

    /**
     * The value of a key of an order where one of several cursors stands, in PostgreSQL's text form.
     *
     * @param digest of the order, which the cursor must carry
     */
    record KeyOfCursor(RawValue.Position cursor, int index, String digest) implements Binding {

        @Override
        public @Nullable Object value(BindContext context) {
            Cursor given = cursor.of(context);
            if (!given.digest().equals(digest)) {
                throw Cursor.otherOrder();
            }
            return given.keys().get(index);
        }
    }

    /** Where a text must stand in another. */
    enum Form {

        ANYWHERE, AT_START, AT_END, AS_WRITTEN;

        private String pattern(String text) {
            return switch (this) {
                case ANYWHERE -> "%" + escape(text) + "%";
                case AT_START -> escape(text) + "%";
                case AT_END -> "%" + escape(text);
                case AS_WRITTEN -> text;
            };
        }

        private static String escape(String text) {
            return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        }
    }
}
