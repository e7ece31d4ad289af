package dev.objectos.runtime.schema;

import java.util.List;

/** One change of a business table. */
public sealed interface SchemaStep {

    /** The object whose table changes. */
    String object();

    /** The change in words. */
    String describe();

    /** Steps run phase after phase over all tables, so that what one needs from another is there. */
    default Phase phase() {
        return switch (this) {
            case KeepInStep _ -> Phase.RELEASE;
            case RetireTable _,DropTable _,EmptyTable _,RetireColumn _,DropColumn _,RenameField _ -> Phase.REMOVE;
            case ChangeType _ -> Phase.CHANGE;
            case CreateTable _ -> Phase.CREATE;
            case ReviveTable _,AddColumn _,ReviveColumn _,RetypeColumn _ -> Phase.COLUMNS;
            case ConvertColumn _,Backfill _ -> Phase.FILL;
            case AddConstraint _ -> Phase.CONSTRAIN;
            case ValidateConstraint _ -> Phase.VALIDATE;
            case AddIndex index -> index.created() ? Phase.CREATE : Phase.INDEX;
            case DropConstraint constraint -> constraint.superseded() ? Phase.SETTLE : Phase.RELEASE;
            case DropIndex index -> index.superseded() ? Phase.SETTLE : Phase.RELEASE;
        };
    }

    /** The order of the steps. */
    enum Phase {
        RELEASE, REMOVE, CHANGE, CREATE, COLUMNS, FILL, CONSTRAIN, VALIDATE, INDEX, SETTLE
    }

    /** A new table with its columns, keys and checks. */
    record CreateTable(TableModel table) implements SchemaStep {

        @Override
        public String object() {
            return table.object();
        }

        @Override
        public String describe() {
            return "create " + table.object() + " with " + table.columns().size() + " fields";
        }
    }

    /** An object that is no longer there; its records are kept. */
    record RetireTable(String object, String table) implements SchemaStep {

        @Override
        public String describe() {
            return "put " + object + " away, keeping its records";
        }
    }

    /** A retired object that is back. */
    record ReviveTable(String object, String table) implements SchemaStep {

        @Override
        public String describe() {
            return "bring " + object + " back with its records";
        }
    }

    /** An object that goes with its records. */
    record DropTable(String object, String table) implements SchemaStep {

        @Override
        public String describe() {
            return "delete " + object + " with all records";
        }
    }

    /** An object that goes with its records: these at once, the table when no node works with it. */
    record EmptyTable(String object, String table) implements SchemaStep {

        @Override
        public String describe() {
            return "delete all records of " + object;
        }
    }

    /** A new column. */
    record AddColumn(String object, String table, ColumnModel column) implements SchemaStep {

        @Override
        public String describe() {
            return "add column " + column.field() + " (" + column.type() + ") to " + object;
        }
    }

    /** A field that is no longer there; its values are kept. */
    record RetireColumn(String object, String table, String column, String field) implements SchemaStep {

        @Override
        public String describe() {
            return "put column " + field + " of " + object + " away, keeping its values";
        }
    }

    /** A retired field that is back. */
    record ReviveColumn(String object, String table, ColumnModel column) implements SchemaStep {

        @Override
        public String describe() {
            return "bring column " + column.field() + " of " + object + " back with its values";
        }
    }

    /** A field that goes with its values. */
    record DropColumn(String object, String table, String column, String field) implements SchemaStep {

        @Override
        public String describe() {
            return "delete column " + field + " of " + object + " with its values";
        }
    }

    /** A field with another name; its column keeps its own. */
    record RenameField(String object, String column, String from, String to) implements SchemaStep {

        @Override
        public String describe() {
            return "rename " + from + " of " + object + " to " + to;
        }
    }

    /**
     * Another column for a field whose type changes. What is written into one is written into both, until no node works with the
     * one of before.
     *
     * @param source the column of before
     * @param from the type it has
     * @param together the field's columns that are in use, this one the last
     */
    record RetypeColumn(String object, String table, ColumnModel column, String source, String from,
            List<InStep.Part> together) implements SchemaStep {

        @Override
        public String describe() {
            return "change column " + column.field() + " of " + object + " from " + from + " to " + column.type();
        }
    }

