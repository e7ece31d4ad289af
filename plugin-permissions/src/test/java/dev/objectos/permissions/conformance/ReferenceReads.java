package dev.objectos.permissions.conformance;

import dev.objectos.permissions.conformance.Schema.Kind;
import dev.objectos.runtime.ErrorCode;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Expansion;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers to reads, made by going through all records. */
final class ReferenceReads {

    private final World world;
    private final ReferenceRights rights;
    private final ReferenceFields fields;
    private final ReferenceQuery asked;

    ReferenceReads(ReferenceRights rights) {
        this.world = rights.world();
        this.rights = rights;
        this.fields = new ReferenceFields(rights);
        this.asked = new ReferenceQuery(rights, fields);
    }

    Verdict get(RecordQuery query) {
        if (!rights.possible(query.object(), Operation.READ)) {
            return refused(Set.of(RuntimeError.PERMISSION_DENIED));
        }
        Set<ErrorCode> refusals = projectionRefusals(query.object(), query.fields(), query.expand());
        if (!refusals.isEmpty()) {
            return refused(refusals);
        }
        Map<String, @Nullable Object> record = world.find(query.object(), query.id());
        return record == null || !rights.may(Operation.READ, query.object(), record)
                ? refused(Set.of(RuntimeError.RECORD_NOT_FOUND))
                : new Verdict(Set.of(), shown(query.object(), record, query.fields(), query.expand()), world);
    }

    Verdict find(Query query) {
        String object = query.object();
        if (!rights.possible(object, Operation.READ)) {
            return refused(Set.of(RuntimeError.PERMISSION_DENIED));
        }
        Set<ErrorCode> refusals = refusals(query);
        if (!refusals.isEmpty()) {
            return refused(refusals);
        }
        List<Map<String, @Nullable Object>> matching = asked.matching(object, query.where()).stream()
                .filter(record -> found(object, record, query.search())).toList();
        if (query.grouped()) {
            return new Verdict(Set.of(), Map.of("records", new ReferenceGroups(asked, query).of(matching)), world);
        }
        List<Map<String, @Nullable Object>> sorted = asked.sorted(object, matching, query.orderBy());
        int from = query.page().offset() == null ? 0 : query.page().offset();
        List<Map<String, @Nullable Object>> page = sorted.stream().skip(from).limit(query.page().limit()).toList();
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("object", object);
        answer.put("records", page.stream().map(r -> shown(object, r, query.fields(), query.expand())).toList());
        answer.put("hasMore", from + page.size() < sorted.size());
        if (query.count()) {
            answer.put("total", sorted.size());
        }
        return new Verdict(Set.of(), answer, world);
    }

    /** The record as the person sees it after a change; its id alone where they do not see it. */
    Map<String, @Nullable Object> afterwards(String object, UUID id) {
        Map<String, @Nullable Object> record = world.get(object, id);
        if (!rights.possible(object, Operation.READ) || !rights.may(Operation.READ, object, record)) {
            var alone = new LinkedHashMap<String, @Nullable Object>();
            alone.put("id", id.toString());
            return alone;
        }
        return shown(object, record, List.of(), List.of());
    }

    /** Whether a task shows the person the file. */
    boolean seesFile(String file) {
        return rights.possible(Schema.TASKS, Operation.READ) && fields.seen(Schema.TASKS, Schema.SCAN)
                && fields.mask(Schema.TASKS, Schema.SCAN) == null
                && world.all(Schema.TASKS).stream().anyMatch(
                        task -> file.equals(task.get(Schema.SCAN)) && rights.may(Operation.READ, Schema.TASKS, task));
    }

    /** Of records as they are given, stored or not, the ids of those that a condition finds. */
    Verdict found(Query query, List<Map<String, @Nullable Object>> records) {
        String object = query.object();
        if (!rights.possible(object, Operation.READ)) {
            return refused(Set.of(RuntimeError.PERMISSION_DENIED));
        }
        Set<ErrorCode> refusals = asked.use(object, query.where());
        return refusals.isEmpty()
                ? new Verdict(Set.of(), records.stream().filter(record -> rights.may(Operation.READ, object, record))
                        .filter(record -> asked.matches(object, record, query.where()))
                        .map(record -> World.id(record).toString()).sorted().toList(), world)
                : refused(refusals);
    }

    private Verdict refused(Set<ErrorCode> codes) {
        return new Verdict(codes, null, world);
    }

    private Set<ErrorCode> refusals(Query query) {
        String object = query.object();
        var refusals = new HashSet<ErrorCode>();
        if (!query.grouped()) {
            refusals.addAll(projectionRefusals(object, query.fields(), query.expand()));
            query.orderBy().forEach(sort -> refusals.addAll(asked.use(object, sort.field())));
        }
        refusals.addAll(asked.use(object, query.where()));
        query.groupBy().forEach(key -> refusals.addAll(asked.use(object, key.field())));
        query.aggregations().forEach(aggregation -> {
            FieldPath field = aggregation.field();
            if (field != null) {
                refusals.addAll(asked.use(object, field));
            }
        });
        if (ReferenceGroups.unknown(query.having(), query)) {
            refusals.add(RuntimeError.INVALID_FIELD);
        }
        if (query.search() != null && searched(object).isEmpty()) {
            refusals.add(RuntimeError.INVALID_QUERY);
        }
        return refusals;
    }

