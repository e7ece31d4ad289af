package dev.objectos.runtime.plan;

import dev.objectos.runtime.query.GroupSelection;
import dev.objectos.runtime.spi.Masking;
import java.util.List;

/** A JSON object made of a row. */
public record Projection(List<Member> members) {

    public Projection {
        members = List.copyOf(members);
    }

    /** A member of the object. */
    public sealed interface Member {

        String name();

        /** A value in its JSON form. */
        record Plain(String name, Scalar value) implements Member {}

        /** A secret: whether there is one, not which. */
        record Sealed(String name, Scalar value) implements Member {}

        /** A value of which the session sees only what stands in its place: text. */
        record Masked(String name, Scalar value, Masking masking) implements Member {}

        /** The record that a lookup leads to; null where there is none. */
        record Nested(String name, Source source, Projection projection) implements Member {}

        /** Records that belong to this one. */
        record Children(String name, Listing listing) implements Member {}

        /** A page of records that belong to this one. */
        record Paged(String name, Connected connected) implements Member {}

        /**
         * Groups of records that belong to this one.
         *
         * @param shown what is shown of each
         */
        record Groups(String name, Grouped grouped, List<GroupSelection.Part> shown) implements Member {

            public Groups {
                shown = List.copyOf(shown);
            }
        }
    }
}
