package dev.objectos.server.declared;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.i18n.RefusalTexts;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ActionRights;
import dev.objectos.runtime.spi.Actions;
import dev.objectos.runtime.spi.Parameters;
import dev.objectos.runtime.spi.Records;
import dev.objectos.server.action.ActionAnswer;
import dev.objectos.server.declared.DeclaredEndpoint.Deed;
import dev.objectos.server.json.JsonAnswer;
import dev.objectos.server.json.JsonReader;
import dev.objectos.server.query.RestQueryParser;
import dev.objectos.server.query.UrlParameters;
import dev.objectos.server.web.Answers;
import dev.objectos.server.web.JsonBodies;
import dev.objectos.server.web.SessionResolver;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers calls of declared endpoints: who may, with what, and then the query or the action, under the caller's own rights. */
final class EndpointCalls {

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private final Records records;
    private final Actions actions;
    private final Supplier<ActionRights> rights;
    private final Parameters parameters;
    private final JsonBodies bodies;
    private final Clock clock;

    EndpointCalls(Records records, Actions actions, Supplier<ActionRights> rights, Parameters parameters,
            JsonBodies bodies, Clock clock) {
        this.records = records;
        this.actions = actions;
        this.rights = rights;
        this.parameters = parameters;
        this.bodies = bodies;
        this.clock = clock;
    }

    /** @param path what the variables of the path are */
    void answer(DeclaredEndpoint endpoint, Catalog catalog, Map<String, String> path, HttpServletRequest request,
            HttpServletResponse response) throws IOException {
        Answers.requireJsonAccepted(request);
        if (!(request.getAttribute(SessionResolver.ATTRIBUTE) instanceof Session session)) {
            throw new PlatformException(RuntimeError.UNAUTHENTICATED, "Sign in first");
        }
        if (!session.platformAdministrator()
                && !DeclaredEndpoints.mayCall(endpoint, rights.get().roles(session, catalog))) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED, "You may not call " + endpoint.label());
        }
        EndpointCall call = call(endpoint, catalog, given(endpoint, path, request), session);
        switch (endpoint.deed()) {
            case Deed.Ask ask -> ask(endpoint, ask, call, catalog, response);
            case Deed.Run run -> run(endpoint, run, call, response);
        }
    }

    private EndpointCall call(DeclaredEndpoint endpoint, Catalog catalog, Map<String, @Nullable Object> given,
            Session session) {
        EndpointCall before = EndpointCall.of(Map.of(), session, clock.instant());
        endpoint.defaults().forEach(
                (param, value) -> given.computeIfAbsent(param, _ -> Plain.value(value.evaluate(before))));
        try {
            return EndpointCall.of(parameters.read(endpoint.object(), endpoint.params(), given, session), session,
                    before.now());
        } catch (PlatformException refusal) {
            throw RefusalTexts.of(catalog).told(refusal, session.locale());
        }
    }

    /** As JSON would have it, from the path, the rest of the address and the body. */
    private Map<String, @Nullable Object> given(DeclaredEndpoint endpoint, Map<String, String> path,
            HttpServletRequest request) {
        Map<String, @Nullable Object> given = WITH_BODY.contains(request.getMethod())
                ? new HashMap<>(bodies.readObjectIfAny(request))
                : new HashMap<>();
        var address = new LinkedHashMap<>(path);
        UrlParameters.parse(request.getQueryString()).forEach((name, text) -> {
            if (address.putIfAbsent(name, text) != null) {
                throw twice(name);
            }
        });
        address.forEach((name, text) -> {
            if (given.containsKey(name)) {
                throw twice(name);
            }
            FieldDefinition param = endpoint.params().get(name);
            given.put(name, param == null ? text : UrlParameters.value(param.type(), text));
        });
        return given;
    }

    private static PlatformException twice(String name) {
        return new PlatformException(RuntimeError.INVALID_REQUEST, "The parameter \"" + name + "\" is given twice");
    }

    private void ask(DeclaredEndpoint endpoint, Deed.Ask ask, EndpointCall call, Catalog catalog,
            HttpServletResponse response) throws IOException {
        Query query = new RestQueryParser(catalog).parse(endpoint.object(), Deed.Ask.body(ask.query(), call));
        JsonDocument found = records.query(query, call.session());
        if (!ask.single() && ask.response() == null) {
            Answers.send(response, HttpServletResponse.SC_OK, found.utf8());
            return;
        }
        var page = new LinkedHashMap<>(members(JsonReader.read(found.utf8())));
        List<?> shown = page.get("records") instanceof List<?> rows
                ? rows.stream().map(row -> shown(ask.response(), row, call)).toList()
                : List.of();
        if (!ask.single()) {
            page.put("records", shown);
            Answers.send(response, HttpServletResponse.SC_OK, JsonAnswer.tree(page));
            return;
        }
        if (shown.isEmpty()) {
            throw new PlatformException(RuntimeError.RECORD_NOT_FOUND, "There is no such record")
                    .about(endpoint.object().name());
        }
        var one = new LinkedHashMap<String, Object>();
        one.put("object", endpoint.object().name());
        one.put("record", shown.getFirst());
        Answers.send(response, HttpServletResponse.SC_OK, JsonAnswer.tree(one));
    }

    private static Object shown(@Nullable RecordShape shape, Object row, EndpointCall call) {
        Object shown = shape == null ? row : shape.of(members(row), call);
        return shown == null ? Map.of() : shown;
    }

    @SuppressWarnings("unchecked") // the JSON reader makes no other map
    private static Map<String, @Nullable Object> members(@Nullable Object tree) {
        return tree instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    private void run(DeclaredEndpoint endpoint, Deed.Run run, EndpointCall call, HttpServletResponse response)
            throws IOException {
        String object = endpoint.object().name();
        UUID record = run.record() == null ? null : id(object, Template.whole(run.record(), call));
        var params = new HashMap<String, @Nullable Object>();
        run.params().forEach((name, template) -> {
            Object value = template.fill(call);
            if (value != Template.LEFT_OUT) {
                params.put(name, value);
            }
        });
        Object result = actions.run(object, run.action(), record, params, call.session());
        Answers.send(response, HttpServletResponse.SC_OK, ActionAnswer.of(object, run.action(), record, result));
    }

    private static UUID id(String object, @Nullable Object given) {
        return FieldValues.id(String.valueOf(given)).orElseThrow(
                () -> new PlatformException(RuntimeError.RECORD_NOT_FOUND, "There is no such record").about(object));
    }
}
