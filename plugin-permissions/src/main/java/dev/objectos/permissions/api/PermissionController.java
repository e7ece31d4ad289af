package dev.objectos.permissions.api;

import dev.objectos.permissions.definition.Operation;
import dev.objectos.permissions.explain.DeedExplainer;
import dev.objectos.permissions.explain.Explanation;
import dev.objectos.permissions.explain.Question;
import dev.objectos.permissions.explain.SystemExplainer;
import dev.objectos.permissions.rights.RightsByCatalog;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.UserSessions;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Whether somebody may, why, and which sets there are. */
@RestController
public final class PermissionController {

    private final Catalogs catalogs;
    private final RightsByCatalog rights;
    private final DeedExplainer explainer;
    private final ObjectRights access;
    private final UserSessions users;

    public PermissionController(Catalogs catalogs, RightsByCatalog rights, DeedExplainer explainer,
            ObjectRights access,
            UserSessions users) {
        this.catalogs = catalogs;
        this.rights = rights;
        this.explainer = explainer;
        this.access = access;
        this.users = users;
    }

    @GetMapping("/api/permissions/sets")
    Map<String, Object> sets(Session session) {
        session.require(SystemPermission.EXPLAIN_PERMISSIONS,
                "Only administrators see the permission sets; yours are at /api/auth/me/permissions");
        return Map.of("sets", PermissionSets.of(catalogs.current()).all().stream().map(Rendering::set).toList());
    }

    @GetMapping("/api/permissions/sets/{name}")
    Map<String, Object> set(@PathVariable("name") String name, Session session) {
        session.require(SystemPermission.EXPLAIN_PERMISSIONS,
                "Only administrators see the permission sets; yours are at /api/auth/me/permissions");
        return PermissionSets.of(catalogs.current()).named(name).map(Rendering::set)
                .orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND,
                        "There is no permission set " + name));
    }

    @GetMapping("/api/auth/me/permissions")
    Map<String, Object> mine(Session session) {
        Catalog catalog = catalogs.current();
        return Rendering.mine(session, rights.of(catalog), catalog);
    }

    @PostMapping("/api/permissions/check")
    Map<String, Object> check(@RequestBody byte[] body, Session session) {
        JsonNode json = QuestionBody.object(body);
        if (SystemQuestion.is(json)) {
            SystemQuestion question = SystemQuestion.read(json);
            return Rendering.checked(question.permission(), answer(question, session));
        }
        Answered answered = answer(QuestionBody.read(json), session);
        return Rendering.checked(answered.question(), answered.explanation());
    }

    @PostMapping("/api/permissions/explain")
    Map<String, Object> explain(@RequestBody byte[] body, Session session) {
        JsonNode json = QuestionBody.object(body);
        if (SystemQuestion.is(json)) {
            SystemQuestion question = SystemQuestion.read(json);
            return Rendering.explained(question.permission(), answer(question, session),
                    session.may(SystemPermission.EXPLAIN_PERMISSIONS));
        }
        Answered answered = answer(QuestionBody.read(json), session);
        return session.may(SystemPermission.EXPLAIN_PERMISSIONS)
                ? Rendering.explained(answered.question(), answered.explanation())
                : Rendering.outlined(answered.question(), answered.explanation());
    }

    private record Answered(Question question, Explanation explanation) {}

    private Answered answer(QuestionBody body, Session session) {
        Catalog catalog = catalogs.current();
        Session about = about(body.user(), session);
        Question question = body.in(catalog, known(session, catalog));
        return new Answered(question, explainer.explain(question, about, catalog));
    }

    private Explanation answer(SystemQuestion question, Session session) {
        return SystemExplainer.explain(question.permission(), about(question.user(), session), catalogs.current());
    }

    /** The session that somebody would have. */
    private Session about(@Nullable String user, Session session) {
        if (user != null && !user.equals(String.valueOf(session.userId()))) {
            session.require(SystemPermission.EXPLAIN_PERMISSIONS, "Only administrators may ask about other users");
        }
        return user == null
                ? session
                : users.of(session.tenant(), user).orElseThrow(() -> new PlatformException(
                        RuntimeError.RESOURCE_NOT_FOUND, "There is no member " + user + " who may sign in"));
    }

    /** Of oneself a hidden field is unknown here too, and so is what could be done with records that nobody shows one. */
    private QuestionBody.Known known(Session session, Catalog catalog) {
        boolean all = session.may(SystemPermission.EXPLAIN_PERMISSIONS);
        return new QuestionBody.Known() {

            @Override
            public Set<String> fields(ObjectDefinition object) {
                var fields = new HashSet<>(object.fields().keySet());
                if (!all) {
                    fields.removeAll(access.of(object, session, catalog).hidden());
                }
                return fields;
            }

            @Override
            public Map<String, Operation> deeds(ObjectDefinition object) {
                return all || access.of(object, session, catalog).readable()
                        ? explainer.deeds(object, catalog)
                        : Map.of();
            }
        };
    }
}
