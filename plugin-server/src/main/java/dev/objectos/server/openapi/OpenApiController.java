package dev.objectos.server.openapi;

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

    public OpenApiController(Catalogs catalogs, ObjectRights rights) {
        this.catalogs = catalogs;
        this.rights = rights;
    }

    @GetMapping("/api/openapi.json")
    void document(HttpServletRequest request, HttpServletResponse response, Session session) throws IOException {
        OpenApiDocument document = OpenApiDocument.of(new CatalogView(catalogs.current(), session, rights));
        Answers.send(request, response, new Document(document.json(), document.etag()));
    }
}
