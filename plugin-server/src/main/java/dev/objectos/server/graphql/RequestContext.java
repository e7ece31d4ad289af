package dev.objectos.server.graphql;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.SessionLease;
import graphql.GraphQLContext;
import graphql.execution.ExecutionContext;
import java.util.Map;
import java.util.Objects;

/**
 * Who asks, and on which snapshot.
 *
 * @param session as whom
 * @param catalog the snapshot that the operation was validated on
 * @param lease whether they still may, for what goes on after the answer
 * @param readOnly whether nothing may be changed
 */
record RequestContext(Session session, Catalog catalog, SessionLease lease, boolean readOnly) {

    /** As an operation carries it. */
    Map<Object, Object> entries() {
        return Map.of(RequestContext.class, this);
    }

    static RequestContext of(ExecutionContext execution) {
        GraphQLContext context = execution.getGraphQLContext();
        return Objects.requireNonNull(context.get(RequestContext.class));
    }
}
