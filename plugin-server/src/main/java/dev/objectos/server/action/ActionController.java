package dev.objectos.server.action;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.ActionDefinition;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Actions;
import dev.objectos.server.web.Answers;
import dev.objectos.server.web.JsonBodies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Runs actions of objects. */
@RestController
public final class ActionController {

    /** By which clients name an action without its object. */
    private static final String GLOBAL = "global";

    private final Actions actions;
    private final Catalogs catalogs;
    private final JsonBodies bodies;

    public ActionController(Actions actions, Catalogs catalogs, JsonBodies bodies) {
        this.actions = actions;
        this.catalogs = catalogs;
        this.bodies = bodies;
    }

    @PostMapping("/api/actions/{name}")
    void run(HttpServletRequest request, HttpServletResponse response, @PathVariable("name") String name,
            Session session) throws IOException {
        int dot = name.indexOf('.');
        if (dot < 0) {
            run(request, response, GLOBAL, name, session);
        } else {
            run(request, response, name.substring(0, dot), name.substring(dot + 1), session);
        }
    }

    @PostMapping({"/api/actions/{object}/{action}", "/api/v1/actions/{object}/{action}"})
    void run(HttpServletRequest request, HttpServletResponse response, @PathVariable("object") String object,
            @PathVariable("action") String action, Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        Map<String, @Nullable Object> body = bodies.readObjectIfAny(request);
        String named = object.equals(GLOBAL) ? owner(action) : object;
        UUID record = record(body, named);
        Object result = actions.run(served(named), action, record, params(body), session);
        Answers.send(response, HttpServletResponse.SC_OK, ActionAnswer.of(named, action, record, result));
    }

    /** An object that is kept out of the API is as unknown as any. */
    private String served(String name) {
        return catalogs.current().object(name).filter(object -> object.enable().api()).map(ObjectDefinition::name)
                .orElseThrow(() -> new PlatformException(RuntimeError.OBJECT_NOT_FOUND, "There is no such object")
                        .about(name));
    }

    /** The one object that has a global action of that name. */
    private String owner(String action) {
        List<String> owners = catalogs.current().objects().stream().filter(object -> {
            ActionDefinition known = object.actions().get(action);
            return known != null && !known.onRecord() && object.enable().api();
        }).map(ObjectDefinition::name).toList();
        if (owners.size() != 1) {
            throw new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, owners.isEmpty()
                    ? "There is no global action \"" + action + "\""
                    : "Several objects have a global action \"" + action + "\"; name one as in /api/actions/"
                            + owners.getFirst() + "." + action);
        }
        return owners.getFirst();
    }

    private static @Nullable UUID record(Map<String, @Nullable Object> body, String object) {
        Object id = body.get("recordId");
        Object same = body.get("id");
        if (id != null && same != null && !id.equals(same)) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "\"recordId\" and \"id\" name different records; give one of them");
        }
        Object given = id == null ? same : id;
        if (given == null) {
            return null;
        }
        return given instanceof String text && FieldValues.isId(text) ? UUID.fromString(text) : unknown(object);
    }

    private static UUID unknown(String object) {
        throw new PlatformException(RuntimeError.RECORD_NOT_FOUND, "There is no such record").about(object);
    }

    private static Map<String, @Nullable Object> params(Map<String, @Nullable Object> body) {
        for (String key : body.keySet()) {
            if (!key.equals("params") && !key.equals("recordId") && !key.equals("id")) {
                throw new PlatformException(RuntimeError.INVALID_REQUEST,
                        "An action takes \"recordId\" and \"params\", not \"" + key + "\"");
            }
        }
        Object given = body.get("params");
        if (given == null) {
            return Map.of();
        }
        if (!(given instanceof Map<?, ?> params)) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "\"params\" is an object of values by name");
        }
        var named = new HashMap<String, @Nullable Object>();
        params.forEach((name, value) -> named.put(String.valueOf(name), value));
        return named;
    }
}
