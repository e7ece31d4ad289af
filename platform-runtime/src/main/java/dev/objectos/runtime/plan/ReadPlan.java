package dev.objectos.runtime.plan;

import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.GroupSelection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be read, every name resolved, narrowed to the tenant and by every rewriter. Only planners make one,
 * so there is no SQL for a query that has not been narrowed.
 */
public final class ReadPlan {

    private final String object;
    private final Answer answer;

    ReadPlan(String object, Answer answer) {
        this.object = object;
        this.answer = answer;
    }

    /** The canonical name of the object. */
    public String object() {
        return object;
    }

    public Answer answer() {
        return answer;
    }

    /** What form the answer has. */
    public sealed interface Answer {

        /** One record and its version, or nothing. */
        record One(Rows rows, Scalar version, Projection projection) implements Answer {}

        /**
         * A page of records.
         *
         * @param after where the page begins; null: at the offset
         * @param order a digest of the order, which its cursors carry
         * @param count whether the number of all records is asked for
         */
        record Page(Listing listing, RowCondition.@Nullable After after, String order, boolean count)
                implements
                    Answer {}

        /**
         * Records one after another.
         *
         * @param fields those that were asked for, in their order; empty: all
         */
        record Stream(Listing listing, List<FieldPath> fields) implements Answer {

            public Stream {
                fields = List.copyOf(fields);
            }
        }

        /** A page of groups. */
        record Groups(Grouped grouped, boolean count) implements Answer {}

        /** The members of one JSON object, in their order. */
        record Composed(List<Composed.Part> parts) implements Answer {

            public Composed {
                parts = List.copyOf(parts);
            }

            /** A member of the object. */
            public sealed interface Part {

                String name();

                record Text(String name, String text) implements Part {}

                /** A record, or null. */
                record One(String name, Rows rows, Projection projection) implements Part {}

                record Several(String name, Listing listing) implements Part {}

                record Connection(String name, Connected connected) implements Part {}

                record Groups(String name, Grouped grouped, List<GroupSelection.Part> shown) implements Part {

                    public Groups {
                        shown = List.copyOf(shown);
                    }
                }
            }
        }

        /** The ids of records, each with whether a condition holds for it. */
        record Marked(Rows rows, RowCondition mark) implements Answer {}

        /** How many records there are. */
        record Count(Rows rows) implements Answer {}
    }
}
