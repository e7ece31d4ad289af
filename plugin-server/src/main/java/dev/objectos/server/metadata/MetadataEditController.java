package dev.objectos.server.metadata;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.MetadataEditing;
import dev.objectos.runtime.spi.MetadataEditing.Options;
import dev.objectos.runtime.spi.MetadataEditing.Outcome;
import dev.objectos.runtime.spi.MetadataEditing.Reference;
import dev.objectos.runtime.spi.MetadataEditing.Version;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.TakesParameters;
import dev.objectos.server.web.JsonBodies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The endpoints that change metadata while the server runs, for platform administrators. */
@RestController
@RequestMapping("/api/metadata")
public final class MetadataEditController {

    private final Supplier<MetadataEditing> editing;
    private final EditRequests requests;
    private final Catalogs catalogs;
    private final ObjectRights rights;

    public MetadataEditController(Supplier<MetadataEditing> editing, JsonBodies bodies, Catalogs catalogs,
            ObjectRights rights) {
        this.catalogs = catalogs;
        this.rights = rights;
        this.editing = editing;
        this.requests = new EditRequests(bodies);
    }

    @PutMapping("/{type}/{name}")
    @TakesParameters({"mode", "dryRun", "force", "comment", "scope"})
    Map<String, Object> save(HttpServletRequest request, HttpServletResponse response,
            @PathVariable("type") String type, @PathVariable("name") String name, Session session) {
        // Before the body is read: whoever may not edit is not worth it.
        if (!session.may(SystemPermission.MANAGE_METADATA)) {
            session.require(SystemPermission.CUSTOMIZE_OBJECTS, "Metadata is edited by administrators");
        }
        Options options = requests.options(request);
        Outcome outcome = editing.get().save(EditRequests.item(request, type, name, session),
                requests.content(request, type, editing.get(), sent -> original(sent, name, session)), options,
                session);
        return answer(outcome, options, response);
    }

    /** An object that somebody may have read in another language. */
    private Map<String, @Nullable Object> original(Map<String, @Nullable Object> sent, String name, Session session) {
        var view = new CatalogView(catalogs.current(), session, rights);
        CatalogView asWritten = view.asWritten();
        return asWritten.object(name).map(object -> {
            Map<String, Object> written = ObjectRendering.object(asWritten, object);
            Map<String, Object> read = ObjectRendering.object(view, view.object(object.name()).orElse(object));
            return ReadBack.restored(sent, written, read) instanceof Map<?, ?> map ? EditRequests.entries(map) : sent;
        }).orElse(sent);
    }

    @DeleteMapping("/{type}/{name}")
    @TakesParameters({"mode", "state", "dryRun", "force", "comment", "scope"})
    Map<String, Object> delete(HttpServletRequest request, @PathVariable("type") String type,
            @PathVariable("name") String name, Session session) {
        Options options = requests.options(request);
        Outcome outcome = editing.get().delete(EditRequests.item(request, type, name, session), options, session);
        Map<String, Object> answer = EditAnswers.saved(outcome, options);
        answer.put("reset", true);
        return answer;
    }

    @PostMapping("/{type}/{name}/publish")
    @TakesParameters({"dryRun", "force", "comment", "scope"})
    Map<String, Object> publish(HttpServletRequest request, HttpServletResponse response,
            @PathVariable("type") String type, @PathVariable("name") String name, Session session) {
        Options options = EditRequests.because(requests.options(request), requests.body(request));
        return answer(editing.get().publish(EditRequests.item(request, type, name, session), options, session), options,
                response);
    }

    /** All drafts together. */
    @PostMapping("/publish")
    @TakesParameters({"dryRun", "force", "comment", "scope"})
    Map<String, Object> publishAll(HttpServletRequest request, Session session) {
        Options options = EditRequests.because(requests.options(request), requests.body(request));
        return EditAnswers.savedAll(editing.get().publishAll(options, session), options);
    }

