package dev.objectos.runtime.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the columns of one field in step while nodes work with different ones: whichever is written, the others take the value
 * over as far as their types can hold it.
 *
 * @param identity what the columns have in common
 * @param parts the columns, oldest first; with fewer than two there is nothing to keep
 */
record InStep(String table, String identity, List<Part> parts) {

    /** Set while a column is filled from another one, which must not be written back. */
    static final String CONVERTING = "app.converting";

    /** What the names of the triggers begin with, of which nothing else stands on business tables. */
    private static final String PREFIX = "in_step:";

    InStep {
        parts = List.copyOf(parts);
    }

    /** A column with its type. */
    record Part(String column, String type) {

        static Part of(PublishedTable.Column column) {
            return new Part(column.name(), column.type());
        }
    }

    List<String> sql() {
        return parts.size() < 2
                ? List.of("DROP TRIGGER IF EXISTS " + trigger() + " ON " + Ddl.table(table),
                        "DROP FUNCTION IF EXISTS " + function())
                : List.of("CREATE OR REPLACE FUNCTION " + function()
                        + " RETURNS trigger LANGUAGE plpgsql AS $in_step$\n" + body() + "$in_step$",
                        "CREATE OR REPLACE TRIGGER " + trigger() + " BEFORE INSERT OR UPDATE ON " + Ddl.table(table)
                                + " FOR EACH ROW EXECUTE FUNCTION " + function());
    }

    private String trigger() {
        return Ddl.name(PhysicalSchema.shorten(PREFIX + identity));
    }

    private String function() {
        return Ddl.table(PhysicalSchema.shorten(PREFIX + table + "." + identity)) + "()";
    }

    private String body() {
        var body = new StringBuilder("BEGIN\nIF current_setting('" + CONVERTING
                + "', true) = 'on' THEN RETURN NEW; END IF;\n");
        for (int written = parts.size() - 1; written >= 0; written--) {
            String column = Ddl.name(parts.get(written).column());
            body.append(written == parts.size() - 1 ? "IF" : "ELSIF").append(" NEW.").append(column)
                    .append(" IS DISTINCT FROM OLD.").append(column).append(" THEN\n");
            assignments(written).forEach(assignment -> body.append(assignment).append(";\n"));
        }
        return body.append("END IF;\nRETURN NEW;\nEND\n").toString();
    }

    private List<String> assignments(int written) {
        var assignments = new ArrayList<String>();
        for (int later = written + 1; later < parts.size(); later++) {
            assignments.add(assignment(parts.get(later - 1), parts.get(later)));
        }
        for (int earlier = written - 1; earlier >= 0; earlier--) {
            assignments.add(assignment(parts.get(earlier + 1), parts.get(earlier)));
        }
        return assignments;
    }

    private static String assignment(Part from, Part to) {
        return "NEW." + Ddl.name(to.column()) + " := "
                + TypeChange.of("(NEW." + Ddl.name(from.column()) + ")", from.type(), to.type()).using();
    }
}
