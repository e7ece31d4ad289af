package dev.objectos.runtime.query;

import java.util.List;

/** What is shown of each record: parts, each under a name of the asker's choice. Two parts never have one name. */
public record Selection(List<Part> parts) {

    public Selection {
        parts = List.copyOf(parts);
    }

    /** A member of the JSON object that a record is shown as. */
    public sealed interface Part {

        String name();

        /** The value of a field. */
        record Value(String name, String field) implements Part {}

        /** The same text for every record. */
        record Text(String name, String text) implements Part {}

        /** The record that a lookup leads to; null where there is none, or none that may be seen. */
        record Lookup(String name, String field, Selection selection) implements Part {}

        /**
         * Records that belong to this one, or that a lookup to several records leads to.
         *
         * @param collection the relationship's name, or the lookup's
         */
        record Members(String name, String collection, Range range, Selection selection) implements Part {}

        /** A page of such records. */
        record Connection(String name, String collection, PageSelection page) implements Part {}

        /** Groups of such records. */
        record Groups(String name, String collection, GroupSelection groups) implements Part {}
    }
}
