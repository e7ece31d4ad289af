package dev.objectos.runtime.sql;

import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.SelectOption;
import dev.objectos.runtime.plan.Projection;
import dev.objectos.runtime.plan.Scalar;
import dev.objectos.runtime.plan.Source;
import dev.objectos.runtime.schema.ColumnType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The columns of a page in the making. All are text, so that no change of a field's type changes what a statement gives. */
final class PageColumns {

    /** Bytes that values of numbers, dates and identities have at most, as text. */
    private static final int SHORT = 64;

    /** A numeric without precision has up to 131,072 digits before the point and 16,383 after it. */
    private static final int LONGEST_NUMBER = 131_072 + 16_383 + 2;

    /** A stored one has up to 1,000 digits on each side of the point, and a sum of such a few more. */
    private static final int LONGEST_STORED_NUMBER = 1 << 11;

    /** Judging each value by itself would too often find one that is too large, were each to have less than this. */
    private static final int LEAST_EACH = 1 << 12;

    /** Bytes that a character has at most in UTF-8. */
    private static final int CHARACTER = 4;

    private final List<Column> columns = new ArrayList<>();
    private final Map<Scalar, Integer> stored = new HashMap<>();

    /**
     * @param most how many bytes its values can have; null: no limit
     * @param length how many bytes a value has, known without reading it; null: only by making its text
     */
    private record Column(Field<Object> text, @Nullable Integer most, @Nullable Field<Object> length) {

        /** Its length, where a value tells it and may have more than so many bytes. */
        @Nullable
        Field<Object> lengthBeyond(int bytes) {
            return most == null || most > bytes ? length : null;
        }

        Field<Object> upTo(int bytes) {
            Field<Object> judged = lengthBeyond(bytes);
            return judged == null
                    ? text
                    : ScalarSql.sql("case when {0} <= {1} then {2} end", judged, DSL.inline(bytes), text);
        }
    }

    List<PageLayout.Member> members(Projection projection) {
        return projection.members().stream().map(this::member).toList();
    }

    private PageLayout.Member member(Projection.Member member) {
        byte[] name = PageLayout.Member.named(member.name());
        return switch (member) {
            case Projection.Member.Plain(String _, Scalar value) ->
                new PageLayout.Member.Value(name, column(value, ScalarSql.of(value)), ValueForm.of(value.type()));
            case Projection.Member.Sealed secret ->
                new PageLayout.Member.Value(name, add(JsonSql.seal(secret), SHORT), ValueForm.STRING);
            case Projection.Member.Masked masked -> new PageLayout.Member.Value(name,
                    add(MaskSql.of(masked), MaskSql.most(masked.masking())), ValueForm.STRING);
            case Projection.Member.Nested(String _, Source source, Projection projection) ->
                new PageLayout.Member.Nested(name, column(source.id(), RowsSql.id(source)), members(projection));
            case Projection.Member.Children _,Projection.Member.Paged _,Projection.Member.Groups _ ->
                new PageLayout.Member.Value(name,
                        add(ScalarSql.sql("cast({0} as text)", JsonSql.value(member)), null), ValueForm.JSON);
        };
    }

    /** A member that shows a value computed elsewhere in the statement. */
    PageLayout.Member value(String name, Field<Object> value, FieldType type) {
        return new PageLayout.Member.Value(PageLayout.Member.named(name), add(text(value, type), most(type)),
                ValueForm.of(type));
    }

    /** The column of a value, which may be there already. */
    int column(Scalar scalar, Field<Object> value) {
        return stored.computeIfAbsent(scalar, _ -> scalar instanceof Scalar.Column
                ? addStored(value, scalar.type())
                : add(text(value, scalar.type()), most(scalar.type())));
    }

    private int addStored(Field<Object> value, FieldType type) {
        boolean text = ColumnType.of(type).base() == ColumnType.Base.TEXT;
        Integer most = type instanceof FieldType.Decimal decimal && decimal.precision() == null
                ? Integer.valueOf(LONGEST_STORED_NUMBER)
                : most(type);
        return add(new Column(text(value, type), most, text ? ScalarSql.sql("octet_length({0})", value) : null));
    }

