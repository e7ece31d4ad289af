package dev.objectos.server.intake;

import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.ImportOrder;
import dev.objectos.runtime.query.ImportRow;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.RecordImports;
import dev.objectos.runtime.spi.TakesParameters;
import dev.objectos.server.record.ApiObjects;
import dev.objectos.server.web.Answers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Imports rows while the caller waits. */
@RestController
public final class ImportController {

    private final RecordImports imports;
    private final Catalogs catalogs;
    private final ImportBodies bodies;

    public ImportController(RecordImports imports, Catalogs catalogs, ImportBodies bodies) {
        this.imports = imports;
        this.catalogs = catalogs;
        this.bodies = bodies;
    }

    @PostMapping("/api/data/{object}/import")
    @TakesParameters(any = true)
    void run(HttpServletRequest request, HttpServletResponse response, @PathVariable("object") String name,
            Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        ApiObjects.require(catalogs.current(), name);
        session.require(SystemPermission.IMPORT_DATA, "You may not import records; ask an administrator");
        ImportBodies.Given given = bodies.read(request);
        try (RowFile file = given.rows()) {
            ObjectDefinition object = given.object(catalogs.current(), name);
            ImportOrder order = given.order().parse(object.name(), given.source());
            Answers.send(response, HttpServletResponse.SC_OK,
                    ImportAnswers.report(imports.run(order, file.columns(), rows(file), session)));
        }
    }

    /** One more than are accepted, so that they are refused as too many. */
    private static List<ImportRow> rows(RowFile file) {
        var rows = new ArrayList<ImportRow>();
        Iterator<ImportRow> all = file.rows();
        while (all.hasNext() && rows.size() <= RecordImports.MOST_AT_ONCE) {
            rows.add(all.next());
        }
        return rows;
    }
}
