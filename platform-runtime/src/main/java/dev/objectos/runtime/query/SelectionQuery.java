package dev.objectos.runtime.query;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

        /** A page of records. */
        record Connection(String name, String object, PageSelection page) implements Root {}

        /** An array of groups. */
        record Groups(String name, String object, GroupSelection groups) implements Root {}
    }
}
