package dev.objectos.runtime.spi;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.session.Session;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says what a process that records run through lets somebody do, for answers that explain decisions. Nothing is decided here: whoever does
 * what is asked about is asked by the process itself.
 */
public interface ProcessRules {

    /**
     * What somebody wants to do.
     *
     * @param operation {@code create}, {@code update}, {@code delete}, or one of {@link #operations}
     * @param record null: with some record
     * @param fields those that would be written, by name
     */
    record Wish(ObjectDefinition object, String operation, @Nullable UUID record, List<String> fields) {

        public Wish {
            fields = List.copyOf(fields);
        }
    }

    /**
     * What one rule says of it.
     *
     * @param allowed null: that depends on the record
     * @param rule its name
     * @param source where it is written
     * @param because in words
     */
    record Say(@Nullable Boolean allowed, String rule, SourceLocation source, String because) {}

    /** The names of what the process adds to creating, reading, updating and deleting records of an object. */
    Set<String> operations(ObjectDefinition object, Catalog catalog);

    /**
     * What it says; empty: nothing, and nothing of records that the session does not see.
     *
     * @param session of whom the question is about
     */
    List<Say> about(Wish wish, Session session, Catalog catalog);
}
