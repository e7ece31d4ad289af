package dev.objectos.server.declared;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ActionRights;
import dev.objectos.runtime.spi.QueryCheck;
import dev.objectos.server.declared.DeclaredEndpoint.Deed;
import dev.objectos.server.openapi.DescribedEndpoint;
import dev.objectos.server.openapi.PathOperation;
import java.util.List;
import java.util.function.Supplier;

/** The endpoints that a session may call, for descriptions. */
public final class CallableEndpoints implements PathOperation.Source {

    private final QueryCheck queries;
    private final Supplier<ActionRights> rights;

    public CallableEndpoints(QueryCheck queries, Supplier<ActionRights> rights) {
        this.queries = queries;
        this.rights = rights;
    }

    @Override
    public List<PathOperation> callable(Session session, Catalog catalog) {
        return DeclaredEndpoints.of(catalog, queries)
                .callable(rights.get().roles(session, catalog), session.platformAdministrator()).stream()
                .map(endpoint -> new DescribedEndpoint(endpoint.name(), endpoint.label(), endpoint.description(),
                        endpoint.method(), endpoint.addresses().main(), endpoint.object().name(),
                        endpoint.pathParams(), endpoint.params(), answer(endpoint.deed())))
                .map(DescribedEndpoint::operation).toList();
    }

    /** The names of schemas that describe what endpoints give. */
    private static String answer(Deed deed) {
        return switch (deed) {
            case Deed.Ask ask -> ask.single() ? "FoundRecord" : "FoundRecords";
            case Deed.Run _ -> "ActionAnswer";
        };
    }
}
