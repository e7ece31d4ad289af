package dev.objectos.runtime.metadata.publish;

import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of one data file. */
record SeedFile(String source, ObjectDefinition object, Mode mode, List<Seed> seeds) {

    private static final String KEY = "_id";

    /** What to do about a record that is there already, by its unique values. */
    enum Mode {
        /** Report it. */
        INSERT,
        /** Give it the file's values. */
        UPSERT,
        /** Leave it. */
        IGNORE
    }

    /**
     * One record.
     *
     * @param key its {@code _id}, or its file and position where it has none
     */
    record Seed(String key, Map<String, @Nullable Object> values, SourceLocation where) {}

    static SeedFile of(MetadataItem item, ObjectDefinition object) {
        var seeds = new ArrayList<Seed>();
        List<?> records = item.content().get("records") instanceof List<?> list ? list : List.of();
        for (int i = 0; i < records.size(); i++) {
            var values = new LinkedHashMap<String, @Nullable Object>();
            Map<?, ?> record = (Map<?, ?>) records.get(i);
            record.forEach((name, value) -> {
                if (object.field(String.valueOf(name)).filter(FieldDefinition::loadable).isPresent()) {
                    values.put(String.valueOf(name), value);
                }
            });
            Object key = record.get(KEY);
            SourceLocation where = i < item.positions().size() ? item.positions().get(i) : item.source();
            String name = key == null ? "" : key.toString();
            seeds.add(new Seed(name.isEmpty() ? item.source().file() + "#" + (i + 1) : name, values, where));
        }
        return new SeedFile(item.source().file(), object, mode(item), seeds);
    }

    private static Mode mode(MetadataItem item) {
        return switch (String.valueOf(item.content().get("mode"))) {
            case "upsert" -> Mode.UPSERT;
            case "ignore" -> Mode.IGNORE;
            default -> Mode.INSERT;
        };
    }
}
