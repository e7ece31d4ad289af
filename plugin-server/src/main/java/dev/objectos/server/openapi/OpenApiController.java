package dev.objectos.server.openapi;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.server.metadata.CatalogView;
import dev.objectos.server.web.Answers;
import dev.objectos.server.web.Document;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The endpoint that describes the data API to tools: what their user may call. */
@RestController
public final class OpenApiController {

    private final Catalogs catalogs;
    private final ObjectRights rights;
    private final DescribedEndpoint.Source endpoints;

    /** @param endpoints beside those of the data API */
    public OpenApiController(Catalogs catalogs, ObjectRights rights, DescribedEndpoint.Source endpoints) {
        this.catalogs = catalogs;
        this.rights = rights;
        this.endpoints = endpoints;
    }

    @GetMapping("/api/openapi.json")
    void document(HttpServletRequest request, HttpServletResponse response, Session session) throws IOException {
        Catalog catalog = catalogs.current();
        OpenApiDocument document = OpenApiDocument.of(new CatalogView(catalog, session, rights),
                endpoints.callable(session, catalog));
        Answers.send(request, response, new Document(document.json(), document.etag()));
    }
}
