package dev.objectos.runtime.schema;

import static dev.objectos.runtime.metadata.SystemFields.CREATED_AT;
import static dev.objectos.runtime.metadata.SystemFields.CREATED_BY;
import static dev.objectos.runtime.metadata.SystemFields.ID;
import static dev.objectos.runtime.metadata.SystemFields.TENANT_ID;
import static dev.objectos.runtime.metadata.SystemFields.UPDATED_AT;
import static dev.objectos.runtime.metadata.SystemFields.UPDATED_BY;
import static dev.objectos.runtime.metadata.SystemFields.VERSION;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.IndexDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SelectOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The tables that a catalog needs, in full: a pure function of the catalog. Views are made by who brings them.
 *
 * @param tables by object
 */
record SchemaModel(Map<String, TableModel> tables) {

    /** Set on every row, by new rows' defaults at the latest. */
    private static final Map<String, String> ALWAYS = Map.of(ID, "uuidv7()", VERSION, "1", CREATED_AT, "now()",
            UPDATED_AT, "now()");

    /** Updates change them again and again; an index would make every such update dearer and serves no list. */
    private static final Set<String> NEVER_INDEXED = Set.of(CREATED_BY, UPDATED_BY);

    /** Newest first is how most lists are looked at; records that came together have one moment. Neither ever changes. */
    private static final List<String> ORDER_OF_CREATION = List.of(CREATED_AT, ID);

