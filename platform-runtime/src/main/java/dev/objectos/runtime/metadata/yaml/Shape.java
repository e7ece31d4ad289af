package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.Violation.Severity;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys that an element of some kind may have: read by the checker, by "did you mean" and by the JSON Schemas. */
final class Shape {

    private final String title;
    private final @Nullable Severity unknown;
    private final Map<String, Key> keys = new LinkedHashMap<>();
    private final Map<String, Key> byWord = new LinkedHashMap<>();

    private Shape(String title, @Nullable Severity unknown) {
        this.title = title;
        this.unknown = unknown;
    }

    /** A shape in which an unknown key is a warning. */
    static Shape of(String title, Key... keys) {
        return new Shape(title, Severity.WARNING).add(List.of(keys));
    }

    /** A shape in which an unknown key is an error. */
    static Shape strict(String title, Key... keys) {
        return new Shape(title, Severity.ERROR).add(List.of(keys));
    }

    /** A shape in which any other key is kept without a word. */
    static Shape open(String title, Key... keys) {
        return new Shape(title, null).add(List.of(keys));
    }

    /** This shape and further keys that are kept without effect. */
    Shape describing(String... names) {
        for (String name : names) {
            add(List.of(Key.of(name, Value.any()).descriptive()));
        }
        return this;
    }

    Shape and(Collection<Key> more) {
        return add(more);
    }

    private Shape add(Collection<Key> more) {
        for (Key key : more) {
            if (keys.put(key.name(), key) != null || byWord.put(key.name(), key) != null) {
                throw new IllegalStateException(title + " knows " + key.name() + " twice");
            }
            for (String alias : key.aliases()) {
                if (byWord.put(alias, key) != null) {
                    throw new IllegalStateException(title + " knows " + alias + " twice");
                }
            }
        }
        return this;
    }

    /** What the element is, such as "a field". */
    String title() {
        return title;
    }

    /** How bad an unknown key is; null: not at all. */
    @Nullable
    Severity unknown() {
        return unknown;
    }

    Collection<Key> keys() {
        return Collections.unmodifiableCollection(keys.values());
    }

    /** The key of that name or alias, or null. */
    @Nullable
    Key key(String word) {
        return byWord.get(word);
    }

    /** Every name and alias. */
    Collection<String> words() {
        return Collections.unmodifiableSet(byWord.keySet());
    }
}
