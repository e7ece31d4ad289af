package dev.objectos.server.export;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.TakesParameters;
import dev.objectos.server.query.RestQueryParser;
import dev.objectos.server.query.UrlParameters;
import dev.objectos.server.record.ApiObjects;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Writes what a query finds to a file while it is read. Each export keeps a connection to the database for as long as its
 * caller takes, so only some are under way at a time.
 */
@RestController
public final class ExportController {

    private final Records records;
    private final Catalogs catalogs;
    private final Clock clock;
    private final Semaphore places;

    /** @param most how many exports are under way at a time */
    public ExportController(Records records, Catalogs catalogs, Clock clock, int most) {
        this.records = records;
        this.catalogs = catalogs;
        this.clock = clock;
        this.places = new Semaphore(most);
    }

    /** The parameters of a list, of which {@code limit} may be any number, and {@code format}, {@code header} and {@code bom}. */
    @GetMapping("/api/data/{object}/export")
    @TakesParameters(any = true)
    void export(HttpServletRequest request, HttpServletResponse response, @PathVariable("object") String name,
            Session session) throws IOException {
        Catalog catalog = catalogs.current();
        ObjectDefinition object = ApiObjects.require(catalog, name);
        session.require(SystemPermission.EXPORT_DATA, "You may not export records; ask an administrator");
        var parameters = new LinkedHashMap<>(UrlParameters.parse(request.getQueryString()));
        ExportFormat format = ExportFormat.of(parameters.remove("format"));
        boolean marked = flag("bom", parameters.remove("bom"), false, format == ExportFormat.CSV);
        boolean header = flag("header", parameters.remove("header"), true, format.tabular());
        Query query = new RestQueryParser(catalog).all(object, parameters);
        if (!places.tryAcquire()) {
            throw new PlatformException(RuntimeError.UNAVAILABLE,
                    "As many exports are under way as the server makes at a time; try again later");
        }
        try {
            var download = new Download(response, format, object.name(), marked, header, clock);
            records.stream(query, download, session);
            download.end();
        } catch (PlatformException e) {
            Download.withdraw(response);
            throw e;
        } finally {
            places.release();
        }
    }

    private static boolean flag(String name, @Nullable String given, boolean otherwise, boolean fits) {
        if (given == null) {
            return otherwise;
        }
        if (!fits || !(given.equals("true") || given.equals("false"))) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "\"" + name + "\" is true or false, and does not belong to every format");
        }
        return given.equals("true");
    }
}
