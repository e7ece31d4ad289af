package dev.objectos.runtime.metadata;

import java.util.List;

/**
 * A field, or a field of a record that lookups lead to: {@code industry}, {@code account.owner.email}.
 *
 * @param segments at least one; all but the last are lookups
 */
public record FieldPath(List<String> segments) {

    public FieldPath {
        segments = List.copyOf(segments);
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("a path has at least one segment");
        }
    }

    /** Reads the dotted form; empty segments are kept and so name no field. */
    public static FieldPath parse(String dotted) {
        return new FieldPath(List.of(dotted.split("\\.", -1)));
    }

    public static FieldPath of(String... segments) {
        return new FieldPath(List.of(segments));
    }

    public String first() {
        return segments.getFirst();
    }

    public String last() {
        return segments.getLast();
    }

    public boolean isDirect() {
        return segments.size() == 1;
    }

    @Override
    public String toString() {
        return String.join(".", segments);
    }
}
