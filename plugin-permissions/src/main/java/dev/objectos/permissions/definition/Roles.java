package dev.objectos.permissions.definition;

import dev.objectos.runtime.metadata.ItemPart;
import dev.objectos.runtime.metadata.SourceLocation;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which sets bring others along, through all files. */
public final class Roles {

    /** What each signed-in user holds. */
    public static final String EVERYONE = "everyone";

    private static final Map<String, Set<String>> BUILT_IN = Map.of("owner", Set.of("admin"));

    private final Map<String, Set<String>> brought = new LinkedHashMap<>();
    private final Map<String, SourceLocation> written = new LinkedHashMap<>();

    Roles() {
        BUILT_IN.forEach((role, others) -> brought.put(role, new LinkedHashSet<>(others)));
    }

    /** @param roles names alone, or what each brings by name */
    void add(ItemPart roles) {
        roles.entries().forEach((role, content) -> {
            written.putIfAbsent(role, content.where());
            Set<String> others = brought.computeIfAbsent(role, _ -> new LinkedHashSet<>());
            content.elements("inherits").forEach(other -> others.add(other.text()));
            content.elements("permission_sets").forEach(other -> others.add(other.text()));
        });
        if (!roles.isMap()) {
            roles.elements().forEach(role -> written.putIfAbsent(role.text(), role.where()));
        }
    }

    /** The roles that files name, and where. */
    public Map<String, SourceLocation> written() {
        return Map.copyOf(written);
    }

    /** All sets of somebody who is given some: those themselves, what they bring, and what everybody has. */
    public Set<String> held(Collection<String> given) {
        var held = new TreeSet<String>();
        var open = new ArrayDeque<>(given);
        open.add(EVERYONE);
        while (!open.isEmpty()) {
            String next = open.remove();
            if (held.add(next)) {
                open.addAll(brought.getOrDefault(next, Set.of()));
            }
        }
        return held;
    }
}
