package dev.objectos.runtime.derived;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.plan.SummaryGraph;
import dev.objectos.runtime.schema.PhysicalSchema;
import dev.objectos.runtime.sql.SummarySql;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A stored field whose values the platform computes. */
sealed interface DerivedField {

    ObjectDefinition object();

    FieldDefinition field();

    /** What the values are computed by; another definition makes all of them stale. */
    String definition();

    /** The columns that decide about the values; whoever rewrites one makes them stale. */
    Set<Column> columns();

    /** A column of a business table. */
    record Column(String object, String name) {}

    /** Identifies the field in the ledger. */
    record Key(String object, String field) {}

    default Key key() {
        return new Key(object().name(), field().id());
    }

    /** Made of child records. */
    record Summary(SummaryGraph.Link link, String definition, Set<Column> columns) implements DerivedField {

        public Summary {
            columns = Set.copyOf(columns);
        }

        @Override
        public ObjectDefinition object() {
            return link.parent();
        }

        @Override
        public FieldDefinition field() {
            return link.field();
        }
    }

    /** Counted. Numbers once given stay, whatever the format becomes. */
    record Number(ObjectDefinition object, FieldDefinition field, FieldType.AutoNumber type, Set<Column> columns)
            implements
                DerivedField {

        public Number {
            columns = Set.copyOf(columns);
        }

        @Override
        public String definition() {
            return type.name();
        }
    }

    /** Those of a catalog, each after those that it is made of. */
    static List<DerivedField> of(Catalog catalog) {
        var fields = new ArrayList<DerivedField>();
        for (SummaryGraph.Link link : SummaryGraph.of(catalog).inOrder()) {
            var columns = new HashSet<Column>();
            columns.add(column(catalog, link.parent(), link.field()));
            link.inputs().stream().map(link.child().fields()::get).filter(FieldDefinition::stored)
                    .forEach(input -> columns.add(column(catalog, link.child(), input)));
            fields.add(new Summary(link, SummarySql.definition(catalog, link), columns));
        }
        for (ObjectDefinition object : catalog.objects()) {
            for (FieldDefinition field : object.fields().values()) {
                if (field.type() instanceof FieldType.AutoNumber type) {
                    fields.add(new Number(object, field, type, Set.of(column(catalog, object, field))));
                }
            }
        }
        return List.copyOf(fields);
    }

    private static Column column(Catalog catalog, ObjectDefinition object, FieldDefinition field) {
        return new Column(object.name(),
                PhysicalSchema.of(catalog).table(object.name()).column(field.name()).name());
    }
}
