package dev.objectos.server.declared;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ActionRights;
import dev.objectos.runtime.spi.QueryCheck;
import dev.objectos.server.openapi.DescribedEndpoint;
import java.util.List;
import java.util.function.Supplier;

/** The endpoints that a session may call, for descriptions. */
public final class CallableEndpoints implements DescribedEndpoint.Source {

    private final QueryCheck queries;
    private final Supplier<ActionRights> rights;

    public CallableEndpoints(QueryCheck queries, Supplier<ActionRights> rights) {
        this.queries = queries;
        this.rights = rights;
    }

    @Override
    public List<DescribedEndpoint> callable(Session session, Catalog catalog) {
        return DeclaredEndpoints.of(catalog, queries)
                .callable(rights.get().roles(session, catalog), session.platformAdministrator()).stream()
                .map(endpoint -> new DescribedEndpoint(endpoint.name(), endpoint.label(), endpoint.description(),
                        endpoint.method(), endpoint.addresses().main(), endpoint.object().name(),
                        endpoint.pathParams(), endpoint.params()))
                .toList();
    }
}
