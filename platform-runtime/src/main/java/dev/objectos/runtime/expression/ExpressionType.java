package dev.objectos.runtime.expression;

import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import org.jspecify.annotations.Nullable;

/**
 * What an expression yields. A number is exact; {@link #INTEGER} is the number that has no fraction and fits 64 bits, and
 * mixes freely with {@link #DECIMAL}.
 */
public sealed interface ExpressionType {

    ExpressionType TEXT = new Scalar("text");
    ExpressionType DECIMAL = new Scalar("number");
    ExpressionType INTEGER = new Scalar("integer");
    ExpressionType BOOLEAN = new Scalar("boolean");
    ExpressionType DATE = new Scalar("date");
    ExpressionType TIME = new Scalar("time");
    ExpressionType INSTANT = new Scalar("datetime");

    /** A span of time, in seconds; only inside expressions, no field holds one. */
    ExpressionType DURATION = new Scalar("duration");

    /** Whatever a JSON field holds; its members are JSON again. */
    ExpressionType JSON = new Scalar("json");

    /** The type of {@code null}, which fits every other. */
    ExpressionType NULL = new Scalar("null");

    /** A type without parts. */
    record Scalar(String name) implements ExpressionType {

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * The id of a record.
     *
     * @param object whose record; null: of an object that is not known
     */
    record Reference(@Nullable String object) implements ExpressionType {

        @Override
        public String toString() {
            return object == null ? "id" : "id of " + object;
        }
    }

    /** Several values of one type. */
    record ListOf(ExpressionType element) implements ExpressionType {

        @Override
        public String toString() {
            return "list of " + element;
        }
    }

    static ExpressionType reference(@Nullable String object) {
        return new Reference(object);
    }

    static ExpressionType list(ExpressionType element) {
        return new ListOf(element);
    }

    /** The type of a field's values; their Java forms are those of {@link FieldValues}. */
    static ExpressionType of(FieldType type) {
        return switch (type) {
            case FieldType.Text _,FieldType.Password _,FieldType.Secret _,FieldType.Choice _,FieldType.AutoNumber _ ->
                TEXT;
            case FieldType.Decimal _ -> DECIMAL;
            case FieldType.Whole _ -> INTEGER;
            case FieldType.Bool _ -> BOOLEAN;
            case FieldType.Date _ -> DATE;
            case FieldType.Time _ -> TIME;
            case FieldType.Instant _ -> INSTANT;
            case FieldType.Id _ -> reference(null);
            case FieldType.Reference reference -> reference(reference.target());
            case FieldType.References references -> list(reference(references.target()));
            case FieldType.Choices _ -> list(TEXT);
            case FieldType.File file -> file.multiple() ? list(TEXT) : TEXT;
            case FieldType.Json _ -> JSON;
            case FieldType.Vector _ -> list(DECIMAL);
            case FieldType.Formula formula -> of(FieldValues.scalar(formula.returnType()));
            case FieldType.Summary summary -> of(FieldValues.scalar(summary.returnType()));
        };
    }
}
