package dev.objectos.runtime.plan;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.Relationship;
import dev.objectos.runtime.query.Expansion;
import dev.objectos.runtime.query.GroupSelection;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.PageSelection;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Range;
import dev.objectos.runtime.query.Selection;
import dev.objectos.runtime.spi.Masking;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what is shown of a record: fields, records that lookups lead to, and records that belong to it. */
final class ProjectionPlanner {

    private static final FieldPath ID = FieldPath.of("id");
    private static final FieldType TEXT = new FieldType.Text("text", null, null, null);

    private final RowScope scope;

    /** @param scope tables of the part of the statement that shows rows */
    ProjectionPlanner(RowScope scope) {
        this.scope = scope;
    }

    /**
     * @param fields what is shown; empty: every visible field. The id is always shown
     * @param expand what is shown of other records; a dotted field is short for that
     */
    Projection plan(List<FieldPath> fields, List<Expansion> expand) {
        var direct = new LinkedHashSet<String>();
        var dotted = new LinkedHashMap<String, List<FieldPath>>();
        direct.add("id");
        if (fields.isEmpty()) {
            direct.addAll(scope.fields().keySet());
        }
        for (FieldPath path : fields) {
            if (path.isDirect()) {
                direct.add(scope.field(path.first()).name());
            } else {
                direct.add(path.first());
                dotted.computeIfAbsent(path.first(), _ -> new ArrayList<>()).add(path);
            }
        }
        Map<String, Expansion> expansions = byName(expand);
        return new Projection(members(direct, dotted, expansions));
    }

    /** Just what is selected, under the names chosen for it. */
    Projection plan(Selection selection) {
        return new Projection(selection.parts().stream().map(this::member).toList());
    }

    private Projection.Member member(Selection.Part part) {
        return switch (part) {
            case Selection.Part.Value(String name, String field) -> plain(name, scope.field(field));
            case Selection.Part.Text(String name, String text) -> new Projection.Member.Plain(name,
                    new Scalar.Parameter(new Binding.Fixed(text), TEXT, false));
            case Selection.Part.Lookup(String name, String field, Selection selection) -> {
                FieldDefinition lookup = scope.field(field);
                scope.requireUnmasked(lookup);
                if (!(lookup.type() instanceof FieldType.Reference reference)) {
                    throw noLookup(lookup);
                }
                RowScope target = scope.follow(lookup, reference);
                yield new Projection.Member.Nested(name, target.root(), new ProjectionPlanner(target).plan(selection));
            }
            case Selection.Part.Members(String name, String collection, Range range, Selection selection) ->
                new Projection.Member.Children(name,
                        SelectionPlanner.listing(range, selection, linked(collection)));
            case Selection.Part.Connection(String name, String collection, PageSelection page) ->
                new Projection.Member.Paged(name, PagePlanner.plan(page, linked(collection)));
            case Selection.Part.Groups(String name, String collection, GroupSelection groups) ->
                new Projection.Member.Groups(name, SelectionPlanner.groups(groups, linked(collection)),
                        groups.parts());
        };
    }

    /** Records of which each record has some: those of a lookup to several, or those that belong to it. */
    private Linked linked(String collection) {
        FieldDefinition field = scope.fields().get(collection);
        if (field == null) {
            return belonging(collection);
        }
        scope.requireUnmasked(field);
        if (!(field.type() instanceof FieldType.References references)) {
            throw noLookup(field);
        }
        return referred(field, references);
    }

    private List<Projection.Member> members(Set<String> direct, Map<String, List<FieldPath>> dotted,
            Map<String, Expansion> expansions) {
        var members = new ArrayList<Projection.Member>();
        for (String name : direct) {
            FieldDefinition field = scope.field(name);
            Expansion expansion = expansions.remove(name);
            List<FieldPath> paths = dotted.getOrDefault(name, List.of());
            members.add(expansion == null && paths.isEmpty() ? plain(name, field) : expanded(field, expansion, paths));
        }
        for (Expansion expansion : expansions.values()) {
            FieldDefinition field = scope.fields().get(expansion.name());
            members.add(field != null
                    ? expanded(field, expansion, List.of())
                    : listing(expansion, belonging(expansion.name()), Page.DEFAULT));
        }
        return members;
    }

    private Projection.Member plain(String name, FieldDefinition field) {
        if (field.type() instanceof FieldType.Secret) {
            return new Projection.Member.Sealed(name, scope.value(field));
        }
        Masking masking = scope.masking(field.name());
        return masking == null
                ? new Projection.Member.Plain(name, scope.value(field))
                : new Projection.Member.Masked(name, scope.value(field), masking);
    }

    private Projection.Member expanded(FieldDefinition field, @Nullable Expansion expansion,
            List<FieldPath> paths) {
        scope.requireUnmasked(field);
        return switch (field.type()) {
            case FieldType.Reference reference -> lookup(field, reference, expansion, paths);
            case FieldType.References references when expansion != null && paths.isEmpty() ->
                severalLookups(field, references, expansion);
            default -> throw paths.isEmpty()
                    ? noLookup(field)
                    : new PlatformException(RuntimeError.INVALID_FIELD, "Unknown field " + paths.getFirst() + ": "
                            + field.name() + " of " + scope.object().name() + " is no lookup to one record");
        };
    }

