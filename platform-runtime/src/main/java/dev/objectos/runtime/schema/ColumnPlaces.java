package dev.objectos.runtime.schema;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which column holds each field whose type has changed. A type never changes under those who work with a column: the field gets
 * another one, so that nodes with the metadata of before go on with theirs.
 *
 * @param generations of columns other than the first one, by object and identity
 */
record ColumnPlaces(Map<String, Map<String, Integer>> generations) {

    private static final ColumnPlaces FIRST = new ColumnPlaces(Map.of());

    ColumnPlaces {
        generations = Map.copyOf(generations);
    }

    static ColumnPlaces of(Catalog catalog) {
        return catalog.derive(ColumnPlaces.class, _ -> FIRST);
    }

    int generation(String object, String identity) {
        return generations.getOrDefault(object, Map.of()).getOrDefault(identity, 1);
    }

    /** The catalog, knowing where its fields are, or would be once it is published. */
    static Catalog placed(Catalog catalog, Map<String, PublishedTable> published) {
        var generations = new HashMap<String, Map<String, Integer>>();
        for (ObjectDefinition object : catalog.objects()) {
            PublishedTable table = published.get(object.name());
            // With the tenancy everything begins anew.
            if (table != null && table.global() == object.global()) {
                Map<String, Integer> later = later(object, table);
                if (!later.isEmpty()) {
                    generations.put(object.name(), Map.copyOf(later));
                }
            }
        }
        var places = new ColumnPlaces(generations);
        return places.equals(of(catalog)) ? catalog : catalog.knowing(ColumnPlaces.class, places);
    }

    private static Map<String, Integer> later(ObjectDefinition object, PublishedTable table) {
        var later = new HashMap<String, Integer>();
        for (FieldDefinition field : object.fields().values()) {
            if (field.stored()) {
                String identity = PhysicalSchema.identity(field);
                int generation = generation(table.columnsOf(identity), ColumnType.of(field.type()).sql());
                if (generation > 1) {
                    later.put(identity, generation);
                }
            }
        }
        return later;
    }

    /** @param known the field's columns, oldest first */
    private static int generation(List<PublishedTable.Column> known, String type) {
        List<PublishedTable.Column> live = known.stream().filter(column -> !column.retired()).toList();
        List<PublishedTable.Column> candidates = live.isEmpty() ? known : live;
        if (candidates.isEmpty()) {
            return 1;
        }
        for (PublishedTable.Column column : candidates.reversed()) {
            if (column.type().equals(type)) {
                return column.generation();
            }
        }
        PublishedTable.Column latest = candidates.getLast();
        return TypeChange.staysInPlace(latest.type(), type)
                ? latest.generation()
                : known.getLast().generation() + 1;
    }
}
