package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldType.SummaryFunction;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks and resolves what an object says of others: the targets of lookups and the children of summaries. */
final class ObjectLinker {

    private final ObjectAssembly objects;

    ObjectLinker(ObjectAssembly objects) {
        this.objects = objects;
    }

    /** The names of other objects as the fields have them. */
    static Set<String> targets(ObjectDefinition object) {
        var targets = new LinkedHashSet<String>();
        for (FieldDefinition field : object.fields().values()) {
            String target = target(field.type());
            if (target != null) {
                targets.add(target);
            }
        }
        object.actions().values().forEach(action -> action.params().values().forEach(param -> {
            String target = target(param.type());
            if (target != null) {
                targets.add(target);
            }
        }));
        return targets;
    }

    private static @Nullable String target(FieldType type) {
        return switch (type) {
            case FieldType.Reference reference -> reference.target();
            case FieldType.References references -> references.target();
            case FieldType.Summary summary -> summary.object();
            case FieldType.Text _,FieldType.Password _,FieldType.Secret _,FieldType.Decimal _,FieldType.Whole _,FieldType.Bool _,FieldType.Date _,FieldType.Time _,FieldType.Instant _,FieldType.Choice _,FieldType.Choices _,FieldType.Id _,FieldType.File _,FieldType.Json _,FieldType.Vector _,FieldType.AutoNumber _,FieldType.Formula _ ->
                null;
        };
    }

    void check(ObjectDefinition object, Entries written, Findings findings) {
        Entries fields = Objects.requireNonNullElse(written.map("fields"), Entries.empty(written.where()));
        for (FieldDefinition field : object.fields().values()) {
            if (field.system()) {
                continue;
            }
            Entries attributes = Objects.requireNonNullElse(fields.map(field.name()), Entries.empty(field.source()));
            checkField(object, field, attributes, findings);
        }
        Entries actions = written.map("actions");
        object.actions().values().forEach(action -> action.params().values().forEach(param -> {
            Entries definition = actions == null ? null : actions.map(action.name());
            Entries params = definition == null ? null : definition.map("params");
            Entries attributes = params == null ? null : params.map(param.name());
            checkField(object, param,
                    attributes == null ? Entries.empty(param.source()) : attributes, findings);
        }));
    }

    /** Names of no object in a file that is left out for other faults, so that everything wrong is told at once. */
    void checkNames(Entries faulty, Findings findings) {
        Entries fields = faulty.map("fields");
        if (fields == null) {
            return;
        }
        fields.entries().forEach((name, entry) -> {
            if (entry.value() instanceof Entries field) {
                checkName(field, "reference_to", "'" + name + "' refers to", findings);
                checkName(field, "summary_object", "'" + name + "' summarises", findings);
                Entries summary = field.map("summary");
                if (summary != null) {
                    checkName(summary, "object", "'" + name + "' summarises", findings);
                }
            }
        });
    }

    private void checkName(Entries written, String key, String what, Findings findings) {
        String target = written.text(key);
        if (target != null && objects.draft(target) == null) {
            exists(target, written.valueWhere(key), what + " '" + target + "'", findings);
        }
    }

    private void checkField(ObjectDefinition object, FieldDefinition field, Entries attributes, Findings findings) {
        switch (field.type()) {
            case FieldType.Summary summary -> checkSummary(object, field, summary, attributes, findings);
            case FieldType type -> {
                String target = target(type);
                if (target != null) {
                    SourceLocation where = attributes.has("reference_to")
                            ? attributes.valueWhere("reference_to")
                            : field.source();
                    ObjectDefinition found = exists(target, where, "'" + field.name() + "' refers to '" + target + "'",
                            findings);
                    if (found != null && found.view()) {
                        findings.error(where, "'" + target + "' shows what the platform stores, which no record can "
                                + "refer to", "refer to user, or keep the id in a text");
                    }
                    if (found != null && object.global() && !found.global()) {
                        findings.error(where, object.name() + " is read by every tenant, and '" + target
                                + "' belongs to one", "refer to an object with tenancy: global");
                    }
                }
            }
        }
    }

