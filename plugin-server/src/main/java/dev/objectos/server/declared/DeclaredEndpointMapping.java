package dev.objectos.server.declared;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.spi.ActionRights;
import dev.objectos.runtime.spi.Actions;
import dev.objectos.runtime.spi.Parameters;
import dev.objectos.runtime.spi.QueryCheck;
import dev.objectos.runtime.spi.Records;
import dev.objectos.server.web.JsonBodies;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** Leads requests to the endpoints that the current catalog declares, where nothing of the server's own answers. */
public final class DeclaredEndpointMapping extends AbstractHandlerMapping {

    private final Catalogs catalogs;
    private final QueryCheck queries;
    private final EndpointCalls calls;

    public DeclaredEndpointMapping(Catalogs catalogs, QueryCheck queries, Records records, Actions actions,
            Supplier<ActionRights> rights, Parameters parameters, JsonBodies bodies, Clock clock) {
        this.catalogs = catalogs;
        this.queries = queries;
        this.calls = new EndpointCalls(records, actions, rights, parameters, bodies, clock);
        // After the server's own controllers and those of plugins, before files.
        setOrder(2);
    }

    @Override
    protected @Nullable Object getHandlerInternal(HttpServletRequest request)
            throws HttpRequestMethodNotSupportedException {
        Catalog catalog = catalogs.current();
        DeclaredEndpoints endpoints = DeclaredEndpoints.of(catalog, queries);
        PathContainer path = ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication();
        Optional<DeclaredEndpoint> found = endpoints.find(request.getMethod(), path);
        if (found.isPresent()) {
            DeclaredEndpoint endpoint = found.get();
            return (HttpRequestHandler) (asked, answer) -> calls.answer(endpoint, catalog,
                    endpoint.addresses().values(path), asked, answer);
        }
        Set<String> others = endpoints.methods(path);
        if (!others.isEmpty()) {
            throw new HttpRequestMethodNotSupportedException(request.getMethod(), others);
        }
        return null;
    }
}
