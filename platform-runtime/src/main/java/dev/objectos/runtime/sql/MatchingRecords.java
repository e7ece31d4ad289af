package dev.objectos.runtime.sql;

import static dev.objectos.runtime.sql.WriteText.list;
import static dev.objectos.runtime.sql.WriteText.name;
import static dev.objectos.runtime.sql.WriteText.sql;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.schema.ColumnType;
import dev.objectos.runtime.schema.PhysicalColumn;
import dev.objectos.runtime.schema.PhysicalSchema;
import dev.objectos.runtime.schema.PhysicalTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.QueryPart;

/** Finds the records that have certain values, for many sets of values at once, and locks them against changes. */
public final class MatchingRecords {

    private MatchingRecords() {}

    /**
     * The ids of the records that match, for each key.
     *
     * @param fields by which records are matched
     * @param keys a value for each field, in its Java form
     * @param most how many records are looked at for each key
     */
    public static List<Set<UUID>> find(WriteConnection connection, Catalog catalog, ObjectDefinition object,
            List<String> fields, List<List<Object>> keys, int most) throws SQLException {
        PhysicalTable table = PhysicalSchema.of(catalog).table(object.name());
        var text = new WriteText();
        var columns = new ArrayList<QueryPart>();
        QueryPart match = StoredRecords.mine(text, table);
        columns.add(sql("\"ord:\" integer"));
        for (int i = 0; i < fields.size(); i++) {
            PhysicalColumn column = table.column(fields.get(i));
            columns.add(sql("{0} " + column.type().sql(), name("k" + i)));
            match = sql("{0} and t.{1} = k.{2}", match, name(column.name()), name("k" + i));
        }
        QueryPart id = name(table.column(SystemFields.ID).name());
        WriteStatement statement = text.statement(sql(
                "select k.\"ord:\", m.{0} from jsonb_to_recordset({1}) as k ({2}) cross join lateral ("
                        + "select t.{0} from {3} as t where {4} order by t.{0} limit " + most
                        + " for no key update) as m order by m.{0}",
                id, text.slot(new WriteSlot.Given(ColumnType.Base.JSONB, rows(keys)), "jsonb"), list(columns),
                name(PhysicalSchema.NAME, table.name()), match));
        var found = new ArrayList<Set<UUID>>();
        keys.forEach(_ -> found.add(new LinkedHashSet<>()));
        connection.rows(statement, (prepared, first) -> StoredRecords.bind(connection, statement, prepared, first),
                row -> found.get(row.getInt(1)).add(row.getObject(2, UUID.class)));
        return found;
    }

    private static List<Map<String, Object>> rows(List<List<Object>> keys) {
        var rows = new ArrayList<Map<String, Object>>(keys.size());
        for (List<Object> key : keys) {
            var row = new LinkedHashMap<String, Object>();
            row.put("ord:", rows.size());
            for (int i = 0; i < key.size(); i++) {
                row.put("k" + i, key.get(i));
            }
            rows.add(row);
        }
        return rows;
    }
}