    private @Nullable ObjectDefinition exists(String target, SourceLocation where, String what, Findings findings) {
        ObjectDefinition found = objects.object(target);
        if (found != null) {
            return found;
        }
        ObjectDraft bad = objects.draft(target);
        if (bad != null) {
            findings.error(where, what + ", which is left out because of its own errors",
                    "mend " + bad.parts().getFirst().label() + " first");
        } else {
            String near = Spelling.suggest(target, objects.names());
            findings.error(where, what + ", and there is no such object",
                    near.isEmpty() ? "define it, or name another" : near);
        }
        return null;
    }

    private void checkSummary(ObjectDefinition object, FieldDefinition field, FieldType.Summary summary,
            Entries attributes, Findings findings) {
        Entries nested = attributes.map("summary");
        SourceLocation where = nested != null && nested.has("object")
                ? nested.valueWhere("object")
                : attributes.has("summary_object") ? attributes.valueWhere("summary_object") : field.source();
        ObjectDefinition child = exists(summary.object(), where,
                "'" + field.name() + "' summarises '" + summary.object() + "'", findings);
        if (child == null) {
            return;
        }
        if (object.global() && !child.global()) {
            findings.error(where, object.name() + " is read by every tenant, and '" + child.name() + "' belongs to one",
                    "summarise an object with tenancy: global");
        }
        if (isCircular(object.name(), field.name(), summary)) {
            findings.error(where, "'" + field.name() + "' summarises what is computed from itself",
                    "summarise another field");
        }
        String named = summary.reference();
        List<String> ways = lookups(child, object.name(), named != null);
        if (named != null && !ways.contains(named)) {
            findings.error(where, "'" + named + "' of " + child.name() + " is no lookup to " + object.name(),
                    ways.isEmpty() ? "add a lookup there" : "write one of " + String.join(", ", ways));
        } else if (ways.isEmpty()) {
            findings.error(where, child.name() + " has no lookup to " + object.name() + " to summarise by",
                    "add one there, or name another object");
        } else if (named == null && ways.size() > 1) {
            findings.error(where, child.name() + " has several lookups to " + object.name() + ": "
                    + String.join(", ", ways), "add reference: " + ways.getFirst() + " to the summary");
        }
        String of = summary.field();
        if (of != null) {
            checkSummarised(child, of, summary.function(), nested != null && nested.has("field")
                    ? nested.valueWhere("field")
                    : attributes.valueWhere("summary_field"), findings);
        }
    }

    /** Whether the way from one summary to the next leads back to the first. */
    private boolean isCircular(String object, String field, FieldType.Summary first) {
        FieldType.Summary summary = first;
        var seen = new HashSet<String>();
        while (summary.field() instanceof String next && seen.add(summary.object() + "." + next)) {
            if (ObjectAssembly.canonical(summary.object()).equals(object) && next.equals(field)) {
                return true;
            }
            ObjectDefinition child = objects.object(summary.object());
            FieldDefinition summarised = child == null ? null : child.fields().get(next);
            if (summarised == null || !(summarised.type() instanceof FieldType.Summary further)) {
                return false;
            }
            summary = further;
        }
        return false;
    }

    private void checkSummarised(ObjectDefinition child, String name, SummaryFunction function,
            SourceLocation where, Findings findings) {
        FieldDefinition field = child.fields().get(name);
        if (field == null) {
            findings.error(where, child.name() + " has no field '" + name + "'",
                    Spelling.suggest(name, child.fields().keySet()));
            return;
        }
        boolean ordered = function == SummaryFunction.MIN || function == SummaryFunction.MAX;
        FieldType yielded = yielded(field.type(), objects);
        boolean moment = yielded != null && isMoment(yielded);
        if (moment ? !ordered : !isNumeric(field.type())) {
            findings.error(where, "'" + name + "' of " + child.name() + " is a field of type " + field.type().name()
                    + ", and has no "
                    + function.name().toLowerCase(java.util.Locale.ROOT), "name a field that holds numbers");
        }
    }

    private static boolean isNumeric(FieldType type) {
        return type instanceof FieldType.Decimal || type instanceof FieldType.Whole
                || type instanceof FieldType.Summary || (type instanceof FieldType.Formula formula
                        && (isNumber(formula.returnType()) || formula.returnType().equals(FieldType.Formula.INFERRED)));
    }