    private int add(Field<Object> text, @Nullable Integer most) {
        return add(new Column(text, most, null));
    }

    private int add(Column column) {
        columns.add(column);
        return columns.size();
    }

    private static Field<Object> text(Field<Object> value, FieldType type) {
        return switch (ColumnType.of(type).base()) {
            case TEXT_ARRAY, UUID_ARRAY, DOUBLE_ARRAY -> ScalarSql.sql("cast(to_json({0}) as text)", value);
            case TEXT, NUMERIC, BIGINT, BOOLEAN, DATE, TIME, TIMESTAMPTZ, UUID, JSONB ->
                ScalarSql.sql("cast({0} as text)", value);
        };
    }

    private static @Nullable Integer most(FieldType type) {
        return switch (type) {
            case FieldType.Text text when text.maxLength() != null -> bytes(text.maxLength());
            case FieldType.Choice choice when !choice.options().isEmpty() -> choice.options().stream()
                    .map(SelectOption::value).mapToInt(value -> bytes(value.length())).max().orElseThrow();
            case FieldType.Decimal decimal ->
                decimal.precision() == null ? LONGEST_NUMBER : Math.max(SHORT, decimal.precision() + 2);
            case FieldType.Whole _,FieldType.Bool _,FieldType.Date _,FieldType.Time _,FieldType.Instant _,FieldType.Id _,FieldType.Reference _ ->
                SHORT;
            case FieldType.Text _,FieldType.Choice _,FieldType.Choices _,FieldType.References _,FieldType.File _,FieldType.Json _,FieldType.Vector _,FieldType.AutoNumber _,FieldType.Password _,FieldType.Secret _,FieldType.Formula _,FieldType.Summary _ ->
                null;
        };
    }

    private static int bytes(int characters) {
        return Math.max(SHORT, (int) Math.min(PageSql.MAX_BYTES, (long) CHARACTER * characters));
    }

    int count() {
        return columns.size();
    }

    /** The columns, to be found under the names that {@link #in} knows. */
    List<Field<Object>> named() {
        return IntStream.range(0, columns.size()).mapToObj(i -> columns.get(i).text().as(name(i))).toList();
    }

    /** Where a row could have more than so many bytes, the columns that may make it large; otherwise none. */
    Set<Integer> large(int rowBytes) {
        long most = columns.stream().mapToLong(column -> column.most() == null ? rowBytes + 1L : column.most()).sum();
        return most <= rowBytes
                ? Set.of()
                : IntStream.range(0, columns.size()).filter(this::mayBeLarge).boxed()
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * How many bytes each value that tells its length may have, for no row to have more than so many bytes; null: not
     * enough for that to be usual, or there are other values that may be large.
     */
    @Nullable
    Integer each(int rowBytes) {
        long others = columns.stream().filter(column -> column.lengthBeyond(LEAST_EACH) == null)
                .mapToLong(column -> column.most() == null ? rowBytes : column.most()).sum();
        long each = (rowBytes - others) / Math.max(1, lengthsBeyond(LEAST_EACH).size());
        return each < LEAST_EACH ? null : Integer.valueOf((int) each);
    }

    /** The columns with values of up to so many bytes, and last whether the row has a larger one. */
    List<Field<Object>> upTo(int bytes) {
        var upTo = new ArrayList<Field<Object>>();
        for (int i = 0; i < columns.size(); i++) {
            upTo.add(columns.get(i).upTo(bytes).as(name(i)));
        }
        upTo.add(ScalarSql.sql("case when greatest({0}) > {1} then true end", DSL.list(lengthsBeyond(bytes)),
                DSL.inline(bytes)).as(name(columns.size())));
        return upTo;
    }

    private List<Field<Object>> lengthsBeyond(int bytes) {
        return columns.stream().flatMap(column -> Stream.ofNullable(column.lengthBeyond(bytes))).toList();
    }

    private boolean mayBeLarge(int index) {
        Integer most = columns.get(index).most();
        return most == null || most > SHORT;
    }

    /** A column of the table that has them all. */
    static Field<Object> in(String table, int index) {
        return ScalarSql.column(table, name(index));
    }

    private static String name(int index) {
        return "c" + (index + 1);
    }
}
