package dev.objectos.runtime.plan;

import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.schema.ColumnType;
import dev.objectos.runtime.schema.PhysicalColumn;
import dev.objectos.runtime.schema.PhysicalTable;
import org.jspecify.annotations.Nullable;

/**
 * One occurrence of an object's table in a statement.
 *
 * @param number unique within the statement
 * @param earlier rows that take the place of the stored ones: a parameter with what was different about them; null: the stored
 * @param bin whether the object's records in the recycle bin stand for the table; they have the same columns
 */
public record Source(int number, PhysicalTable table, Scalar.@Nullable Parameter earlier, boolean bin) {

    private static final FieldType ID = new FieldType.Id();
    private static final PhysicalColumn TENANT = new PhysicalColumn("tenant_id", "tenant_id", ColumnType.of(ID));

    /** Its name in the statement. */
    public String alias() {
        return "t" + number;
    }

    /** A stored field. */
    Scalar.Column column(String field, FieldType type) {
        return new Scalar.Column(this, physical(field, type), type);
    }

    /** The column of a field that only records in the bin have; no other column has a colon in its name. */
    public static String binColumn(String field) {
        return "bin:" + field;
    }

    private PhysicalColumn physical(String field, FieldType type) {
        return bin && !table.columns().containsKey(field)
                ? new PhysicalColumn(field, binColumn(field), ColumnType.of(type))
                : table.column(field);
    }

    /** The identity of a row. */
    public Scalar.Column id() {
        return column("id", ID);
    }

    /** The tenant; only where the table is not global. */
    Scalar.Column tenant() {
        return new Scalar.Column(this, TENANT, ID);
    }
}
