package dev.objectos.runtime.sql;

import dev.objectos.runtime.plan.Connected;
import dev.objectos.runtime.plan.Listing;
import dev.objectos.runtime.plan.Projection;
import dev.objectos.runtime.plan.RowCondition;
import dev.objectos.runtime.query.PagePart;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * A page of records with its place among all of them as JSON. One row more than wanted is looked for, to know whether
 * there are more.
 */
final class ConnectionSql {

    private static final String ROWS = "e";
    private static final String POSITION = "n";
    private static final String CURSOR = "c";

    private final Connected connected;
    private final Listing listing;
    private final List<Field<Object>> nodes = new ArrayList<>();

    private ConnectionSql(Connected connected) {
        this.connected = connected;
        this.listing = new Listing(connected.rows(), connected.order(), connected.size() + 1, null, connected.joins(),
                new Projection(List.of()));
    }

    static Field<Object> json(Connected connected) {
        return new ConnectionSql(connected).json();
    }

    private Field<Object> json() {
        Field<Object> shown = JsonSql.object(connected.parts().stream().map(PagePart::name).toList(),
                connected.parts().stream().map(this::part).toList());
        // One row, also where nothing of the rows is asked for.
        return ScalarSql.sql("({0})", DSL.select(shown).from(rows()).having(DSL.condition("true")));
    }

    /** Each row with the JSON of everything that is shown of it; call it when all of that is known. */
    private Table<?> rows() {
        Condition[] bounds = connected.bounds().stream().map((RowCondition.After bound) -> ConditionSql.of(bound))
                .toArray(Condition[]::new);
        var fields = new ArrayList<Field<Object>>();
        fields.add(RowsSql.position(listing.rows().source()).as(POSITION));
        fields.add(cursor().as(CURSOR));
        fields.addAll(nodes);
        Table<?> tables = RowsSql.joined(RowsSql.positioned(listing, bounds), listing.joins());
        return DSL.select(fields).from(tables).asTable(ROWS);
    }

    /** The place of a row, which {@code plan.Cursor} reads. */
    private Field<Object> cursor() {
        var parts = new ArrayList<Field<?>>();
        var places = new StringBuilder("{0}");
        parts.add(JsonSql.text(connected.digest()));
        for (int i = 0; i < listing.order().size(); i++) {
            parts.add(ScalarSql.sql("cast({0} as text)", RowsSql.keyAfterwards(listing, i)));
            places.append(", {").append(i + 1).append('}');
        }
        return ScalarSql.sql("translate(encode(convert_to(cast(json_build_array(" + places
                + ") as text), 'UTF8'), 'base64'), E'+/=\\n', '-_')", parts.toArray(Field[]::new));
    }

    private Field<Object> part(PagePart<Projection> part) {
        return switch (part) {
            case PagePart.Text<Projection>(String _, String text) -> JsonSql.text(text);
            case PagePart.Total<Projection> _ -> ScalarSql.sql("({0})",
                    RowsSql.select(List.of(DSL.count()), connected.rows()));
            case PagePart.Nodes<Projection>(String _, Projection projection) -> array(node(projection));
            case PagePart.Edges<Projection>(String _, var edge) -> array(JsonSql.object(
                    edge.stream().map(PagePart.Edge::name).toList(), edge.stream().map(this::edge).toList()));
            case PagePart.PageInfo<Projection>(String _, var facts) -> JsonSql.object(
                    facts.stream().map(PagePart.Fact::name).toList(),
                    facts.stream().map(this::fact).toList());
        };
    }

    private Field<Object> edge(PagePart.Edge<Projection> part) {
        return switch (part) {
            case PagePart.Edge.Text<Projection>(String _, String text) -> JsonSql.text(text);
            case PagePart.Edge.Cursor<Projection> _ -> ScalarSql.column(ROWS, CURSOR);
            case PagePart.Edge.Node<Projection>(String _, Projection projection) -> node(projection);
        };
    }

    private Field<Object> node(Projection projection) {
        String name = "j" + nodes.size();
        nodes.add(JsonSql.object(projection).as(name));
        return ScalarSql.column(ROWS, name);
    }

    private Field<Object> fact(PagePart.Fact fact) {
        return switch (fact) {
            case PagePart.Fact.Text(String _, String text) -> JsonSql.text(text);
            case PagePart.Fact.More(String _, boolean next) -> next != connected.last()
                    // Of a column, for an aggregate belongs to the query that its arguments come from.
                    ? ScalarSql.sql("count({0}) > {1}", position(), DSL.inline(connected.size()))
                    : ScalarSql.sql(connected.entered() ? "true" : "false");
            case PagePart.Fact.End(String _, boolean first) -> ScalarSql.sql(
                    "(array_agg({0} order by {1} " + (first != connected.last() ? "asc" : "desc") + ") filter (where "
                            + "{1} <= {2}))[1]",
                    ScalarSql.column(ROWS, CURSOR), position(), DSL.inline(connected.size()));
        };
    }

    private Field<Object> array(Field<Object> element) {
        return ScalarSql.sql("coalesce(json_agg({0} order by {1} " + (connected.last() ? "desc" : "asc")
                + ") filter (where {1} <= {2}), cast('[]' as json))", element, position(),
                DSL.inline(connected.size()));
    }

    private static Field<Object> position() {
        return ScalarSql.column(ROWS, POSITION);
    }
}
