package dev.objectos.runtime.spi;

import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says who may run actions and transitions, beyond what these say themselves and beyond what they do to records. */
public interface ActionRights {

    /** Nobody says anything: roles are those that were given, and everybody may run everything. */
    ActionRights OPEN = new ActionRights() {

        @Override
        public Set<String> roles(Session session, Catalog catalog) {
            return session.roles();
        }

        @Override
        public Optional<String> refusal(ObjectDefinition object, String action, Session session, Catalog catalog,
                Function<CompiledExpression, @Nullable Object> evaluation) {
            return Optional.empty();
        }
    };

    /** The roles of a session, with those that they bring along. */
    Set<String> roles(Session session, Catalog catalog);

    /**
     * Why a session may not run an action, or take a transition of that name; empty: it may.
     *
     * @param evaluation gives the value of an expression around the record in question
     */
    Optional<String> refusal(ObjectDefinition object, String action, Session session, Catalog catalog,
            Function<CompiledExpression, @Nullable Object> evaluation);

    /**
     * Counts a run that nothing else stands in the way of, before it begins.
     *
     * @throws dev.objectos.runtime.PlatformException {@code RATE_LIMITED} with {@code retryAfter} in seconds, where there were too many
     */
    default void count(@SuppressWarnings("unused") ObjectDefinition object, @SuppressWarnings("unused") String action,
            @SuppressWarnings("unused") Session session, @SuppressWarnings("unused") Catalog catalog) {}
}
