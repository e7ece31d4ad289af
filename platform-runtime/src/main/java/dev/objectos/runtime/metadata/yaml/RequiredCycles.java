package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds objects of which no record could ever be created, because each needs another one first. */
final class RequiredCycles {

    private final ObjectAssembly objects;

    /** A required lookup. */
    private record Edge(String from, FieldDefinition field, String to) {}

    RequiredCycles(ObjectAssembly objects) {
        this.objects = objects;
    }

    /** Reports every required lookup that closes a circle; the objects that have one. */
    Set<String> report() {
        var guilty = new LinkedHashSet<String>();
        var done = new HashSet<String>();
        for (String start : List.copyOf(objects.names())) {
            List<Edge> circle = circleFrom(start, done);
            if (circle != null) {
                Edge last = circle.getLast();
                ObjectDraft draft = objects.draft(last.from());
                if (draft != null) {
                    String path = circle.stream().map(edge -> edge.from() + "." + edge.field().name())
                            .collect(Collectors.joining(" → "));
                    draft.findings().error(last.field().source(), "no record could ever be created, because each needs"
                            + " the next one first: " + path + " → " + last.to(),
                            "make one of these lookups optional");
                    guilty.add(last.from());
                }
            }
        }
        return guilty;
    }

    /** The first circle that is met on the way from an object, or null; depth first, without recursion. */
    private @Nullable List<Edge> circleFrom(String start, Set<String> done) {
        if (done.contains(start)) {
            return null;
        }
        Map<String, Deque<Edge>> open = new HashMap<>();
        var path = new ArrayList<Edge>();
        var stack = new ArrayDeque<String>();
        stack.push(start);
        open.put(start, edges(start));
        while (!stack.isEmpty()) {
            String current = stack.element();
            Deque<Edge> rest = open.getOrDefault(current, new ArrayDeque<>());
            if (rest.isEmpty()) {
                stack.pop();
                open.remove(current);
                done.add(current);
                if (!path.isEmpty()) {
                    path.removeLast();
                }
                continue;
            }
            Edge edge = rest.pop();
            if (open.containsKey(edge.to())) {
                int from = 0;
                while (from < path.size() && !path.get(from).from().equals(edge.to())) {
                    from++;
                }
                var circle = new ArrayList<>(path.subList(from, path.size()));
                circle.add(edge);
                done.addAll(open.keySet());
                return circle;
            }
            if (!done.contains(edge.to())) {
                path.add(edge);
                stack.push(edge.to());
                open.put(edge.to(), edges(edge.to()));
            }
        }
        return null;
    }

    private Deque<Edge> edges(String name) {
        var edges = new ArrayDeque<Edge>();
        ObjectDefinition object = objects.object(name);
        if (object != null) {
            for (FieldDefinition field : object.fields().values()) {
                if (field.required() && field.defaultValue() == null
                        && field.type() instanceof FieldType.Reference(_, String target, _)) {
                    edges.add(new Edge(name, field, ObjectAssembly.canonical(target)));
                }
            }
        }
        return edges;
    }
}
