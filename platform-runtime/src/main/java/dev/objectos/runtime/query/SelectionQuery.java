package dev.objectos.runtime.query;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Several things that are read together, in one statement and as of one moment: the members of one JSON object, in their
 * order. Two roots never have one name.
 */
public record SelectionQuery(List<Root> roots) {

    public SelectionQuery {
        roots = List.copyOf(roots);
    }

    /** The objects that the roots name, each once. */
    public Set<String> objects() {
        var objects = new LinkedHashSet<String>();
        roots.forEach(root -> {
            String object = root.object();
            if (object != null) {
                objects.add(object);
            }
        });
        return objects;
    }

    /** A member of the answer. */
    public sealed interface Root {

        String name();

        /** Of which object records are read; null: of none. */
        @Nullable
        String object();

        /** The same text for everybody. */
        record Text(String name, String text) implements Root {

            @Override
            public @Nullable String object() {
                return null;
            }
        }

        /**
         * One record, or null.
         *
         * @param id a {@link Operand.Literal} of it
         */
        record One(String name, String object, Operand id, Selection selection) implements Root {}

        /** An array of records. */
        record Several(String name, String object, Range range, Selection selection) implements Root {}

        /**
         * Records with what it takes to page through them (Relay's cursor connections).
         *
         * @param parts what is shown of it
         */
        record Connection(String name, String object, Predicate where, List<Sort> orderBy, Window window,
                List<ConnectionPart> parts) implements Root {

            public Connection {
                orderBy = List.copyOf(orderBy);
                parts = List.copyOf(parts);
            }

            /** Everything that is shown of records. */
            public List<Selection> selections() {
                return parts.stream().flatMap(part -> switch (part) {
                    case ConnectionPart.Text _,ConnectionPart.Total _,ConnectionPart.PageInfo _ ->
                        Stream.<Selection>empty();
                    case ConnectionPart.Nodes(String _, Selection selection) -> Stream.of(selection);
                    case ConnectionPart.Edges(String _, List<EdgePart> edge) -> edge.stream()
                            .filter(EdgePart.Node.class::isInstance).map(EdgePart.Node.class::cast)
                            .map(EdgePart.Node::selection);
                }).toList();
            }
        }

        /**
         * An array of groups, or of one for all records where nothing is grouped by.
         *
         * @param shown what is shown of each, by the aliases of keys and aggregations
         */
        record Groups(String name, String object, Predicate where, List<Grouping> groupBy,
                List<Aggregation> aggregations, int limit, List<GroupPart> shown) implements Root {

            public Groups {
                groupBy = List.copyOf(groupBy);
                aggregations = List.copyOf(aggregations);
                shown = List.copyOf(shown);
            }
        }
    }

    /**
     * The records of an order that follow a place, or that precede it.
     *
     * @param size at most {@value Page#MAXIMUM}
     * @param last whether the last ones before {@code before} are wanted, rather than the first ones after {@code after}
     * @param after a {@link Operand.Literal} of a cursor, or {@link Operand.None}
     * @param before likewise
     */
    public record Window(int size, boolean last, Operand after, Operand before) {}

    /** A member of a connection. */
    public sealed interface ConnectionPart {

        String name();

        record Text(String name, String text) implements ConnectionPart {}

        /** How many records there are on all pages together. */
        record Total(String name) implements ConnectionPart {}

        /** The records themselves. */
        record Nodes(String name, Selection selection) implements ConnectionPart {}

        /** The records, each with its place. */
        record Edges(String name, List<EdgePart> parts) implements ConnectionPart {

            public Edges {
                parts = List.copyOf(parts);
            }
        }

        /** Where the page lies. */
        record PageInfo(String name, List<PageFact> facts) implements ConnectionPart {

            public PageInfo {
                facts = List.copyOf(facts);
            }
        }
    }

    /** A member of an edge. */
    public sealed interface EdgePart {

        String name();

        record Text(String name, String text) implements EdgePart {}

        /** The record's place in the order. */
        record Cursor(String name) implements EdgePart {}

        record Node(String name, Selection selection) implements EdgePart {}
    }

    /** A member of what is said of a page. */
    public sealed interface PageFact {

        String name();

        record Text(String name, String text) implements PageFact {}

        /** Whether there are more records in the direction of paging, or others behind. */
        record More(String name, boolean next) implements PageFact {}

        /** The cursor of the first record shown, or of the last; null where there is none. */
        record End(String name, boolean first) implements PageFact {}
    }

    /** A member of a group. */
    public sealed interface GroupPart {

        String name();

        record Text(String name, String text) implements GroupPart {}

        /** A key, or something computed. */
        record Value(String name, String alias) implements GroupPart {}

        /** Parts in an object of their own; null where there is none. */
        record Nested(String name, List<GroupPart> parts) implements GroupPart {

            public Nested {
                parts = List.copyOf(parts);
            }
        }
    }
}