    private boolean found(String object, Map<String, @Nullable Object> record, @Nullable String word) {
        return word == null || searched(object).stream()
                .anyMatch(name -> record.get(name) instanceof String text
                        && text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT)));
    }

    private List<String> searched(String object) {
        return world.schema().fields(object).values().stream()
                .filter(field -> field.kind() instanceof Kind.Text(boolean searchable) && searchable)
                .map(Schema.Field::name)
                .filter(name -> fields.seen(object, name) && fields.mask(object, name) == null).toList();
    }

    private Set<ErrorCode> projectionRefusals(String object, List<FieldPath> shown, List<Expansion> expand) {
        var refusals = new HashSet<ErrorCode>();
        shown.forEach(path -> refusals.addAll(asked.selection(object, path.segments())));
        for (Expansion expansion : expand) {
            Schema.Incoming children = children(object, expansion.name());
            if (children == null) {
                if (!fields.seen(object, expansion.name())) {
                    refusals.add(RuntimeError.INVALID_FIELD);
                    continue;
                }
                String target = world.schema().lookup(object, expansion.name()).target();
                refusals.addAll(projectionRefusals(target, paths(expansion), expansion.expand()));
            } else if (!fields.seen(children.object(), children.field())) {
                refusals.add(RuntimeError.INVALID_FIELD);
            } else {
                refusals.addAll(projectionRefusals(children.object(), paths(expansion), expansion.expand()));
                refusals.addAll(asked.use(children.object(), expansion.where()));
                expansion.orderBy().forEach(sort -> refusals.addAll(asked.use(children.object(), sort.field())));
            }
        }
        return refusals;
    }

    private static List<FieldPath> paths(Expansion expansion) {
        return expansion.fields().stream().map(FieldPath::parse).toList();
    }

    /** The lookup behind a child collection; null where the name is that of a field. */
    private Schema.@Nullable Incoming children(String object, String name) {
        return world.schema().field(object, name) != null
                ? null
                : world.schema().incoming(object).stream().filter(incoming -> incoming.object().equals(name))
                        .findFirst()
                        .orElse(null);
    }

    private Map<String, @Nullable Object> shown(String object, Map<String, @Nullable Object> record,
            List<FieldPath> paths, List<Expansion> expand) {
        var direct = new LinkedHashSet<String>();
        direct.add("id");
        var through = new LinkedHashMap<String, List<FieldPath>>();
        if (paths.isEmpty()) {
            world.schema().fields(object).keySet().stream().filter(name -> fields.seen(object, name))
                    .forEach(direct::add);
        }
        for (FieldPath path : paths) {
            direct.add(path.first());
            if (!path.isDirect()) {
                through.computeIfAbsent(path.first(), _ -> new ArrayList<>())
                        .add(new FieldPath(path.segments().subList(1, path.segments().size())));
            }
        }
        var shown = new LinkedHashMap<String, @Nullable Object>();
        for (String name : direct) {
            shown.put(name, through.containsKey(name)
                    ? related(object, record, name, through.get(name), List.of())
                    : value(object, record, name));
        }
        for (Expansion expansion : expand) {
            Schema.Incoming children = children(object, expansion.name());
            shown.put(expansion.name(), children == null
                    ? related(object, record, expansion.name(),
                            all(world.schema().lookup(object, expansion.name()).target(), expansion,
                                    through.getOrDefault(expansion.name(), List.of())),
                            expansion.expand())
                    : children(record, children, expansion));
        }
        return shown;
    }

    /** An expansion without fields shows all; dotted fields beside it lead further. */
    private List<FieldPath> all(String target, Expansion expansion, List<FieldPath> dotted) {
        boolean everything = expansion.fields().isEmpty();
        List<FieldPath> further = dotted.stream().filter(path -> !everything || !path.isDirect()).toList();
        if (everything && further.isEmpty()) {
            return List.of();
        }
        var joined = new ArrayList<>(paths(expansion));
        if (everything) {
            world.schema().fields(target).keySet().stream().filter(name -> fields.seen(target, name))
                    .map(FieldPath::of).forEach(joined::add);
        }
        joined.addAll(further);
        return joined;
    }

    private @Nullable Object value(String object, Map<String, @Nullable Object> record, String name) {
        Object value = asked.value(object, record, name);
        String mask = fields.mask(object, name);
        if (mask != null) {
            return ReferenceFields.masked(mask, value);
        }
        return value instanceof UUID id ? id.toString() : value;
    }

    private @Nullable Object related(String object, Map<String, @Nullable Object> record, String lookup,
            @Nullable List<FieldPath> paths, List<Expansion> expand) {
        String target = world.schema().lookup(object, lookup).target();
        Map<String, @Nullable Object> other = asked.visible(target, record.get(lookup));
        return other == null ? null : shown(target, other, paths == null ? List.of() : paths, expand);
    }

    private List<Map<String, @Nullable Object>> children(Map<String, @Nullable Object> parent,
            Schema.Incoming children, Expansion expansion) {
        Predicate where = expansion.where();
        Integer limit = expansion.limit();
        return asked.sorted(children.object(), asked.matching(children.object(), where).stream()
                .filter(child -> parent.get("id") instanceof UUID id && id.equals(child.get(children.field())))
                .toList(),
                expansion.orderBy()).stream().limit(limit == null ? 100 : limit)
                .map(child -> shown(children.object(), child, paths(expansion), expansion.expand())).toList();
    }
}
