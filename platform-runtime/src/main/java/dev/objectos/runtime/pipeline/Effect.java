package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.sql.WriteJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What one transaction has done, as far as its answer depends on it.
 *
 * @param ids the record that each of its changes was about
 * @param created the changes that made their record, by index
 */
record Effect(List<UUID> ids, Set<Integer> created) {

    Effect {
        ids = List.copyOf(ids);
        created = Set.copyOf(created);
    }

    static Effect of(UUID id) {
        return new Effect(List.of(id), Set.of());
    }

    String json() {
        return WriteJson.text(Map.of("ids", ids, "created", List.copyOf(created)));
    }

    static Effect parse(String json) {
        if (WriteJson.parse(json) instanceof Map<?, ?> map && map.get("ids") instanceof List<?> ids
                && map.get("created") instanceof List<?> created) {
            return new Effect(ids.stream().map(id -> UUID.fromString((String) id)).toList(),
                    created.stream().map(Integer.class::cast).collect(Collectors.toSet()));
        }
        throw new IllegalStateException("no effect: " + json);
    }
}
