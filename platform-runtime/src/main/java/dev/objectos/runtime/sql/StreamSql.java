package dev.objectos.runtime.sql;

import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.plan.Listing;
import dev.objectos.runtime.plan.Projection;
import dev.objectos.runtime.plan.ReadPlan;
import dev.objectos.runtime.query.RecordColumn;
import dev.objectos.runtime.schema.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statement of a stream: a row for each record, in their order, every value as text. */
final class StreamSql {

    private final Map<String, RecordColumn> columns = new LinkedHashMap<>();
    private final Map<String, Integer> places = new LinkedHashMap<>();

    private StreamSql() {}

    /**
     * A statement and how its rows are handed on.
     *
     * @param layout of the rows
     */
    record Stream(Select<?> select, StreamLayout layout) {}

    static Stream records(ReadPlan.Answer.Stream stream) {
        Listing listing = stream.listing();
        var selected = new PageColumns();
        List<PageLayout.Member> members = selected.members(listing.projection());
        var order = new ArrayList<SortField<Object>>();
        for (int i = 0; i < listing.order().size(); i++) {
            Field<Object> value = RowsSql.keyAfterwards(listing, i);
            order.add(listing.order().get(i).descending() ? value.desc() : value.asc());
        }
        Table<?> tables = RowsSql.joined(RowsSql.part(listing, listing.limit()), listing.joins());
        return new Stream(DSL.select(selected.named()).from(tables).orderBy(order),
                new StreamSql().layout(listing.projection(), members, stream.fields()));
    }

    private StreamLayout layout(Projection projection, List<PageLayout.Member> members, List<FieldPath> fields) {
        for (FieldPath field : fields) {
            asked(field, field.segments(), projection, members);
        }
        for (int i = 0; i < members.size(); i++) {
            Projection.Member member = projection.members().get(i);
            boolean expanded = switch (member) {
                case Projection.Member.Nested _ -> fields.stream().noneMatch(
                        field -> !field.isDirect() && field.first().equals(member.name()));
                case Projection.Member.Children _,Projection.Member.Paged _,Projection.Member.Groups _ -> true;
                case Projection.Member.Plain _,Projection.Member.Sealed _,Projection.Member.Masked _ -> false;
            };
            if (fields.isEmpty() || expanded) {
                all("", member, members.get(i));
            }
        }
        return new StreamLayout(members, List.copyOf(columns.values()), List.copyOf(places.values()));
    }

    private void asked(FieldPath field, List<String> path, Projection projection, List<PageLayout.Member> members) {
        for (int i = 0; i < members.size(); i++) {
            Projection.Member member = projection.members().get(i);
            if (!member.name().equals(path.getFirst())) {
                continue;
            }
            if (!(member instanceof Projection.Member.Nested nested)) {
                add(field.toString(), member, members.get(i));
            } else if (path.size() == 1) {
                add(field.toString(), RecordColumn.Kind.ID, ((PageLayout.Member.Nested) members.get(i)).present());
            } else {
                asked(field, path.subList(1, path.size()), nested.projection(),
                        ((PageLayout.Member.Nested) members.get(i)).members());
            }
            return;
        }
    }

    private void all(String prefix, Projection.Member member, PageLayout.Member place) {
        if (member instanceof Projection.Member.Nested nested) {
            List<PageLayout.Member> inside = ((PageLayout.Member.Nested) place).members();
            for (int i = 0; i < inside.size(); i++) {
                all(prefix + nested.name() + ".", nested.projection().members().get(i), inside.get(i));
            }
        } else {
            add(prefix + member.name(), member, place);
        }
    }

    private void add(String name, Projection.Member member, PageLayout.Member place) {
        RecordColumn.Kind kind = switch (member) {
            case Projection.Member.Plain plain -> kind(plain.value().type());
            case Projection.Member.Sealed _,Projection.Member.Masked _ -> RecordColumn.Kind.TEXT;
            case Projection.Member.Children _,Projection.Member.Paged _,Projection.Member.Groups _ ->
                RecordColumn.Kind.JSON;
            case Projection.Member.Nested _ -> RecordColumn.Kind.ID;
        };
        add(name, kind, ((PageLayout.Member.Value) place).column());
    }

    private void add(String name, RecordColumn.Kind kind, int place) {
        columns.put(name, new RecordColumn(name, kind));
        places.put(name, place);
    }

    private static RecordColumn.Kind kind(FieldType type) {
        return switch (ColumnType.of(type).base()) {
            case TEXT -> RecordColumn.Kind.TEXT;
            case UUID -> RecordColumn.Kind.ID;
            case NUMERIC, BIGINT -> RecordColumn.Kind.NUMBER;
            case BOOLEAN -> RecordColumn.Kind.BOOLEAN;
            case DATE -> RecordColumn.Kind.DATE;
            case TIME -> RecordColumn.Kind.TIME;
            case TIMESTAMPTZ -> RecordColumn.Kind.INSTANT;
            case JSONB, TEXT_ARRAY, UUID_ARRAY, DOUBLE_ARRAY -> RecordColumn.Kind.JSON;
        };
    }
}
