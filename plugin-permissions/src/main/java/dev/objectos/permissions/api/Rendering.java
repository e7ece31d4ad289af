package dev.objectos.permissions.api;

import dev.objectos.permissions.definition.Operation;
import dev.objectos.permissions.explain.Explanation;
import dev.objectos.permissions.explain.Layer;
import dev.objectos.permissions.explain.Question;
import dev.objectos.permissions.rights.HeldRights;
import dev.objectos.permissions.rights.Rights;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.RowFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Permissions as JSON. */
final class Rendering {

    private Rendering() {}

    static Map<String, Object> set(PermissionSets.PermissionSet set) {
        var rendered = new LinkedHashMap<String, Object>();
        rendered.put("name", set.name());
        rendered.put("inherits", set.brings());
        rendered.put("systemPermissions", words(set.systemPermissions()));
        if (set.assignableRoles() != null) {
            rendered.put("assignableRoles", set.assignableRoles());
        }
        rendered.put("objects", set.objects().stream().map(Rendering::onObject).toList());
        return rendered;
    }

    private static Map<String, Object> onObject(PermissionSets.OnObject granted) {
        var rendered = new LinkedHashMap<String, Object>();
        rendered.put("object", granted.object());
        for (Operation operation : Operation.values()) {
            Boolean outright = granted.operations().get(operation);
            rendered.put(key(operation), outright == null ? false : outright ? true : "conditional");
        }
        rendered.put("viewAllRecords", granted.viewAll());
        rendered.put("modifyAllRecords", granted.modifyAll());
        rendered.put("source", source(granted.where()));
        return rendered;
    }

    private static String key(Operation operation) {
        return switch (operation) {
            case CREATE -> "allowCreate";
            case READ -> "allowRead";
            case UPDATE -> "allowEdit";
            case DELETE -> "allowDelete";
        };
    }

    /** What a session may do with each object that it may do anything with. */
    static Map<String, Object> mine(Session session, Rights rights, Catalog catalog) {
        var objects = new LinkedHashMap<String, Object>();
        for (ObjectDefinition object : catalog.objects()) {
            HeldRights held = rights.on(object, session);
            if (!held.operations().isEmpty()) {
                objects.put(object.name(), mine(object, held));
            }
        }
        var rendered = new LinkedHashMap<String, Object>();
        rendered.put("sets", rights.held(session));
        rendered.put("platformAdministrator", session.platformAdministrator());
        rendered.put("systemPermissions", words(session.authority().permissions()));
        if (session.may(SystemPermission.ASSIGN_ROLES) && !session.authority().reach().rest()) {
            rendered.put("assignableRoles", new TreeSet<>(session.authority().reach().roles()));
        }
        rendered.put("objects", objects);
        return rendered;
    }

    private static Map<String, Object> mine(ObjectDefinition object, HeldRights held) {
        var rendered = new LinkedHashMap<String, Object>();
        for (Operation operation : Operation.values()) {
            rendered.put(key(operation), held.may(operation));
        }
        rendered.put("viewAllRecords", held.rows(Operation.READ).equals(RowFilter.EVERYTHING));
        rendered.put("modifyAllRecords", held.rows(Operation.UPDATE).equals(RowFilter.EVERYTHING)
                && held.rows(Operation.DELETE).equals(RowFilter.EVERYTHING));
        var readonly = new TreeSet<>(held.locked(Operation.UPDATE));
        readonly.removeAll(held.hidden());
        readonly.retainAll(object.fields().keySet());
        rendered.put("readonlyFields", readonly);
        return rendered;
    }

    private static List<String> words(Collection<SystemPermission> permissions) {
        return permissions.stream().map(SystemPermission::word).toList();
    }

    static Map<String, Object> checked(SystemPermission permission, Explanation explanation) {
        var rendered = new LinkedHashMap<String, Object>();
        rendered.put("allowed", explanation.allowed());
        rendered.put("systemPermission", permission.word());
        return rendered;
    }

    /** @param whole whether rules and files are told too, rather than verdicts alone */
    static Map<String, Object> explained(SystemPermission permission, Explanation explanation, boolean whole) {
        Map<String, Object> rendered = checked(permission, explanation);
        rendered.put("decision", whole ? explanation.decision() : explanation.allowed() ? "allowed" : "denied");
        rendered.put("layers", whole
                ? explanation.layers().stream().map(Rendering::layer).toList()
                : List.of(outline("system",
                        explanation.allowed() ? Layer.Verdict.GRANTED : Layer.Verdict.DENIED)));
        return rendered;
    }

    static Map<String, Object> checked(Question question, Explanation explanation) {
        var rendered = question(question, explanation);
        if (!explanation.fields().isEmpty()) {
            rendered.put("fields", fields(explanation));
        }
        return rendered;
    }

    static Map<String, Object> explained(Question question, Explanation explanation) {
        var rendered = checked(question, explanation);
        rendered.put("decision", explanation.decision());
        rendered.put("layers", explanation.layers().stream().map(Rendering::layer).toList());
        return rendered;
    }

    /** What whoever administers nothing is told: neither rules nor files, and nothing of what they may not read. */
    static Map<String, Object> outlined(Question question, Explanation explanation) {
        var rendered = checked(question, explanation);
        rendered.put("decision", explanation.allowed() ? "allowed" : "denied");
        var layers = new ArrayList<Map<String, Object>>();
        explanation.layers().stream().filter(layer -> layer.layer().equals("object")).findFirst()
                .ifPresent(layer -> layers.add(outline("object", layer.verdict())));
        layers.add(outline(question.record() == null ? "field" : "record",
                explanation.allowed() ? Layer.Verdict.GRANTED : Layer.Verdict.DENIED));
        rendered.put("layers", layers);
        return rendered;
    }

    private static Map<String, Object> outline(String layer, Layer.Verdict verdict) {
        return Map.of("layer", layer, "verdict", word(verdict));
    }

    private static Map<String, Object> question(Question question, Explanation explanation) {
        var rendered = new LinkedHashMap<String, Object>();
        rendered.put("allowed", explanation.allowed());
        rendered.put("object", question.object().name());
        rendered.put("operation", question.word());
        if (question.record() != null) {
            rendered.put("recordId", question.record());
        }
        return rendered;
    }

    private static Map<String, Object> fields(Explanation explanation) {
        var fields = new LinkedHashMap<String, Object>();
        explanation.fields().forEach((name, decision) -> {
            var field = new LinkedHashMap<String, Object>();
            field.put("visible", decision.visible());
            field.put("masked", decision.masked());
            field.put("editable", decision.editable());
            fields.put(name, field);
        });
        return fields;
    }

    private static Map<String, @Nullable Object> layer(Layer layer) {
        var rendered = new LinkedHashMap<String, @Nullable Object>();
        rendered.put("layer", layer.layer());
        rendered.put("verdict", word(layer.verdict()));
        rendered.put("rule", layer.rule());
        rendered.put("source", layer.source() == null ? null : source(layer.source()));
        rendered.put("because", layer.because());
        return rendered;
    }

    private static Map<String, Object> source(SourceLocation where) {
        return Map.of("file", where.file(), "line", where.line());
    }

    private static String word(Layer.Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
