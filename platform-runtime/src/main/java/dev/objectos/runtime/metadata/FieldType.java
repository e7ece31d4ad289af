package dev.objectos.runtime.metadata;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a field holds. {@link #name()} is the canonical name of the YAML language; several names share one shape, and the
 * shape decides column, checks and JSON form.
 */
public sealed interface FieldType {

    /** Canonical type name, such as {@code currency}. */
    String name();

    /** Whether the value is computed and never written. */
    default boolean derived() {
        return switch (this) {
            case Formula _,Summary _,AutoNumber _ -> true;
            case Text _,Password _,Secret _,Decimal _,Whole _,Bool _,Date _,Time _,Instant _,Choice _,Choices _,Id _,Reference _,References _,File _,Json _,Vector _ ->
                false;
        };
    }

    /** The object whose records values name; empty: they name none. */
    default Optional<String> refersTo() {
        return switch (this) {
            case Reference reference -> Optional.of(reference.target());
            case References references -> Optional.of(references.target());
            case Text _,Password _,Secret _,Decimal _,Whole _,Bool _,Date _,Time _,Instant _,Choice _,Choices _,Id _,File _,Json _,Vector _,AutoNumber _,Formula _,Summary _ ->
                Optional.empty();
        };
    }

    /** text, textarea, markdown, html, richtext, code, email, url, phone, color: a {@code text} column. */
    record Text(String name, @Nullable Integer minLength, @Nullable Integer maxLength, @Nullable String pattern)
            implements
                FieldType {}

    /** Hashed, never read back: a {@code text} column. */
    record Password(@Nullable Integer minLength, @Nullable Integer maxLength) implements FieldType {

        @Override
        public String name() {
            return "password";
        }
    }

    /** Encrypted at rest, masked when read: a {@code text} column holding the sealed value. */
    record Secret() implements FieldType {

        @Override
        public String name() {
            return "secret";
        }
    }

    /**
     * number, currency, percent, rating, slider, progress: a {@code numeric} column.
     *
     * @param precision total digits; null: unlimited
     * @param scale digits after the point; null: unlimited
     */
    record Decimal(String name, @Nullable Integer precision, @Nullable Integer scale, @Nullable BigDecimal min,
            @Nullable BigDecimal max) implements FieldType {}

    /** integer: a {@code bigint} column. */
    record Whole(@Nullable BigDecimal min, @Nullable BigDecimal max) implements FieldType {

        @Override
        public String name() {
            return "integer";
        }
    }

    /** boolean, toggle: a {@code boolean} column. */
    record Bool(String name) implements FieldType {}

    /** A calendar date: a {@code date} column. */
    record Date() implements FieldType {

        @Override
        public String name() {
            return "date";
        }
    }

    /** A time of day without a zone: a {@code time} column. */
    record Time() implements FieldType {

        @Override
        public String name() {
            return "time";
        }
    }

    /** datetime: an instant, a {@code timestamptz} column. */
    record Instant() implements FieldType {

        @Override
        public String name() {
            return "datetime";
        }
    }

    /** select, radio: one of the options, a {@code text} column with a check. */
    record Choice(String name, List<SelectOption> options) implements FieldType {

        public Choice {
            options = List.copyOf(options);
        }
    }

    /**
     * multiselect, checkboxes, tags, and texts with {@code multiple: true}: a {@code text[]} column.
     *
     * @param options empty: any text
     */
    record Choices(String name, List<SelectOption> options) implements FieldType {

        public Choices {
            options = List.copyOf(options);
        }
    }

    /** The record's own identity, a UUIDv7 given by the platform: a {@code uuid} column. */
    record Id() implements FieldType {

        @Override
        public String name() {
            return "id";
        }
    }

    /** lookup, master_detail, user, tree: a {@code uuid} column with a foreign key. */
    record Reference(String name, String target, OnDelete onDelete) implements FieldType {}

    /** A lookup with {@code multiple: true}: a {@code uuid[]} column, each element checked when written. */
    record References(String name, String target) implements FieldType {}

    /**
     * file, image, avatar, video, audio, signature: a {@code text} column holding a file reference (an id of the file
     * store or an address), {@code text[]} where multiple.
     *
     * @param maxSize bytes; null: the server's limit
     */
    record File(String name, boolean multiple, @Nullable Long maxSize) implements FieldType {}

    /** json, object, composite, repeater, grid, location, address: a {@code jsonb} column. */
    record Json(String name, List<FieldDefinition> shape) implements FieldType {

        public Json {
            shape = List.copyOf(shape);
        }
    }

    /** Kept as {@code double precision[]}, so that what was written is read back as far as a double carries. */
    record Vector(@Nullable Integer dimension) implements FieldType {

        @Override
        public String name() {
            return "vector";
        }
    }

    /** A gap-free number per tenant, such as {@code INV-{YYYY}-{0000}}: a {@code text} column. */
    record AutoNumber(String format) implements FieldType {

        @Override
        public String name() {
            return "autonumber";
        }
    }

    /**
     * Computed from the record whenever it is read; has no column.
     *
     * @param returnType canonical name of a scalar type; {@link #INFERRED} only while the catalog is being loaded
     */
    record Formula(ExpressionSource expression, String returnType) implements FieldType {

        /** The author left it to the expression. */
        public static final String INFERRED = "";

        @Override
        public String name() {
            return "formula";
        }
    }

    /**
     * Computed from child records whenever one changes; a stored column.
     *
     * @param object the child object
     * @param reference the child's lookup to this object; null where the child has just one, resolved by the catalog
     * @param field the child's field; null for count
     * @param filter which children count; null: all
     * @param returnType canonical name of the result's scalar type: integer, number, date or datetime
     */
    record Summary(String object, @Nullable String reference, SummaryFunction function, @Nullable String field,
            @Nullable ExpressionSource filter, String returnType) implements FieldType {

        /** A summary of numbers. */
        public Summary(String object, @Nullable String reference, SummaryFunction function, @Nullable String field,
                @Nullable ExpressionSource filter) {
            this(object, reference, function, field, filter,
                    function == SummaryFunction.COUNT ? "integer" : "number");
        }

        @Override
        public String name() {
            return "summary";
        }
    }

    /** How a summary puts its children together. */
    enum SummaryFunction {
        COUNT, SUM, MIN, MAX, AVG
    }
}
