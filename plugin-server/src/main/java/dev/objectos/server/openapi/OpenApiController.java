package dev.objectos.server.openapi;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.PathRights;
import dev.objectos.server.metadata.CatalogView;
import dev.objectos.server.web.Answers;
import dev.objectos.server.web.Document;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The endpoint that describes the interface to tools: what their user may call. */
@RestController
public final class OpenApiController {

    private final Catalogs catalogs;
    private final ObjectRights rights;
    private final PathOperation.Source coming;
    private final Supplier<OpenApiDocument.Sources> sources;

    /**
     * @param coming operations that come and go
     * @param routes where the server answers; asked when the first client asks
     * @param paths say which of them a credential is good for
     */
    public OpenApiController(Catalogs catalogs, ObjectRights rights, PathOperation.Source coming,
            Supplier<MappedRoutes> routes, PathRights paths) {
        this.catalogs = catalogs;
        this.rights = rights;
        this.coming = coming;
        this.sources = SingletonSupplier
                .of(() -> new OpenApiDocument.Sources(ApiParts.ofClassPath(), routes.get(), paths));
    }

    @GetMapping("/api/openapi.json")
    void document(HttpServletRequest request, HttpServletResponse response, Session session) throws IOException {
        Catalog catalog = catalogs.current();
        OpenApiDocument document = OpenApiDocument.of(sources.get(), new CatalogView(catalog, session, rights),
                Audience.of(session), coming.callable(session, catalog));
        Answers.send(request, response, new Document(document.json(), document.etag()));
    }
}
