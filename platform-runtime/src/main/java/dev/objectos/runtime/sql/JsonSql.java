package dev.objectos.runtime.sql;

import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.plan.Listing;
import dev.objectos.runtime.plan.Projection;
import dev.objectos.runtime.plan.Scalar;
import dev.objectos.runtime.plan.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * Rows as JSON that PostgreSQL builds. Instants are RFC 3339 in UTC with as many digits of the second as they have, at most
 * six: {@code 2026-01-31T14:30:00Z}, {@code 2026-01-31T14:30:00.5Z}.
 */
final class JsonSql {

    private static final String SEAL = "••••••";

    /** PostgreSQL cuts column names, and so the keys of a row's JSON, at 63 bytes. */
    private static final int LONGEST_COLUMN = 63;

    /** No field can have that name, which would stand for its value in the place of the row. */
    private static final Name ROW = DSL.name("#r");

    private JsonSql() {}

    /** A JSON object. */
    static Field<Object> object(Projection projection) {
        return object(names(projection), values(projection));
    }

    static Field<Object> object(List<String> names, List<Field<Object>> values) {
        return fit(names)
                ? ScalarSql.sql("(select row_to_json({0}) from ({1}) {0})", ROW, DSL.select(columns(names, values)))
                : constructed(names, values);
    }

    private static boolean fit(List<String> names) {
        return names.stream().allMatch(name -> name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_COLUMN);
    }

    private static List<Field<Object>> columns(List<String> names, List<Field<Object>> values) {
        return IntStream.range(0, names.size()).mapToObj(i -> values.get(i).as(names.get(i))).toList();
    }

    private static Field<Object> constructed(List<String> names, List<Field<Object>> values) {
        var parts = new ArrayList<Field<?>>();
        for (int i = 0; i < names.size(); i++) {
            parts.add(DSL.inline(names.get(i)));
            parts.add(values.get(i));
        }
        return ScalarSql.sql(
                IntStream.range(0, names.size()).mapToObj(i -> "{" + 2 * i + "} value {" + (2 * i + 1) + "}")
                        .collect(Collectors.joining(", ", "json_object(", " returning json)")),
                parts.toArray(Field[]::new));
    }

    private static List<String> names(Projection projection) {
        return projection.members().stream().map(Projection.Member::name).toList();
    }

    private static List<Field<Object>> values(Projection projection) {
        return projection.members().stream().map(JsonSql::value).toList();
    }

    /** The value as row_to_json must get it so that the right JSON comes out. */
    static Field<Object> plain(Scalar scalar) {
        return plain(ScalarSql.of(scalar), scalar.type());
    }

    static Field<Object> plain(Field<Object> value, FieldType type) {
        return type instanceof FieldType.Instant
                ? ScalarSql.sql("replace(cast({0} at time zone 'UTC' as text), ' ', 'T') || 'Z'", value)
                : value;
    }

    /** A text that is the same in every row. */
    static Field<Object> text(String text) {
        return ScalarSql.sql("cast({0} as text)", DSL.inline(text));
    }

    static Field<Object> value(Projection.Member member) {
        return switch (member) {
            case Projection.Member.Plain plain -> plain(plain.value());
            case Projection.Member.Sealed secret -> seal(secret);
            case Projection.Member.Masked masked -> MaskSql.of(masked);
            case Projection.Member.Nested(String _, Source source, Projection projection) ->
                ScalarSql.sql("case when {0} is not null then {1} end", RowsSql.id(source), object(projection));
            case Projection.Member.Children(String _, Listing listing) -> array(listing);
            case Projection.Member.Paged(String _, var connected) -> ConnectionSql.json(connected);
            case Projection.Member.Groups(String _, var grouped, var shown) -> GroupsSql.json(grouped, shown);
        };
    }

    static Field<Object> seal(Projection.Member.Sealed secret) {
        return ScalarSql.sql("case when {0} is not null then {1} end", ScalarSql.of(secret.value()), DSL.inline(SEAL));
    }

    /** The records of a listing as a JSON array. */
    static Field<Object> array(Listing listing) {
        return listing.joins().isEmpty() ? inOrder(listing) : sorted(listing);
    }

    /** With nothing to join, rows reach the aggregate in the order in which the part of the listing gives them. */
    private static Field<Object> inOrder(Listing listing) {
        List<String> names = names(listing.projection());
        List<Field<Object>> values = values(listing.projection());
        Table<?> part = RowsSql.part(listing, listing.limit());
        return fit(names)
                ? array(ScalarSql.sql("{0}", ROW), DSL.select(columns(names, values)).from(part).asTable(ROW))
                : array(constructed(names, values), part);
    }

    private static Field<Object> sorted(Listing listing) {
        List<String> names = names(listing.projection());
        List<Field<Object>> values = values(listing.projection());
        Table<?> tables = RowsSql.joined(RowsSql.positioned(listing), listing.joins());
        Field<Object> position = RowsSql.position(listing.rows().source());
        return fit(names)
                ? array(ScalarSql.sql("row_to_json({0}) order by {1}", ROW, position),
                        tables.crossJoin(DSL.lateral(DSL.select(columns(names, values)).asTable(ROW))))
                : array(ScalarSql.sql("{0} order by {1}", constructed(names, values), position), tables);
    }

    static Field<Object> array(Field<Object> elements, Table<?> tables) {
        return ScalarSql.sql("({0})",
                DSL.select(ScalarSql.sql("coalesce(json_agg({0}), cast('[]' as json))", elements)).from(tables));
    }
}
