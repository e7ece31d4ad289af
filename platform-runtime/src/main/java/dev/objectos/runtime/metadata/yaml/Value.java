package dev.objectos.runtime.metadata.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What may stand behind a key. */
sealed interface Value {

    /** A word or a sentence; an unquoted number is read as it is written. */
    record Text() implements Value {}

    /** {@code true} or {@code false}. */
    record Flag() implements Value {}

    /** A whole number within bounds; null: none. */
    record Whole(@Nullable Integer min, @Nullable Integer max) implements Value {}

    /** A number. */
    record Decimal() implements Value {}

    /** Anything, kept as it is. */
    record Any() implements Value {}

    /** An expression in CEL, with or without <code>${…}</code>; a plain true or false will do. */
    record Expression() implements Value {}

    /**
     * One of several words.
     *
     * @param words every accepted spelling with the canonical word it stands for
     */
    record Word(Map<String, String> words) implements Value {}

    /**
     * A list.
     *
     * @param single whether one element may stand there without the brackets
     */
    record Many(Value element, boolean single) implements Value {}

    /** A map whose keys the author chooses. */
    record Dictionary(Value value) implements Value {}

    /**
     * Named elements: a map by name, or a list of maps that carry {@code name}; read as a map.
     *
     * @param keyedOnly whether only the map will do
     */
    record Named(Value element, boolean keyedOnly) implements Value {}

    /** A map with known keys. */
    record Nested(Supplier<Shape> shape) implements Value {}

    /** Whichever alternative fits what was written, the first of them first. */
    record Either(List<Value> alternatives) implements Value {}

    static Value text() {
        return new Text();
    }

    static Value flag() {
        return new Flag();
    }

    static Value whole(@Nullable Integer min, @Nullable Integer max) {
        return new Whole(min, max);
    }

    static Value number() {
        return new Decimal();
    }

    static Value any() {
        return new Any();
    }

    static Value expression() {
        return new Expression();
    }

    /** @param entries canonical words, each with its aliases after a colon: {@code "average: avg, mean"} */
    static Value words(String... entries) {
        return new Word(spellings(List.of(entries)));
    }

    /** Every spelling with the canonical word it stands for. */
    static Map<String, String> spellings(List<String> entries) {
        var spellings = new LinkedHashMap<String, String>();
        for (String entry : entries) {
            String[] parts = entry.split(": ", -1);
            spellings.put(parts[0], parts[0]);
            if (parts.length > 1) {
                for (String alias : parts[1].split(", ", -1)) {
                    spellings.put(alias, parts[0]);
                }
            }
        }
        return Collections.unmodifiableMap(spellings);
    }

    static Value list(Value element) {
        return new Many(element, false);
    }

    static Value oneOrMany(Value element) {
        return new Many(element, true);
    }

    static Value names() {
        return oneOrMany(text());
    }

    static Value dictionary(Value value) {
        return new Dictionary(value);
    }

    static Value named(Supplier<Shape> shape) {
        return new Named(new Nested(shape), false);
    }

    static Value nested(Supplier<Shape> shape) {
        return new Nested(shape);
    }

    static Value either(Value... alternatives) {
        return new Either(List.of(alternatives));
    }
}
