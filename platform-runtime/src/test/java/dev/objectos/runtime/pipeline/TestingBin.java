package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.query.TestingQuery;
import dev.objectos.runtime.sql.WriteJson;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Firms with their people and what refers to these, deleted and brought back. */
record TestingBin(TestingWrites writes) implements AutoCloseable {

    private static final String[] OBJECTS = {"""
            name: firms
            label: Firm
            fields:
              name: {type: text, required: true, searchable: true}
              code: {type: text, unique: true}
              number: {type: autonumber, format: "F{000}"}
              worth: {type: currency, precision: 18, scale: 2}
              tags: {type: tags}
              extra: {type: json}
              since: {type: datetime}
              active: {type: boolean}
              upper: {type: formula, expression: "upper(record.name)", return_type: text}
              leader: {type: lookup, reference_to: people, on_delete: set_null}
              people: {type: summary, summary: {object: people, function: count}}
              youngest: {type: summary, summary: {object: people, field: age, function: min}}
            """, """
            name: people
            label: Person
            fields:
              name: {type: text, required: true}
              age: {type: integer}
              firm: {type: lookup, reference_to: firms, on_delete: cascade}
            """, """
            name: notes
            label: Note
            fields:
              text: {type: text}
              person: {type: master_detail, reference_to: people}
            """, """
            name: visits
            label: Visit
            fields:
              text: {type: text}
              firm: {type: lookup, reference_to: firms, on_delete: set_null}
              host: {type: lookup, reference_to: people, on_delete: set_null}
              guests: {type: lookup, reference_to: people, multiple: true}
            """, """
            name: deals
            label: Deal
            fields:
              text: {type: text}
              firm: {type: lookup, reference_to: firms, on_delete: restrict}
              person: {type: lookup, reference_to: people, on_delete: cascade, required: true}
            """, """
            name: odd
            fields:
              name: {type: text}
              r: {type: text}
              b: {type: text}
              t: {type: text}
              n: {type: text}
              change: {type: text}
              old: {type: text}
              new: {type: text}
              row: {type: text}
              current: {type: text}
              detail: {type: text}
              input: {type: text}
              excluded: {type: text}
              doc: {type: text}
              odd: {type: lookup, reference_to: odd}
            """, """
            name: logs
            label: Log
            enable: {trash: false}
            fields:
              text: {type: text}
            """};

    /** @param name of its database */
    static TestingBin fresh(String name) {
        return new TestingBin(TestingWrites.of(name, OBJECTS));
    }

    UUID create(String object, Map<String, @Nullable Object> values) {
        return writes.create(object, values).id();
    }

    RecordDocument restore(String object, UUID id) {
        return writes.bin().restore(object, id, writes.session());
    }

    long count(String object, UUID id) {
        return writes.number("select count(*) from data." + object + " where id = '" + id + "'");
    }

    @SuppressWarnings("unchecked")
    List<Map<String, Object>> binned(String object, String field, String value) {
        Query query = TestingQuery.of(object).where(TestingQuery.compare(field, Operator.EQ, value)).build();
        var page = (Map<String, Object>) Objects.requireNonNull(
                WriteJson.parse(writes.bin().query(query, writes.session()).toString()));
        return (List<Map<String, Object>>) Objects.requireNonNull(page.get("records"));
    }

    @Override
    public void close() {
        writes.close();
    }
}