    private static boolean isNumber(String type) {
        TypeFamily family = TypeFamily.of(type);
        return family == TypeFamily.DECIMAL || family == TypeFamily.WHOLE;
    }

    /**
     * The lookups of a child to a parent; the platform's own only where they are asked for by name,
     * and those that a tenant has added not at all.
     */
    private static List<String> lookups(ObjectDefinition child, String parent, boolean system) {
        var ways = new ArrayList<String>();
        for (FieldDefinition field : child.fields().values()) {
            if (field.type() instanceof FieldType.Reference(_, String target, _)
                    && ObjectAssembly.canonical(target).equals(parent) && (system || !field.system())
                    && field.tenant() == null) {
                ways.add(field.name());
            }
        }
        return ways;
    }

    /** The object with the names of others resolved. */
    static ObjectDefinition linked(ObjectDefinition object, ObjectAssembly objects) {
        var fields = new LinkedHashMap<String, FieldDefinition>();
        object.fields()
                .forEach((name, field) -> fields.put(name, typed(field, resolve(object, field.type(), objects))));
        var actions = new LinkedHashMap<>(object.actions());
        actions.replaceAll((_, action) -> {
            var params = new LinkedHashMap<>(action.params());
            params.replaceAll((_, param) -> typed(param, resolve(object, param.type(), objects)));
            return new dev.objectos.runtime.metadata.ActionDefinition(action.name(), action.label(), action.onRecord(),
                    params, action.definition(), action.handler(), action.source());
        });
        return new ObjectDefinition(object.name(), object.label(), object.pluralLabel(), object.description(),
                object.icon(), object.nameField(), object.system(), object.tenancy(), object.enable(), fields,
                object.indexes(), object.validations(), actions, object.permissionSets(), object.plugin(),
                object.descriptive(), object.source(), object.view());
    }

    private static FieldType resolve(ObjectDefinition object, FieldType type, ObjectAssembly objects) {
        return switch (type) {
            case FieldType.Summary summary -> {
                ObjectDefinition child = Objects.requireNonNull(objects.object(summary.object()), summary.object());
                String reference = summary.reference() != null
                        ? summary.reference()
                        : lookups(child, object.name(), false).getFirst();
                FieldDefinition of = summary.field() == null ? null : child.fields().get(summary.field());
                yield new FieldType.Summary(child.name(), reference, summary.function(), summary.field(),
                        summary.filter(), returnType(summary.function(), of, objects));
            }
            case FieldType other -> named(other);
        };
    }

    /** The type with the proper name of the object that it refers to. */
    static FieldType named(FieldType type) {
        return switch (type) {
            case FieldType.Reference(String name, String target, var onDelete) ->
                new FieldType.Reference(name, ObjectAssembly.canonical(target), onDelete);
            case FieldType.References(String name, String target) ->
                new FieldType.References(name, ObjectAssembly.canonical(target));
            case FieldType other -> other;
        };
    }

    private static String returnType(SummaryFunction function, @Nullable FieldDefinition of, ObjectAssembly objects) {
        if (function == SummaryFunction.COUNT) {
            return "integer";
        }
        FieldType yielded = of == null ? null : yielded(of.type(), objects);
        return yielded != null && isMoment(yielded) ? yielded.name() : "number";
    }

    private static boolean isMoment(FieldType type) {
        return type instanceof FieldType.Date || type instanceof FieldType.Instant;
    }

    /** The type itself; for a least or greatest value of children, that of what it is taken from. */
    private static @Nullable FieldType yielded(FieldType type, ObjectAssembly objects) {
        FieldType next = type;
        var seen = new HashSet<FieldType>();
        while (next instanceof FieldType.Summary summary && seen.add(next)
                && (summary.function() == SummaryFunction.MIN || summary.function() == SummaryFunction.MAX)) {
            ObjectDefinition child = objects.object(summary.object());
            FieldDefinition of = child == null || summary.field() == null ? null : child.fields().get(summary.field());
            if (of == null) {
                return null;
            }
            next = of.type();
        }
        return next;
    }

    private static FieldDefinition typed(FieldDefinition field, FieldType type) {
        return type.equals(field.type()) ? field : field.withType(type);
    }
}