    SchemaModel {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    static SchemaModel of(Catalog catalog) {
        return catalog.derive(SchemaModel.class, SchemaModel::read);
    }

    private static SchemaModel read(Catalog catalog) {
        var tables = new LinkedHashMap<String, TableModel>();
        for (ObjectDefinition object : catalog.objects()) {
            if (!object.view()) {
                tables.put(object.name(), new Reader(catalog, object).read());
            }
        }
        return new SchemaModel(tables);
    }

    /** Reads one object. */
    private static final class Reader {

        private final Catalog catalog;
        private final ObjectDefinition object;
        private final PhysicalTable physical;
        private final Map<String, ColumnModel> columns = new LinkedHashMap<>();
        private final Map<String, ConstraintModel> constraints = new LinkedHashMap<>();
        private final Map<String, IndexModel> indexes = new LinkedHashMap<>();

        Reader(Catalog catalog, ObjectDefinition object) {
            this.catalog = catalog;
            this.object = object;
            this.physical = PhysicalSchema.of(catalog).table(object.name());
        }

        TableModel read() {
            String key = object.global() ? "" : Ddl.name(TENANT_ID) + ", ";
            constrain(ConstraintKind.PRIMARY_KEY, List.of(ID), "PRIMARY KEY (" + key + Ddl.name(ID) + ")", "false");
            for (FieldDefinition field : object.fields().values()) {
                if (field.stored()) {
                    read(field);
                }
            }
            if (physical.columns().keySet().containsAll(ORDER_OF_CREATION)) {
                index(IndexModel.Kind.ORDERED, ORDER_OF_CREATION);
            }
            for (IndexDefinition index : object.indexes()) {
                if (!index.fields().isEmpty() && index.fields().stream().allMatch(physical.columns()::containsKey)) {
                    index(index.unique() ? IndexModel.Kind.UNIQUE : kind(index.fields()), index.fields());
                }
            }
            if (!physical.searchable().isEmpty()) {
                index(IndexModel.Kind.SEARCH, physical.searchable());
            }
            return new TableModel(object.name(), physical.name(), object.global(), columns, constraints,
                    withoutDuplicates());
        }

        private void read(FieldDefinition field) {
            PhysicalColumn column = physical.column(field.name());
            String always = field.type() instanceof FieldType.Summary summary
                    && summary.function() == FieldType.SummaryFunction.COUNT ? "0" : null;
            if (field.system()) {
                always = ALWAYS.get(field.name());
            }
            columns.put(column.name(), new ColumnModel(column.name(), field.name(), column.type().sql(), always,
                    ConstantSql.fill(field), column.identity(), column.generation()));
            boolean alwaysSet = always != null && !field.name().equals(ID);
            // What one tenant requires, the records of the others do not have.
            if (alwaysSet || (field.required() && !field.type().derived() && field.tenant() == null)) {
                String name = Ddl.name(column.name());
                constrain(ConstraintKind.REQUIRED, List.of(field.name()), "NOT NULL " + name, name + " IS NULL");
            }
            check(field, column);
            index(field);
        }

        private void check(FieldDefinition field, PhysicalColumn column) {
            String name = Ddl.name(column.name());
            List<String> fields = List.of(field.name());
            switch (field.type()) {
                case FieldType.Choice choice when !choice.options().isEmpty() -> check(ConstraintKind.OPTIONS, fields,
                        name + " IN (" + Ddl.texts(values(choice.options())) + ")");
                case FieldType.Choices choices when !choices.options().isEmpty() -> check(ConstraintKind.OPTIONS,
                        fields, name + " <@ ARRAY[" + Ddl.texts(values(choices.options())) + "]::text[]");
                case FieldType.Reference reference -> reference(field, reference, name);
                case FieldType.Decimal _ -> check(ConstraintKind.FINITE, fields,
                        name + " NOT IN ('NaN', 'Infinity', '-Infinity')");
                case FieldType.Text _,FieldType.Password _,FieldType.Secret _,FieldType.Choice _,FieldType.Choices _,FieldType.Whole _,FieldType.Bool _,FieldType.Date _,FieldType.Time _,FieldType.Instant _,FieldType.Id _,FieldType.References _,FieldType.File _,FieldType.Json _,FieldType.Vector _,FieldType.AutoNumber _,FieldType.Formula _,FieldType.Summary _ -> {
                    // The type says it all.
                }
            }
        }

        private void reference(FieldDefinition field, FieldType.Reference reference, String column) {
            ObjectDefinition target = catalog.object(reference.target()).orElseThrow();
            String table = Ddl.table(PhysicalSchema.of(catalog).table(target.name()).name());
            String id = Ddl.name(ID);
            String tenant = Ddl.name(TENANT_ID);
            // A row without a tenant cannot name a row of one.
            String dangling = column + " IS NOT NULL AND NOT EXISTS (SELECT FROM " + table + " r WHERE r." + id
                    + " = t." + column;
            if (target.global()) {
                constrain(ConstraintKind.REFERENCE, List.of(field.name()),
                        "FOREIGN KEY (" + column + ") REFERENCES " + table + " (" + id + ") DEFERRABLE",
                        dangling + ")");
            } else if (!object.global()) {
                constrain(ConstraintKind.REFERENCE, List.of(field.name()), "FOREIGN KEY (" + tenant + ", " + column
                        + ") REFERENCES " + table + " (" + tenant + ", " + id + ") DEFERRABLE",
                        dangling + " AND r."
                                + tenant + " = t." + tenant + ")");
            }
        }

        private void check(ConstraintKind kind, List<String> fields, String condition) {
            constrain(kind, fields, "CHECK (" + condition + ")", "NOT (" + condition + ")");
        }

        private void index(FieldDefinition field) {
            List<String> fields = List.of(field.name());
            boolean lookup = field.type() instanceof FieldType.Reference && !NEVER_INDEXED.contains(field.name());
            boolean wanted = field.indexed() || field.externalId() || lookup
                    || field.type() instanceof FieldType.References;
            if (field.unique()) {
                index(IndexModel.Kind.UNIQUE, fields);
            } else if (wanted) {
                index(kind(fields), fields);
            }
        }

        /** A list is asked what it has in it, never for its place in an order. */
        private IndexModel.Kind kind(List<String> fields) {
            return fields.size() > 1
                    ? IndexModel.Kind.ORDERED
                    : switch (physical.column(fields.getFirst()).type().base()) {
                        case TEXT_ARRAY, UUID_ARRAY, JSONB -> IndexModel.Kind.CONTAINED;
                        case TEXT, NUMERIC, BIGINT, BOOLEAN, DATE, TIME, TIMESTAMPTZ, UUID, DOUBLE_ARRAY ->
                            IndexModel.Kind.ORDERED;
                    };
        }

        private void constrain(ConstraintKind kind, List<String> fields, String definition, String violated) {
            List<String> over = columnsOf(fields);
            String name = ConstraintNames.of(physical.name(), switch (kind) {
                case PRIMARY_KEY -> "key";
                case REQUIRED -> "required";
                case UNIQUE -> "unique";
                case REFERENCE -> "reference";
                case OPTIONS -> "options";
                case FINITE -> "finite";
            }, over);
            constraints.put(name, new ConstraintModel(name, kind, fields, over, definition, violated));
        }

        private void index(IndexModel.Kind kind, List<String> fields) {
            List<String> over = columnsOf(fields);
            // The columns of a search index come and go; its purpose names it alone.
            String name = ConstraintNames.of(physical.name(), switch (kind) {
                case ORDERED -> "index";
                case UNIQUE -> "unique";
                case CONTAINED -> "contained";
                case SEARCH -> "search";
            }, kind == IndexModel.Kind.SEARCH ? List.of() : over);
            indexes.put(name, new IndexModel(name, kind, fields, over));
        }

        private List<String> columnsOf(List<String> fields) {
            return fields.stream().map(field -> physical.column(field).name()).toList();
        }

        /** Without those whose columns another one begins with. */
        private Map<String, IndexModel> withoutDuplicates() {
            var kept = new LinkedHashMap<String, IndexModel>();
            for (IndexModel index : indexes.values()) {
                boolean covered = index.kind() == IndexModel.Kind.ORDERED
                        && indexes.values().stream().anyMatch(other -> !other.equals(index)
                                && (other.unique() || other.kind() == IndexModel.Kind.ORDERED)
                                && other.columns().size() >= index.columns().size()
                                && other.columns().subList(0, index.columns().size()).equals(index.columns()));
                if (!covered) {
                    kept.put(index.name(), index);
                }
            }
            return kept;
        }

        private static List<String> values(List<SelectOption> options) {
            var values = new ArrayList<String>();
            for (SelectOption option : options) {
                values.add(Objects.requireNonNull(option.value()));
            }
            return values;
        }
    }
}
