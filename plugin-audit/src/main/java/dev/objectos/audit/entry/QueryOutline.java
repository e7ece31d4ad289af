package dev.objectos.audit.entry;

import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.Selection;
import dev.objectos.runtime.query.SelectionQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was asked, without the values that were looked for: those can be as secret as any answer. */
final class QueryOutline {

    private QueryOutline() {}

    static Map<String, Object> of(Query query) {
        var details = new LinkedHashMap<String, Object>();
        details.put("fields", query.fields().stream().map(FieldPath::toString).toList());
        details.put("filter", filter(query.where()));
        details.put("search", query.search() != null);
        details.put("grouped", query.grouped());
        return details;
    }

    static Map<String, Object> of(SelectionQuery.Root root) {
        return switch (root) {
            case SelectionQuery.Root.Text _ -> Map.of();
            case SelectionQuery.Root.One one ->
                Map.of("fields", shown(List.of(one.selection())), "filter", "id eq");
            case SelectionQuery.Root.Several several -> Map.of("fields", shown(List.of(several.selection())),
                    "filter", filter(several.range().where()));
            case SelectionQuery.Root.Connection connection -> Map.of("fields",
                    shown(connection.page().selections()), "filter", filter(connection.page().where()));
            case SelectionQuery.Root.Groups groups ->
                Map.of("filter", filter(groups.groups().where()), "grouped", true);
        };
    }

    private static List<String> shown(List<Selection> selections) {
        return selections.stream().flatMap(selection -> selection.parts().stream()).map(part -> switch (part) {
            case Selection.Part.Value value -> value.field();
            case Selection.Part.Text text -> text.name();
            case Selection.Part.Lookup lookup -> lookup.field();
            case Selection.Part.Members members -> members.collection();
            case Selection.Part.Connection connection -> connection.collection();
            case Selection.Part.Groups groups -> groups.collection();
        }).distinct().toList();
    }

    private static Object filter(Predicate predicate) {
        return switch (predicate) {
            case Predicate.And and -> and.terms().stream().map(QueryOutline::filter).toList();
            case Predicate.Or or -> Map.of("or", or.terms().stream().map(QueryOutline::filter).toList());
            case Predicate.Not not -> Map.of("not", List.of(filter(not.term())));
            case Predicate.Comparison comparison ->
                comparison.field() + " " + comparison.operator().name().toLowerCase(Locale.ROOT);
        };
    }
}