    /**
     * The values of the column of before, in batches.
     *
     * @param using SQL expression that turns an old value into a new one
     */
    record ConvertColumn(String object, String table, ColumnModel column, String using) implements SchemaStep {

        @Override
        public String describe() {
            return "convert the values of " + object + "." + column.field();
        }
    }

    /** Columns of a field that hold the same from now on; of a single one nothing is asked any more. */
    record KeepInStep(String object, InStep columns) implements SchemaStep {

        @Override
        public String describe() {
            return "keep the columns of " + object + "." + columns.identity() + " that are in use in step";
        }
    }

    /**
     * A column of a type that holds the same values and more.
     *
     * @param from the type it had
     * @param using SQL expression that turns an old value into a new one
     */
    record ChangeType(String object, String table, ColumnModel column, String from, String using)
            implements
                SchemaStep {

        @Override
        public String describe() {
            return "change column " + column.field() + " of " + object + " from " + from + " to " + column.type();
        }
    }

    /**
     * Values for rows that have none, or none that may stay; in batches.
     *
     * @param value SQL expression
     * @param condition which rows, called {@code t}; must not hold any more for a row that has got the value
     */
    record Backfill(String object, String table, String column, String field, String value, String condition)
            implements
                SchemaStep {

        @Override
        public String describe() {
            return value.equals("NULL")
                    ? "clear " + field + " of " + object + " where its value may not stay"
                    : "fill " + field + " of " + object + " with its default where it needs one";
        }
    }

    /**
     * A constraint, which holds for every row written from now on.
     *
     * @param validated whether no row can break it, so that none needs to be looked at
     */
    record AddConstraint(String object, String table, ConstraintModel constraint, boolean validated)
            implements
                SchemaStep {

        @Override
        public String describe() {
            String field = object + "." + String.join(", ", constraint.fields());
            return switch (constraint.kind()) {
                case PRIMARY_KEY -> "identify " + object + " by " + String.join(", ", constraint.fields());
                case REQUIRED -> "require " + field;
                case UNIQUE -> "make " + field + " unique";
                case REFERENCE -> "let " + field + " refer to existing records only";
                case OPTIONS -> "limit " + field + " to its options";
                case FINITE -> "limit " + field + " to finite numbers";
            };
        }
    }

    /** Looks whether the rows that were there before a constraint satisfy it. */
    record ValidateConstraint(String object, String table, String constraint, List<String> fields)
            implements
                SchemaStep {

        @Override
        public String describe() {
            return "check existing values of " + object + "." + String.join(", ", fields);
        }
    }

    /**
     * Takes a constraint away.
     *
     * @param superseded whether another column of the field has one of its own by then
     */
    record DropConstraint(String object, String table, String constraint, ConstraintKind kind, List<String> fields,
            boolean superseded) implements SchemaStep {

        @Override
        public String describe() {
            String field = object + "." + String.join(", ", fields);
            return switch (kind) {
                case REQUIRED -> "no longer require " + field;
                case REFERENCE -> "release the reference of " + field;
                case PRIMARY_KEY, UNIQUE, OPTIONS, FINITE -> "release the check of " + field;
            };
        }
    }

    /**
     * A new index.
     *
     * @param definition what DDL writes after the table's name
     * @param beside whether it is built beside running work, outside a transaction
     * @param created whether its table is new too
     */
    record AddIndex(String object, String table, IndexModel index, String definition, boolean beside,
            boolean created) implements SchemaStep {

        @Override
        public String describe() {
            String fields = object + "." + String.join(", ", index.fields());
            return switch (index.kind()) {
                case UNIQUE -> "make " + fields + " unique";
                case ORDERED, CONTAINED -> "index " + fields;
                case SEARCH -> "index " + fields + " for search";
            };
        }
    }

    /**
     * Takes an index away.
     *
     * @param superseded whether another column of the field has one of its own by then
     */
    record DropIndex(String object, String index, List<String> fields, boolean superseded) implements SchemaStep {

        @Override
        public String describe() {
            return "drop the index of " + object + "." + String.join(", ", fields);
        }
    }
}
