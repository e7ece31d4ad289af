package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.SourceLocation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of a YAML document that knows where it was written. */
sealed interface Element {

    SourceLocation where();

    /** The value without positions: String, Boolean, BigDecimal, Integer, Long, BigInteger, List, Map or null. */
    @Nullable
    Object plain();

    /** Whether this is an empty value or {@code null}. */
    default boolean isNull() {
        return this instanceof Scalar scalar && scalar.value() == null;
    }

    /** What this is, for messages. */
    default String kind() {
        return switch (this) {
            case Entries _ -> "a map";
            case Items _ -> "a list";
            case Scalar scalar -> switch (scalar.value()) {
                case null -> "empty";
                case Boolean _ -> "true or false";
                case Number _ -> "a number";
                default -> "text";
            };
        };
    }

    /**
     * A single value.
     *
     * @param value String, Boolean, Integer, Long, BigInteger, BigDecimal; null for an empty value
     * @param text as it was written, without quotes
     * @param lead columns between the beginning and the first character of the text
     */
    record Scalar(@Nullable Object value, String text, int lead, SourceLocation where) implements Element {

        static Scalar of(String text, SourceLocation where) {
            return new Scalar(text, text, 0, where);
        }

        @Override
        public @Nullable Object plain() {
            return value;
        }

        /** Where a character of the text was written, for texts in one line. */
        SourceLocation at(int offset) {
            return new SourceLocation(where.file(), where.line(), where.column() + lead + offset);
        }

        boolean isNumber() {
            return value instanceof Number;
        }

        /** The number, whichever way it was written. */
        @Nullable
        BigDecimal number() {
            return switch (value) {
                case Integer whole -> BigDecimal.valueOf(whole);
                case Long whole -> BigDecimal.valueOf(whole);
                case BigInteger whole -> new BigDecimal(whole);
                case BigDecimal decimal -> decimal;
                case null, default -> null;
            };
        }
    }

    /** A list. */
    record Items(List<Element> elements, SourceLocation where) implements Element {

        public Items {
            elements = List.copyOf(elements);
        }

        @Override
        public Object plain() {
            var list = new ArrayList<@Nullable Object>(elements.size());
            for (Element element : elements) {
                list.add(element.plain());
            }
            return Collections.unmodifiableList(list);
        }
    }

    /** A map, in the order in which it was written. */
    record Entries(Map<String, Entry> entries, SourceLocation where) implements Element {

        public Entries {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        static Entries empty(SourceLocation where) {
            return new Entries(Map.of(), where);
        }

        @Override
        public Map<String, @Nullable Object> plain() {
            var map = new LinkedHashMap<String, @Nullable Object>();
            entries.forEach((key, entry) -> map.put(key, entry.value().plain()));
            return Collections.unmodifiableMap(map);
        }

        boolean has(String key) {
            return entries.containsKey(key);
        }

        @Nullable
        Element get(String key) {
            Entry entry = entries.get(key);
            return entry == null ? null : entry.value();
        }

        /** The scalar's text, or null where there is none. */
        @Nullable
        String text(String key) {
            return get(key) instanceof Scalar scalar && scalar.value() != null ? scalar.text() : null;
        }

        boolean flag(String key) {
            return get(key) instanceof Scalar scalar && Boolean.TRUE.equals(scalar.value());
        }

        @Nullable
        Integer whole(String key) {
            return get(key) instanceof Scalar(Integer value, _, _, _) ? value : null;
        }

        @Nullable
        BigDecimal number(String key) {
            return get(key) instanceof Scalar scalar ? scalar.number() : null;
        }

        /** The map below a key, or null. */
        @Nullable
        Entries map(String key) {
            return get(key) instanceof Entries map ? map : null;
        }

        /** The elements of the list below a key; none where there is no list. */
        List<Element> list(String key) {
            return get(key) instanceof Items items ? items.elements() : List.of();
        }

        /** The texts of a list of scalars; null where there is no list. */
        @Nullable
        List<String> words(String key) {
            if (!(get(key) instanceof Items items)) {
                return null;
            }
            return items.elements().stream().filter(Scalar.class::isInstance).map(item -> ((Scalar) item).text())
                    .toList();
        }

        /** Where the key itself was written; the map's own place where it is missing. */
        SourceLocation keyWhere(String key) {
            Entry entry = entries.get(key);
            return entry == null ? where : entry.keyWhere();
        }

        /** Where the value of a key was written; the map's own place where it is missing. */
        SourceLocation valueWhere(String key) {
            Entry entry = entries.get(key);
            return entry == null ? where : entry.value().where();
        }

        Entries with(String key, Entry entry) {
            var changed = new LinkedHashMap<>(entries);
            changed.put(key, entry);
            return new Entries(changed, where);
        }

        Entries without(String key) {
            if (!has(key)) {
                return this;
            }
            var changed = new LinkedHashMap<>(entries);
            changed.remove(key);
            return new Entries(changed, where);
        }
    }

    /** A value of a map and the place of its key. */
    record Entry(SourceLocation keyWhere, Element value) {}
}
