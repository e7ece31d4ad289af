package dev.objectos.runtime.schema;

import static dev.objectos.runtime.metadata.SystemFields.TENANT_ID;

import dev.objectos.runtime.database.DatabaseRoles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The statements of each step that runs inside a transaction; the ledger's entry is committed with them. */
record StepSql(DatabaseRoles roles) {

    private static final String TENANT = Ddl.name(TENANT_ID)
            + " = nullif(current_setting('app.tenant', true), '')::uuid";
    private static final String GLOBAL_WRITE = "current_setting('app.global_write', true) = 'on'";
    private static final String PUBLISH = "current_setting('app.publish', true) = 'on'";

    List<String> of(SchemaStep step) {
        return switch (step) {
            case SchemaStep.CreateTable create -> create(create.table());
            case SchemaStep.DropTable drop -> List.of("DROP TABLE " + Ddl.table(drop.table()));
            case SchemaStep.EmptyTable empty -> empty(empty);
            case SchemaStep.AddColumn add -> add(add);
            case SchemaStep.RetypeColumn retype -> retype(retype);
            case SchemaStep.KeepInStep keep -> keep.columns().sql();
            case SchemaStep.DropColumn drop -> List
                    .of(alter(drop.table()) + "DROP COLUMN " + Ddl.name(drop.column()));
            case SchemaStep.ChangeType change -> change(change);
            case SchemaStep.AddConstraint add -> List.of(alter(add.table()) + constraint(add.constraint())
                    + (add.validated() ? "" : " NOT VALID"));
            case SchemaStep.ValidateConstraint validate -> List
                    .of(alter(validate.table()) + "VALIDATE CONSTRAINT " + Ddl.name(validate.constraint()));
            case SchemaStep.DropConstraint drop -> List
                    .of(alter(drop.table()) + "DROP CONSTRAINT " + Ddl.name(drop.constraint()));
            case SchemaStep.AddIndex add -> List.of(index(add, ""));
            case SchemaStep.DropIndex drop -> List.of("DROP INDEX " + Ddl.table(drop.index()));
            case SchemaStep.RetireTable _,SchemaStep.ReviveTable _,SchemaStep.RetireColumn _,SchemaStep.ReviveColumn _,SchemaStep.RenameField _ ->
                List.of();
            case SchemaStep.Backfill _,SchemaStep.ConvertColumn _ ->
                throw new IllegalArgumentException("runs in batches");
        };
    }

    /**
     * @param manner empty, or {@code CONCURRENTLY}
     */
    static String index(SchemaStep.AddIndex add, String manner) {
        return "CREATE " + (add.index().unique() ? "UNIQUE " : "") + "INDEX " + manner + Ddl.name(add.index().name())
                + " ON " + Ddl.table(add.table()) + " " + add.definition();
    }

    private List<String> create(TableModel table) {
        var lines = new ArrayList<String>();
        if (!table.global()) {
            lines.add(Ddl.name(TENANT_ID) + " uuid NOT NULL");
        }
        for (ColumnModel column : table.columns().values()) {
            lines.add(column(column) + (column.defaultTo() == null ? "" : " DEFAULT " + column.defaultTo()));
        }
        for (ConstraintModel constraint : table.constraints().values()) {
            if (constraint.kind() != ConstraintKind.REFERENCE) {
                lines.add("CONSTRAINT " + Ddl.name(constraint.name()) + " " + constraint.definition());
            }
        }
        String name = Ddl.table(table.name());
        var statements = new ArrayList<String>();
        // Room on each page lets an update that touches no index stay on it.
        statements.add("CREATE TABLE " + name + lines.stream().collect(Collectors.joining(", ", " (", ")"))
                + " WITH (fillfactor = 90)");
        statements.add("ALTER TABLE " + name + " ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY");
        statements.add(policy("publish", name, "TO " + Ddl.name(roles.owner()), PUBLISH, true));
        if (table.global()) {
            statements.add(policy("everybody_reads", name, "FOR SELECT", "true", false));
            statements.add(policy("administrators_write", name, "", GLOBAL_WRITE, true));
        } else {
            statements.add(policy("tenant", name, "", TENANT, true));
        }
        return statements;
    }

    private static String policy(String policy, String table, String scope, String condition, boolean writes) {
        return "CREATE POLICY " + policy + " ON " + table + " " + scope + " USING (" + condition + ")"
                + (writes ? " WITH CHECK (" + condition + ")" : "");
    }

    /** With the records in the recycle bin, and the numbers given so far. */
    private static List<String> empty(SchemaStep.EmptyTable empty) {
        String object = " WHERE object = " + Ddl.text(empty.object());
        return List.of("TRUNCATE " + Ddl.table(empty.table()),
                "DELETE FROM platform.recycle_reference r USING platform.recycle_bin b WHERE b.object = "
                        + Ddl.text(empty.object())
                        + " AND r.tenant_id = b.tenant_id AND r.deletion = b.deletion AND r.target = b.record_id",
                "DELETE FROM platform.recycle_reference" + object, "DELETE FROM platform.recycle_bin" + object,
                "DELETE FROM platform.counter" + object);
    }

    private static List<String> retype(SchemaStep.RetypeColumn retype) {
        ColumnModel column = retype.column();
        var statements = new ArrayList<String>();
        statements.add(alter(retype.table()) + "ADD COLUMN " + column(column));
        if (column.defaultTo() != null) {
            statements.add(alter(retype.table()) + "ALTER COLUMN " + Ddl.name(column.name()) + " SET DEFAULT "
                    + column.defaultTo());
        }
        statements.addAll(new InStep(retype.table(), column.identity(), retype.together()).sql());
        return statements;
    }

    private static List<String> change(SchemaStep.ChangeType change) {
        ColumnModel column = change.column();
        String alter = alter(change.table()) + "ALTER COLUMN " + Ddl.name(column.name());
        var statements = new ArrayList<String>();
        statements.add(alter + " DROP DEFAULT");
        statements.add(alter + " TYPE " + type(column.type()) + " USING " + change.using());
        if (column.defaultTo() != null) {
            statements.add(alter + " SET DEFAULT " + column.defaultTo());
        }
        return statements;
    }

    private static List<String> add(SchemaStep.AddColumn add) {
        ColumnModel column = add.column();
        String fill = column.defaultTo() == null ? column.fill() : column.defaultTo();
        var statements = new ArrayList<String>();
        // A constant default is kept in the catalog for the rows that exist; none of them is rewritten.
        statements.add(
                alter(add.table()) + "ADD COLUMN " + column(column) + (fill == null ? "" : " DEFAULT " + fill));
        if (fill != null && column.defaultTo() == null) {
            statements.add(alter(add.table()) + "ALTER COLUMN " + Ddl.name(column.name()) + " DROP DEFAULT");
        }
        return statements;
    }

    private static String column(ColumnModel column) {
        return Ddl.name(column.name()) + " " + type(column.type());
    }

    /** Text sorts by code point on every server, whatever the database's own locale, and knows the case of all letters. */
    private static String type(String type) {
        return type.startsWith("text") ? type + " COLLATE pg_catalog.pg_c_utf8" : type;
    }

    private static String constraint(ConstraintModel constraint) {
        return "ADD CONSTRAINT " + Ddl.name(constraint.name()) + " " + constraint.definition();
    }

    private static String alter(String table) {
        return "ALTER TABLE " + Ddl.table(table) + " ";
    }
}
