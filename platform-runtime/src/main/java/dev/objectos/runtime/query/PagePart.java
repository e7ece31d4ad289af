package dev.objectos.runtime.query;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A member of a page of records with its place among all of them.
 *
 * @param <S> what says what is shown of a record
 */
public sealed interface PagePart<S> {

    String name();

    /** The same with something else that says what is shown of a record. */
    default <T> PagePart<T> with(Function<S, T> other) {
        return switch (this) {
            case Text<S>(String name, String text) -> new Text<>(name, text);
            case Total<S>(String name) -> new Total<>(name);
            case Nodes<S>(String name, S record) -> new Nodes<>(name, other.apply(record));
            case Edges<S>(String name, List<Edge<S>> parts) ->
                new Edges<>(name, parts.stream().map(part -> part.<T>with(other)).toList());
            case PageInfo<S>(String name, List<Fact> facts) -> new PageInfo<>(name, facts);
        };
    }

    /** Everything that says what is shown of records. */
    default Stream<S> shown() {
        return switch (this) {
            case Text<S> _,Total<S> _,PageInfo<S> _ -> Stream.empty();
            case Nodes<S>(String _, S record) -> Stream.of(record);
            case Edges<S>(String _, List<Edge<S>> parts) -> parts.stream().flatMap(Edge::shown);
        };
    }

    record Text<S>(String name, String text) implements PagePart<S> {}

    /** How many records there are on all pages together. */
    record Total<S>(String name) implements PagePart<S> {}

    /** The records themselves. */
    record Nodes<S>(String name, S record) implements PagePart<S> {}

    /** The records, each with its place. */
    record Edges<S>(String name, List<Edge<S>> parts) implements PagePart<S> {

        public Edges {
            parts = List.copyOf(parts);
        }
    }

    /** Where the page lies. */
    record PageInfo<S>(String name, List<Fact> facts) implements PagePart<S> {

        public PageInfo {
            facts = List.copyOf(facts);
        }
    }

    /** A member of an edge: of a record with its place. */
    sealed interface Edge<S> {

        String name();

        private <T> Edge<T> with(Function<S, T> other) {
            return switch (this) {
                case Text<S>(String name, String text) -> new Text<>(name, text);
                case Cursor<S>(String name) -> new Cursor<>(name);
                case Node<S>(String name, S record) -> new Node<>(name, other.apply(record));
            };
        }

        private Stream<S> shown() {
            return this instanceof Node<S>(String _, S record) ? Stream.of(record) : Stream.empty();
        }

        record Text<S>(String name, String text) implements Edge<S> {}

        /** The record's place in the order. */
        record Cursor<S>(String name) implements Edge<S> {}

        record Node<S>(String name, S record) implements Edge<S> {}
    }

    /** A member of what is said of where the page lies. */
    sealed interface Fact {

        String name();

        record Text(String name, String text) implements Fact {}

        /** Whether there are more records in the direction of paging, or others behind. */
        record More(String name, boolean next) implements Fact {}

        /** The cursor of the first record shown, or of the last; null where there is none. */
        record End(String name, boolean first) implements Fact {}
    }
}
