package dev.objectos.runtime.metadata;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a YAML file as it was written, and where: for readers of files that are not part of the catalog. */
public sealed interface Written {

    SourceLocation where();

    /**
     * A single value.
     *
     * @param value String, Boolean or Number; null for an empty value
     * @param text as it was written, without quotes
     */
    record Single(@Nullable Object value, String text, SourceLocation where) implements Written {}

    /** A list. */
    record Listing(List<Written> elements, SourceLocation where) implements Written {

        public Listing {
            elements = List.copyOf(elements);
        }
    }

    /** A map, in the order in which it was written. */
    record Mapping(Map<String, Member> members, SourceLocation where) implements Written {

        public Mapping {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    /** @param key where the key was written */
    record Member(SourceLocation key, Written value) {}
}
