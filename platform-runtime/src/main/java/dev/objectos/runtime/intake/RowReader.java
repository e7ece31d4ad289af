package dev.objectos.runtime.intake;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.InvalidValueException;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.query.ImportOrder;
import dev.objectos.runtime.query.ImportOrder.WriteMode;
import dev.objectos.runtime.query.ImportOutcome;
import dev.objectos.runtime.query.ImportRow;
import dev.objectos.runtime.query.Mutation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes changes of rows. What cannot be read of a row is told together. */
final class RowReader {

    private final ImportOrder order;
    private final ObjectDefinition object;
    private final ImportColumns columns;
    private final RowMatch match;
    private final CellReader cells;
    private final LookupNames names;

    RowReader(ImportOrder order, ObjectDefinition object, ImportColumns columns, RowMatch match, CellReader cells,
            LookupNames names) {
        this.order = order;
        this.object = object;
        this.columns = columns;
        this.match = match;
        this.cells = cells;
        this.names = names;
    }

    /** What a row means: a change, or what has become of it already. */
    sealed interface Meaning {

        record Change(Mutation mutation) implements Meaning {}

        record Settled(ImportOutcome outcome) implements Meaning {}
    }

    /** The meaning of each row, in their order. */
    List<Meaning> read(List<ImportRow> rows) {
        names.begin();
        var read = new ArrayList<ReadRow>(rows.size());
        for (ImportRow row : rows) {
            read.add(new ReadRow(row));
        }
        names.find();
        return read.stream().map(ReadRow::meaning).toList();
    }

    /** The texts by which a row names records of the object itself, which may be made by rows before it. */
    Set<String> ownNames(ImportRow row) {
        var own = new LinkedHashSet<String>();
        for (ImportColumn column : columns.written()) {
            Object cell = cells.bare(row.cells().get(column.header()));
            if (cell != null && object.name().equals(ImportColumns.target(column.field().type()))) {
                texts(column.field().type(), cell).forEach(own::add);
            }
        }
        return own;
    }

    /** The texts by which a cell of a lookup names records; none where it cannot be read, which is told with its row. */
    private Stream<String> texts(FieldType type, Object cell) {
        try {
            return cells.names(type, cell).stream().filter(String.class::isInstance).map(String.class::cast);
        } catch (InvalidValueException _) {
            return Stream.empty();
        }
    }

    /** The texts of a row by which other rows may name its record. */
    Set<String> givenNames(ImportRow row) {
        var given = new LinkedHashSet<String>();
        for (ImportColumn column : columns.written()) {
            Object cell = cells.bare(row.cells().get(column.header()));
            if (cell != null && (column.field().externalId() || column.field().unique()
                    || column.field().name().equals(object.nameField()))) {
                text(column.field().type(), cell).ifPresent(given::add);
            }
        }
        return given;
    }

    /** The text that a cell means to a field; none where it cannot be read, which is told with its row. */
    private Optional<String> text(FieldType type, Object cell) {
        try {
            return cells.value(type, cell) instanceof String text ? Optional.of(text) : Optional.empty();
        } catch (InvalidValueException _) {
            return Optional.empty();
        }
    }

    /** A row whose cells are read, but for the names of other records. */
    private final class ReadRow {

        private final int number;
        private final @Nullable Object id;
        private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
        private final Set<String> blanks = new LinkedHashSet<>();
        private final Map<ImportColumn, List<Object>> lookups = new LinkedHashMap<>();
        private final List<FieldError> errors = new ArrayList<>();

        ReadRow(ImportRow row) {
            this.number = row.number();
            String idHeader = columns.idHeader();
            this.id = idHeader == null ? null : cells.bare(row.cells().get(idHeader));
            for (ImportColumn column : columns.written()) {
                if (row.cells().containsKey(column.header())) {
                    readCell(column, row.cells().get(column.header()));
                }
            }
        }

        private void readCell(ImportColumn column, @Nullable Object cell) {
            if (cells.cut(cell)) {
                errors.add(new FieldError(column.field().name(), "cut_off", column.field().label()
                        + " was cut off where a cell of a spreadsheet ends; import it from CSV or JSON"));
            } else {
                read(column, cells.bare(cell));
            }
        }

