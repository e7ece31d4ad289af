package dev.objectos.audit.entry;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Aggregation;
import dev.objectos.runtime.query.Expansion;
import dev.objectos.runtime.query.Grouping;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.query.Selection;
import dev.objectos.runtime.query.SelectionQuery;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of each object whose values an answer shows, or is computed from, expansions and what paths lead through among them. What
 * records are only chosen by is not shown.
 */
final class ShownFields {

    private final Catalog catalog;
    private final Map<String, Set<String>> found = new HashMap<>();

    private ShownFields(Catalog catalog) {
        this.catalog = catalog;
    }

    static Map<String, Set<String>> of(Query query, Catalog catalog) {
        return of(query.object(), catalog, (fields, object) -> {
            if (query.grouped()) {
                fields.groups(object, query.groupBy(), query.aggregations());
            } else {
                fields.record(object, query.fields(), query.expand());
            }
        });
    }

    static Map<String, Set<String>> of(RecordQuery query, Catalog catalog) {
        return of(query.object(), catalog, (fields, object) -> fields.record(object, query.fields(), query.expand()));
    }

    static Map<String, Set<String>> of(SelectionQuery.Root root, Catalog catalog) {
        return of(String.valueOf(root.object()), catalog, (fields, object) -> {
            switch (root) {
                case SelectionQuery.Root.Text _ -> {
                }
                case SelectionQuery.Root.One one -> fields.selection(object, one.selection());
                case SelectionQuery.Root.Several several -> fields.selection(object, several.selection());
                case SelectionQuery.Root.Connection connection ->
                    connection.page().selections().forEach(selection -> fields.selection(object, selection));
                case SelectionQuery.Root.Groups groups ->
                    fields.groups(object, groups.groups().groupBy(), groups.groups().aggregations());
            }
        });
    }

    private interface Walk {

        void from(ShownFields fields, ObjectDefinition object);
    }

    private static Map<String, Set<String>> of(String name, Catalog catalog, Walk walk) {
        var fields = new ShownFields(catalog);
        catalog.object(name).ifPresent(object -> walk.from(fields, object));
        return fields.found;
    }

    private void record(ObjectDefinition object, List<FieldPath> paths, List<Expansion> expand) {
        if (paths.isEmpty()) {
            all(object);
        }
        paths.forEach(path -> path(object, path));
        expand.forEach(expansion -> expansion(object, expansion));
    }

    private void groups(ObjectDefinition object, List<Grouping> keys, List<Aggregation> aggregations) {
        keys.forEach(key -> path(object, key.field()));
        for (Aggregation aggregation : aggregations) {
            FieldPath path = aggregation.field();
            if (path != null) {
                path(object, path);
            }
        }
    }

    private void expansion(ObjectDefinition object, Expansion expansion) {
        add(object, expansion.name());
        catalog.related(object, expansion.name()).ifPresent(target -> record(target,
                expansion.fields().stream().map(FieldPath::parse).toList(), expansion.expand()));
    }

    private void selection(ObjectDefinition object, Selection selection) {
        for (Selection.Part part : selection.parts()) {
            switch (part) {
                case Selection.Part.Text _ -> {
                }
                case Selection.Part.Value(String _, String field) -> add(object, field);
                case Selection.Part.Lookup(String _, String field, Selection of) -> follow(object, field, of);
                case Selection.Part.Members members -> follow(object, members.collection(), members.selection());
                case Selection.Part.Connection(String _, String collection, var page) ->
                    page.selections().forEach(of -> follow(object, collection, of));
                case Selection.Part.Groups(String _, String collection, var groups) ->
                    catalog.related(object, collection)
                            .ifPresent(target -> groups(target, groups.groupBy(), groups.aggregations()));
            }
        }
    }

    private void follow(ObjectDefinition object, String name, Selection selection) {
        add(object, name);
        catalog.related(object, name).ifPresent(target -> selection(target, selection));
    }

    private void path(ObjectDefinition from, FieldPath path) {
        Optional<ObjectDefinition> object = Optional.of(from);
        for (String segment : path.segments()) {
            object.ifPresent(at -> add(at, segment));
            object = object.flatMap(at -> at.field(segment)).flatMap(catalog::target);
        }
    }

    private void all(ObjectDefinition object) {
        object.fields().keySet().forEach(field -> add(object, field));
    }

    private void add(ObjectDefinition object, String field) {
        found.computeIfAbsent(object.name(), _ -> new HashSet<>()).add(field);
    }
}
