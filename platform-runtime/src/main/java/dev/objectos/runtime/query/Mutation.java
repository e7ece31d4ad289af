package dev.objectos.runtime.query;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A change that somebody wants; values are as JSON gave them, null included, names not resolved yet. */
public sealed interface Mutation {

    String object();

    /**
     * A new record.
     *
     * @param id its id; null: the platform chooses. No surface passes a caller's id on
     */
    record Create(String object, Map<String, @Nullable Object> values, @Nullable UUID id) implements Mutation {

        public Create {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        public Create(String object, Map<String, @Nullable Object> values) {
            this(object, values, null);
        }
    }

    /** Changes the given fields of a record and leaves the others. */
    record Update(String object, UUID id, Map<String, @Nullable Object> values,
            @Nullable Expected expected) implements Mutation {

        public Update {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /**
     * Updates the record that matches, or creates one.
     *
     * @param blanks fields that have no value: they are emptied where a record is updated, and left to their defaults where
     *        one is made
     * @param creates whether a record is made where none matches; otherwise that is refused
     */
    record Upsert(String object, Match match, Map<String, @Nullable Object> values, Set<String> blanks,
            boolean creates) implements Mutation {

        public Upsert {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            blanks = Collections.unmodifiableSet(new LinkedHashSet<>(blanks));
        }

        public Upsert(String object, Match match, Map<String, @Nullable Object> values) {
            this(object, match, values, Set.of(), true);
        }
    }

    /** Removes a record and what its relationships say goes with it. */
    record Delete(String object, UUID id, @Nullable Expected expected) implements Mutation {}

    /** How an upsert finds its record. */
    sealed interface Match {

        /** By id. */
        record Id(UUID id) implements Match {}

        /** By the field marked {@code external_id}. */
        record ExternalId(Object value) implements Match {}

        /** By the values written for these fields. */
        record Fields(List<String> names) implements Match {

            public Fields {
                names = List.copyOf(names);
            }
        }
    }

    /** A value standing for the id that an earlier operation of the same transaction makes. */
    record OperationRef(int index) {}
}