        private void read(ImportColumn column, @Nullable Object cell) {
            String field = column.field().name();
            FieldType type = column.field().type();
            if (cell == null) {
                blanks.add(field);
            } else if (!CellReader.concealed(type, cell)) {
                try {
                    if (ImportColumns.target(type) == null) {
                        values.put(field, cells.value(type, cell));
                    } else {
                        lookups.put(column, want(column, cells.names(type, cell)));
                    }
                } catch (InvalidValueException e) {
                    errors.add(new FieldError(field, e.code(), column.field().label() + " " + e.message()));
                }
            }
        }

        private List<Object> want(ImportColumn column, List<Object> named) {
            String target = String.valueOf(ImportColumns.target(column.field().type()));
            var wanted = new ArrayList<Object>(named.size());
            for (Object one : named) {
                Object name = one instanceof Map<?, ?> record ? known(record) : one;
                if (name instanceof String text && LookupNames.isName(text, column.by())) {
                    names.want(target, column.by(), text);
                }
                wanted.add(name);
            }
            return wanted;
        }

        /** A lookup as an expanded answer shows it. */
        private static Object known(Map<?, ?> record) {
            Object id = record.get(SystemFields.ID);
            return id == null ? record : id;
        }

        Meaning meaning() {
            lookups.forEach(this::resolve);
            if (!errors.isEmpty()) {
                return settled(ImportOutcome.failed(number, null, PlatformException.validation(object.name(), errors)));
            }
            if (values.isEmpty() && (id == null || order.writeMode() == WriteMode.INSERT)) {
                return settled(ImportOutcome.blank(number));
            }
            return order.writeMode() == WriteMode.INSERT ? insertion() : matched();
        }

        private Meaning insertion() {
            return new Meaning.Change(new Mutation.Create(object.name(), values));
        }

        private Meaning matched() {
            boolean creates = order.writeMode() == WriteMode.UPSERT;
            if (!match.fields().isEmpty() && match.fields().stream().allMatch(values::containsKey)) {
                return upsert(new Mutation.Match.Fields(match.fields()), creates);
            }
            if (match.id() && id != null) {
                return id instanceof String text && FieldValues.isId(text)
                        ? upsert(new Mutation.Match.Id(UUID.fromString(text)), creates)
                        : settled(ImportOutcome.failed(number, null,
                                PlatformException.validation(object.name(), List.of(new FieldError(SystemFields.ID,
                                        "invalid_type", "The id must be the id of a record")))));
            }
            if (creates && !order.skipBlankMatch()) {
                return insertion();
            }
            return settled(ImportOutcome.skipped(number, null, RuntimeError.RECORD_NOT_FOUND.name(),
                    "The row has no value to find its record by"));
        }

        private Meaning upsert(Mutation.Match by, boolean creates) {
            return new Meaning.Change(new Mutation.Upsert(object.name(), by, values, blanks, creates));
        }

        private void resolve(ImportColumn column, List<Object> named) {
            var ids = new ArrayList<Object>(named.size());
            String target = String.valueOf(ImportColumns.target(column.field().type()));
            for (Object one : named) {
                if (!(one instanceof String text) || !LookupNames.isName(text, column.by())) {
                    ids.add(one);
                    continue;
                }
                Set<UUID> found = names.of(target, column.by(), text);
                if (found.size() == 1) {
                    ids.add(found.iterator().next().toString());
                } else {
                    errors.add(found.isEmpty()
                            ? new FieldError(column.field().name(), "invalid_reference",
                                    column.field().label() + " refers to a record that does not exist")
                            : new FieldError(column.field().name(), "ambiguous_reference",
                                    column.field().label() + " fits several records; give the id"));
                    return;
                }
            }
            values.put(column.field().name(),
                    column.field().type() instanceof FieldType.References ? ids : ids.getFirst());
        }

        private Meaning settled(ImportOutcome outcome) {
            return new Meaning.Settled(outcome);
        }
    }
}