    private Projection.Member lookup(FieldDefinition field, FieldType.Reference reference,
            @Nullable Expansion expansion, List<FieldPath> paths) {
        RowScope target = scope.follow(field, reference);
        var fields = new ArrayList<FieldPath>();
        List<Expansion> further = List.of();
        if (expansion != null) {
            requireOne(expansion);
            expansion.fields().forEach(name -> fields.add(FieldPath.parse(name)));
            further = expansion.expand();
            if (fields.isEmpty()) {
                target.fields().keySet().forEach(name -> fields.add(FieldPath.of(name)));
            }
        }
        for (FieldPath path : paths) {
            if (path.segments().size() > QueryLimits.PATH) {
                throw new PlatformException(RuntimeError.INVALID_QUERY,
                        path + " follows more than " + (QueryLimits.PATH - 1) + " lookups");
            }
            fields.add(new FieldPath(path.segments().subList(1, path.segments().size())));
        }
        fields.addFirst(ID);
        return new Projection.Member.Nested(field.name(), target.root(),
                new ProjectionPlanner(target).plan(fields, further));
    }

    private PlatformException noLookup(FieldDefinition field) {
        return new PlatformException(RuntimeError.INVALID_QUERY,
                field.name() + " of " + scope.object().name() + " cannot be expanded, for it is no lookup");
    }

    private Projection.Member severalLookups(FieldDefinition field, FieldType.References references,
            Expansion expansion) {
        return listing(expansion, referred(field, references), Page.MAXIMUM);
    }

    private Linked referred(FieldDefinition field, FieldType.References references) {
        RowScope target = new RowScope(scope.statement(), scope.statement().rights().object(references.target()),
                false);
        Scalar.Column list = scope.root().column(field.name(), field.type());
        return Linked.to(target, field.name(), new RowCondition.AmongThese(target.root().id(), list),
                List.of(new OrderKey(new Scalar.Place(list, target.root().id()), false, false)));
    }

    private Linked belonging(String collection) {
        ObjectDefinition parent = scope.object();
        Optional<Relationship> relationship = scope.statement().rights().catalog().child(parent.name(), collection);
        if (relationship.isEmpty()) {
            throw scope.unknown(collection);
        }
        ObjectDefinition child = scope.statement().rights().object(relationship.get().child());
        FieldDefinition lookup = scope.statement().rights().fields(child).get(relationship.get().field());
        if (lookup == null) {
            throw scope.unknown(collection);
        }
        RowScope rows = new RowScope(scope.statement(), child, false);
        rows.requireUnmasked(lookup);
        Scalar parentId = scope.root().id();
        return Linked.to(rows, collection, lookup.type() instanceof FieldType.References
                ? new RowCondition.AmongThese(parentId, rows.root().column(lookup.name(), lookup.type()))
                : new RowCondition.Compare(rows.root().column(lookup.name(), lookup.type()),
                        RowCondition.Comparator.EQUAL, parentId),
                null);
    }

    private static Projection.Member listing(Expansion expansion, Linked linked, int unlimited) {
        List<RowCondition> conditions = linked.conditions(expansion.where());
        List<OrderKey> order = linked.order(expansion.orderBy());
        RowScope shown = linked.shown();
        Projection projection = new ProjectionPlanner(shown).plan(
                expansion.fields().stream().map(FieldPath::parse).toList(), expansion.expand());
        Integer limit = expansion.limit();
        return new Projection.Member.Children(expansion.name(),
                new Listing(RowRestriction.rows(linked.rows(), conditions), order,
                        limit == null ? unlimited : limit, offset(expansion), shown.joins(), projection));
    }

    private static Scalar.@Nullable Parameter offset(Expansion expansion) {
        Integer offset = expansion.offset();
        return offset == null || offset == 0
                ? null
                : new Scalar.Parameter(new Binding.Fixed(offset.longValue()), new FieldType.Whole(null, null), false);
    }

    private static void requireOne(Expansion expansion) {
        if (!expansion.where().equals(Predicate.ALWAYS) || !expansion.orderBy().isEmpty() || expansion.limit() != null
                || expansion.offset() != null) {
            throw new PlatformException(RuntimeError.INVALID_QUERY, expansion.name()
                    + " leads to one record: its expansion takes no filter, order, limit or offset");
        }
    }

    private static Map<String, Expansion> byName(List<Expansion> expand) {
        var expansions = new LinkedHashMap<String, Expansion>();
        for (Expansion expansion : expand) {
            if (expansions.put(expansion.name(), expansion) != null) {
                throw new PlatformException(RuntimeError.INVALID_QUERY, expansion.name() + " is expanded twice");
            }
        }
        return expansions;
    }
}
