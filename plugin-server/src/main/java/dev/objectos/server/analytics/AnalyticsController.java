package dev.objectos.server.analytics;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.TakesParameters;
import dev.objectos.server.json.JsonAnswer;
import dev.objectos.server.metadata.CatalogView;
import dev.objectos.server.query.UrlParameters;
import dev.objectos.server.record.ApiObjects;
import dev.objectos.server.web.Answers;
import dev.objectos.server.web.JsonBodies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Measures over dimensions, on the path that every read takes; and what there is to ask for. */
@RestController
@RequestMapping("/api/analytics")
public final class AnalyticsController {

    private final Records records;
    private final Catalogs catalogs;
    private final JsonBodies bodies;
    private final ObjectRights rights;

    public AnalyticsController(Records records, Catalogs catalogs, JsonBodies bodies, ObjectRights rights) {
        this.records = records;
        this.catalogs = catalogs;
        this.bodies = bodies;
        this.rights = rights;
    }

    @PostMapping("/query")
    void query(HttpServletRequest request, HttpServletResponse response, Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        AnalyticsQuestion question = AnalyticsParser.parse(new CatalogView(catalogs.current(), session, rights),
                bodies.readObject(request));
        Session asking = within(session, question.zone());
        if (question.drills()) {
            Answers.send(response, HttpServletResponse.SC_OK, records.query(question.query(), asking).utf8());
            return;
        }
        GroupedAnswer groups = GroupedAnswer.of(records.query(question.query(), asking));
        JsonAnswer answer = new JsonAnswer(groups.rows().length + 512).beginObject().text("cube", question.cube())
                .name("rows").embedded(groups.rows()).treeIfAny("fields", question.columns());
        Long total = groups.total();
        if (total != null) {
            answer.name("total").number(total);
        }
        answer.name("hasMore").bool(groups.more());
        if (question.totals() != null) {
            answer.name("totals").beginArray().beginObject().name("dimensions").beginArray().endArray().name("rows")
                    .embedded(GroupedAnswer.of(records.query(question.totals(), asking)).rows()).endObject()
                    .endArray();
        }
        Answers.send(response, HttpServletResponse.SC_OK, answer.endObject());
    }

    /** All cubes, or the one of {@code ?cube=}. */
    @GetMapping("/meta")
    @TakesParameters("cube")
    void describe(HttpServletRequest request, HttpServletResponse response, Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        Catalog catalog = catalogs.current();
        var view = new CatalogView(catalog, session, rights);
        Stream<ObjectDefinition> cubes = view.objects().filter(object -> object.enable().api());
        String cube = UrlParameters.parse(request.getQueryString()).get("cube");
        if (cube != null) {
            ObjectDefinition wanted = ApiObjects.require(catalog, cube);
            cubes = Stream.of(cubes.filter(object -> object.name().equals(wanted.name())).findFirst()
                    .orElseThrow(() -> new PlatformException(RuntimeError.OBJECT_NOT_FOUND, "There is no such object")
                            .about(cube)));
        }
        Answers.send(response, HttpServletResponse.SC_OK,
                JsonAnswer.tree(cubes.map(object -> CubeDescription.of(object, view)).toList()));
    }

    /** Days begin where the question says. */
    private static Session within(Session session, @Nullable ZoneId zone) {
        return zone == null ? session : session.within(zone);
    }
}
