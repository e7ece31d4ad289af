package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Aggregation;
import dev.objectos.runtime.query.Expansion;
import dev.objectos.runtime.query.GroupSelection;
import dev.objectos.runtime.query.Grouping;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.PageSelection;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.query.Selection;
import dev.objectos.runtime.query.SelectionQuery;
import dev.objectos.runtime.query.Sort;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds every object that a query reads: the one that it names, and those to which its paths and expansions lead. Names that
 * are not known lead nowhere; the planner refuses them.
 */
final class ReadObjects {

    private final Catalog catalog;
    private final Set<ObjectDefinition> found = new LinkedHashSet<>();

    private ReadObjects(Catalog catalog) {
        this.catalog = catalog;
    }

    static Set<ObjectDefinition> of(Query query, Catalog catalog) {
        var reading = new ReadObjects(catalog);
        catalog.object(query.object()).ifPresent(object -> reading.query(object, query));
        return reading.found;
    }

    static Set<ObjectDefinition> of(RecordQuery query, Catalog catalog) {
        var reading = new ReadObjects(catalog);
        catalog.object(query.object()).ifPresent(object -> {
            reading.found.add(object);
            query.fields().forEach(path -> reading.path(object, path));
            query.expand().forEach(expansion -> reading.expansion(object, expansion));
        });
        return reading.found;
    }

    static Set<ObjectDefinition> of(SelectionQuery query, Catalog catalog) {
        var reading = new ReadObjects(catalog);
        for (SelectionQuery.Root root : query.roots()) {
            Optional.ofNullable(root.object()).flatMap(catalog::object)
                    .ifPresent(object -> reading.root(object, root));
        }
        return reading.found;
    }

    private void root(ObjectDefinition object, SelectionQuery.Root root) {
        found.add(object);
        switch (root) {
            case SelectionQuery.Root.Text _ -> {
            }
            case SelectionQuery.Root.One one -> selection(object, one.selection());
            case SelectionQuery.Root.Several several -> {
                conditions(object, several.range().where(), several.range().orderBy());
                selection(object, several.selection());
            }
            case SelectionQuery.Root.Connection connection -> page(object, connection.page());
            case SelectionQuery.Root.Groups groups -> groups(object, groups.groups());
        }
    }

    private void page(ObjectDefinition object, PageSelection page) {
        conditions(object, page.where(), page.orderBy());
        page.selections().forEach(selection -> selection(object, selection));
    }

    private void groups(ObjectDefinition object, GroupSelection groups) {
        conditions(object, groups.where(), List.of());
        grouped(object, groups.groupBy(), groups.aggregations());
    }

    private void grouped(ObjectDefinition object, List<Grouping> groupBy, List<Aggregation> aggregations) {
        groupBy.forEach(key -> path(object, key.field()));
        aggregations.stream().map(Aggregation::field).filter(Objects::nonNull).forEach(path -> path(object, path));
    }

    private void selection(ObjectDefinition object, Selection selection) {
        for (Selection.Part part : selection.parts()) {
            switch (part) {
                case Selection.Part.Value _,Selection.Part.Text _ -> {
                }
                case Selection.Part.Lookup lookup -> catalog.related(object, lookup.field()).ifPresent(target -> {
                    found.add(target);
                    selection(target, lookup.selection());
                });
                case Selection.Part.Members members ->
                    catalog.related(object, members.collection()).ifPresent(target -> {
                        found.add(target);
                        conditions(target, members.range().where(), members.range().orderBy());
                        selection(target, members.selection());
                    });
                case Selection.Part.Connection connection ->
                    catalog.related(object, connection.collection()).ifPresent(target -> {
                        found.add(target);
                        page(target, connection.page());
                    });
                case Selection.Part.Groups groups -> catalog.related(object, groups.collection()).ifPresent(target -> {
                    found.add(target);
                    groups(target, groups.groups());
                });
            }
        }
    }

    private void query(ObjectDefinition object, Query query) {
        found.add(object);
        query.fields().forEach(path -> path(object, path));
        grouped(object, query.groupBy(), query.aggregations());
        query.expand().forEach(expansion -> expansion(object, expansion));
        conditions(object, query.where(), query.orderBy());
        conditions(object, query.having(), List.of());
    }

    private void conditions(ObjectDefinition object, Predicate where, List<Sort> orderBy) {
        predicate(object, where);
        orderBy.forEach(sort -> path(object, sort.field()));
    }

    private void predicate(ObjectDefinition object, Predicate predicate) {
        switch (predicate) {
            case Predicate.And and -> and.terms().forEach(term -> predicate(object, term));
            case Predicate.Or or -> or.terms().forEach(term -> predicate(object, term));
            case Predicate.Not not -> predicate(object, not.term());
            case Predicate.Comparison comparison -> {
                path(object, comparison.field());
                if (comparison.operand() instanceof Operand.Field(FieldPath other)) {
                    path(object, other);
                }
            }
        }
    }

    /** A lookup that is not followed is an id, and reads nothing of what it refers to. */
    private void path(ObjectDefinition from, FieldPath path) {
        ObjectDefinition object = from;
        for (String segment : path.segments().subList(0, path.segments().size() - 1)) {
            Optional<ObjectDefinition> next = object.field(segment).flatMap(catalog::target);
            if (next.isEmpty()) {
                return;
            }
            object = next.get();
            found.add(object);
        }
    }

    private void expansion(ObjectDefinition from, Expansion expansion) {
        catalog.related(from, expansion.name()).ifPresent(object -> {
            found.add(object);
            expansion.fields().forEach(field -> path(object, FieldPath.parse(field)));
            expansion.expand().forEach(further -> expansion(object, further));
            conditions(object, expansion.where(), expansion.orderBy());
        });
    }
}
