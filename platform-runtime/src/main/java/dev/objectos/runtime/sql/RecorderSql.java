package dev.objectos.runtime.sql;

import static dev.objectos.runtime.sql.WriteText.list;
import static dev.objectos.runtime.sql.WriteText.name;
import static dev.objectos.runtime.sql.WriteText.sql;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.spi.ChangeRecorder;
import java.util.ArrayList;
import java.util.List;
import org.jooq.QueryPart;
import org.jooq.impl.DSL;

/** The rows that recorders add to a change, within its statement; {@code d} is the row that says what has changed. */
final class RecorderSql {

    private final Catalog catalog;
    private final List<ChangeRecorder> recorders;

    RecorderSql(Catalog catalog, List<ChangeRecorder> recorders) {
        this.catalog = catalog;
        this.recorders = List.copyOf(recorders);
    }

    /**
     * Adds a row for each recorder that takes the object.
     *
     * @param index tells several objects of one statement apart
     */
    void record(WriteText text, ObjectDefinition object, ChangeAction action, QueryPart detail, int index,
            List<QueryPart> steps) {
        for (int i = 0; i < recorders.size(); i++) {
            ChangeRecorder recorder = recorders.get(i);
            if (!recorder.records(object, catalog)) {
                continue;
            }
            var columns = new ArrayList<QueryPart>();
            var values = new ArrayList<QueryPart>();
            for (ChangeRecorder.Column column : recorder.columns()) {
                columns.add(name(column.name()));
                values.add(value(text, object, action, column.source()));
            }
            steps.add(sql("{0} as (insert into {1} ({2}) select {3} from {4} as d{5} where d.changed{6})",
                    name("recorder:" + i + ":" + index),
                    name(recorder.table().schema(), recorder.table().name()), list(columns), list(values), detail,
                    noting(text, recorder), noted(recorder)));
        }
    }

    private static QueryPart noting(WriteText text, ChangeRecorder recorder) {
        return notes(recorder).isEmpty()
                ? sql("")
                : sql(" cross join (select {0} as doc) as n", text.slot(new WriteSlot.Notes(), "jsonb"));
    }

    private static QueryPart noted(ChangeRecorder recorder) {
        QueryPart all = sql("");
        for (ChangeRecorder.Note note : notes(recorder)) {
            all = sql("{0} and {1} is not null", all, noted(note));
        }
        return all;
    }

    private static QueryPart noted(ChangeRecorder.Note note) {
        return sql("(n.doc -> cast(d.id as text) -> {0})", DSL.inline(note.key()));
    }

    private static List<ChangeRecorder.Note> notes(ChangeRecorder recorder) {
        return recorder.columns().stream().map(ChangeRecorder.Column::source)
                .filter(ChangeRecorder.Note.class::isInstance).map(ChangeRecorder.Note.class::cast).toList();
    }

    private QueryPart value(WriteText text, ObjectDefinition object, ChangeAction action,
            ChangeRecorder.Source source) {
        return switch (source) {
            case ChangeRecorder.Part part -> switch (part) {
                case TENANT -> text.slot(new WriteSlot.Tenant(), "uuid");
                case OBJECT -> DSL.inline(object.name());
                case RECORD -> sql("d.id");
                case ACTION -> DSL.inline(action.word());
                case CHANGES -> sql("d.changes");
                case VERSION -> sql("d.version");
                case AT -> text.slot(new WriteSlot.Now(), "timestamptz");
            };
            case ChangeRecorder.Note note -> noted(note);
            case ChangeRecorder.FromObject known -> value(text, object, action,
                    known.source().apply(object, catalog));
            case ChangeRecorder.FromSession known -> text.slot(new WriteSlot.Recorded(known), known.sqlType());
        };
    }
}