    @PostMapping("/{type}/{name}/rollback")
    @TakesParameters({"dryRun", "force", "comment", "scope"})
    Map<String, Object> rollBack(HttpServletRequest request, HttpServletResponse response,
            @PathVariable("type") String type, @PathVariable("name") String name, Session session) {
        Map<String, @Nullable Object> body = requests.body(request, "toVersion");
        Options options = EditRequests.because(requests.options(request), body);
        if (!(body.get("toVersion") instanceof Number number)
                || number.doubleValue() != number.intValue() || number.intValue() < 1) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "\"toVersion\" must be the number of a version, such as 3");
        }
        Map<String, Object> answer = answer(
                editing.get().rollBack(EditRequests.item(request, type, name, session), number.intValue(), options,
                        session),
                options,
                response);
        answer.put("restoredFromVersion", number.intValue());
        return answer;
    }

    @GetMapping("/{type}/{name}/history")
    @TakesParameters({"sinceSeq", "limit", "scope"})
    Map<String, Object> history(HttpServletRequest request, @PathVariable("type") String type,
            @PathVariable("name") String name, Session session) {
        Map<String, String> given = EditRequests.parameters(request);
        Integer since = EditRequests.whole(given, "sinceSeq");
        Integer limit = EditRequests.whole(given, "limit");
        List<Version> newestFirst = editing.get().history(EditRequests.item(request, type, name, session), session)
                .stream().filter(version -> since == null || version.seq() > since).toList();
        int all = newestFirst.size();
        int most = limit == null ? all : Math.min(limit, all);
        // Whoever goes on from somewhere must not miss what comes next.
        return EditAnswers.history(since == null ? newestFirst.subList(0, most) : newestFirst.subList(all - most, all));
    }

    @GetMapping("/{type}/{name}/diff")
    @TakesParameters({"from", "to", "scope"})
    Map<String, Object> diff(HttpServletRequest request, @PathVariable("type") String type,
            @PathVariable("name") String name, Session session) {
        Map<String, String> given = EditRequests.parameters(request);
        return EditAnswers.comparison(editing.get().compare(EditRequests.item(request, type, name, session),
                EditRequests.whole(given, "from"), EditRequests.whole(given, "to"), session));
    }

    @GetMapping("/{type}/{name}/references")
    @TakesParameters({"field", "scope"})
    Map<String, Object> references(HttpServletRequest request, @PathVariable("type") String type,
            @PathVariable("name") String name, Session session) {
        Map<String, String> given = EditRequests.parameters(request);
        return Map.of("type", type, "name", name, "references",
                editing.get().references(EditRequests.item(request, type, name, session), given.get("field"), session)
                        .stream()
                        .map(Reference::toMap).toList());
    }

    @GetMapping("/_drafts")
    @TakesParameters("type")
    Map<String, Object> drafts(HttpServletRequest request, Session session) {
        String type = EditRequests.parameters(request).get("type");
        return EditAnswers.drafts(editing.get().drafts(session).stream()
                .filter(draft -> type == null || type.equals(draft.item().type())).toList());
    }

    /** Everything that is edited, as files in the layout of a plugin. */
    @GetMapping("/_edited")
    Map<String, Object> edited(HttpServletRequest request, Session session) {
        var files = new ArrayList<Map<String, Object>>();
        editing.get().edited(session).forEach((path, version) -> {
            var file = new LinkedHashMap<String, Object>();
            file.put("path", path);
            file.put("type", version.item().type());
            file.put("name", version.item().name());
            file.put("version", version.version());
            file.put("content", String.valueOf(version.content()));
            files.add(file);
        });
        return Map.of("files", files);
    }

    /** Publishes files together: {@code {"files":{path: text},"prune"?,"dryRun"?,"force"?,"message"?}}. */
    @PostMapping("/_edited")
    Map<String, Object> apply(HttpServletRequest request, Session session) {
        administered(session);
        Map<String, @Nullable Object> body = requests.body(request, "files", "prune", "dryRun", "force");
        Options options = EditRequests.because(new Options(false, EditRequests.flag(body, "dryRun", false),
                EditRequests.flag(body, "force", false), null, null), body);
        return EditAnswers.savedAll(editing.get().apply(EditRequests.files(body),
                EditRequests.flag(body, "prune", false), options, session), options);
    }

    private static void administered(Session session) {
        session.require(SystemPermission.MANAGE_METADATA, "Metadata is edited by platform administrators");
    }

    private static Map<String, Object> answer(Outcome outcome, Options options, HttpServletResponse response) {
        if (!options.dryRun()) {
            response.setHeader("ETag", "\"" + outcome.saved().getFirst().version() + "\"");
        }
        return EditAnswers.saved(outcome, options);
    }
}
