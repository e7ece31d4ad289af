package dev.objectos.runtime.plan;

import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;

/** What can be done with a field's values in a query. */
enum ValueKind {

    TEXT, NUMBER, BOOLEAN, DATE, TIME, INSTANT, ID, LIST, JSON, VECTOR, SEALED;

    static ValueKind of(FieldType type) {
        return switch (type) {
            case FieldType.Text _,FieldType.Choice _,FieldType.AutoNumber _ -> TEXT;
            case FieldType.Decimal _,FieldType.Whole _ -> NUMBER;
            case FieldType.Bool _ -> BOOLEAN;
            case FieldType.Date _ -> DATE;
            case FieldType.Time _ -> TIME;
            case FieldType.Instant _ -> INSTANT;
            case FieldType.Id _,FieldType.Reference _ -> ID;
            case FieldType.References _,FieldType.Choices _ -> LIST;
            case FieldType.File file -> file.multiple() ? LIST : TEXT;
            case FieldType.Json _ -> JSON;
            case FieldType.Vector _ -> VECTOR;
            case FieldType.Password _,FieldType.Secret _ -> SEALED;
            case FieldType.Formula formula -> of(FieldValues.scalar(formula.returnType()));
            case FieldType.Summary summary -> of(FieldValues.scalar(summary.returnType()));
        };
    }

    /** Whether values have an order: they can be sorted by, and compared by more and less. */
    boolean ordered() {
        return switch (this) {
            case TEXT, NUMBER, BOOLEAN, DATE, TIME, INSTANT, ID -> true;
            case LIST, JSON, VECTOR, SEALED -> false;
        };
    }

    /** Whether equal values make a group. */
    boolean groupable() {
        return ordered() || this == LIST;
    }

    /** As messages name it. */
    String label() {
        return switch (this) {
            case TEXT -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case DATE -> "a date";
            case TIME -> "a time";
            case INSTANT -> "an instant";
            case ID -> "a record";
            case LIST -> "a list";
            case JSON -> "a JSON value";
            case VECTOR -> "a vector";
            case SEALED -> "a secret";
        };
    }
}
