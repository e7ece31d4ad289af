package dev.objectos.server.declared;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.expression.ExpressionType;
import dev.objectos.runtime.expression.Expressions;
import dev.objectos.runtime.expression.ItemProblems;
import dev.objectos.runtime.expression.Scope;
import dev.objectos.runtime.expression.Spelling;
import dev.objectos.runtime.expression.Variable;
import dev.objectos.runtime.metadata.ActionDefinition;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.DefaultValue;
import dev.objectos.runtime.metadata.FieldAccess;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldRules;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.QueryCheck;
import dev.objectos.server.declared.DeclaredEndpoint.Deed;
import dev.objectos.server.query.RestQueryParser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one endpoint and finds what is wrong with it. */
final class EndpointReader {

    private static final Session NOBODY = Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM);
    private static final Set<Variable> KNOWN = Set.of(Variable.CURRENT_USER, Variable.NOW, Variable.TODAY);

    private final Catalog catalog;
    private final MetadataItem item;
    private final Map<String, Object> content;
    private final QueryCheck queries;
    private final ItemProblems problems;
    private final Map<String, FieldDefinition> params;
    private final Map<String, CompiledExpression> defaults = new HashMap<>();

    EndpointReader(Catalog catalog, MetadataItem item, QueryCheck queries, ItemProblems problems) {
        this.catalog = catalog;
        this.item = item;
        this.content = item.content();
        this.queries = queries;
        this.problems = problems;
        this.params = new LinkedHashMap<>(item.params());
    }

    /** The endpoint; empty where something is wrong with it. */
    Optional<DeclaredEndpoint> read() {
        String path = String.valueOf(content.get("path"));
        if (!Addresses.isPath(path)) {
            error("path", "'" + path + "' is no path of an endpoint",
                    "write /orders/late or /orders/{id}/items, with letters, digits and - _ . between the slashes");
            return Optional.empty();
        }
        Addresses.taken(path).ifPresent(word -> error("path",
                "the platform itself answers at '" + path + "'", "begin the path with another word than '" + word
                        + "'"));
        Addresses addresses = Addresses.of(path);
        addresses.variables().forEach(name -> params.computeIfAbsent(name, this::text));
        if (Boolean.TRUE.equals(content.get("public"))) {
            error("public", "an endpoint is for people who have signed in", "remove public: true");
        }
        if (content.containsKey("rate_limit")) {
            problems.warning(item.where("rate_limit"), "an endpoint has no limit of its own",
                    "remove it; the server's limits for requests hold here too");
        }
        boolean asks = content.containsKey("query");
        if (asks == content.containsKey("action")) {
            error("path", asks ? "the endpoint has a query and an action" : "the endpoint does nothing",
                    "write either query: {object: …} or action: object.name");
            return Optional.empty();
        }
        String method = content.get("method") instanceof String word ? word : asks ? "GET" : "POST";
        Optional<ObjectDefinition> object = asks ? askedObject() : actedObject();
        if (object.isEmpty()) {
            return Optional.empty();
        }
        defaults(object.get());
        Optional<Deed> deed = asks ? ask(object.get()) : run(object.get(), method);
        return problems.hasErrors()
                ? Optional.empty()
                : deed.map(one -> new DeclaredEndpoint(item, method, addresses, roles(), object.get(), params,
                        defaults, one));
    }

    private Set<String> roles() {
        var roles = new LinkedHashSet<String>();
        if (content.get("roles") instanceof List<?> names) {
            names.forEach(name -> roles.add(String.valueOf(name)));
        }
        return roles;
    }

    private FieldDefinition text(String name) {
        return new FieldDefinition(name, name, new FieldType.Text("text", null, null, null), name, null, null, false,
                true, false, false, false, false, false, false, false, null, FieldRules.NONE, FieldAccess.OPEN,
                Map.of(), item.where("path"));
    }

    private Scope scope(ObjectDefinition object, Set<Variable> variables) {
        var types = new HashMap<String, ExpressionType>();
        params.forEach((name, param) -> types.put(name, ExpressionType.of(param.type())));
        return new Scope(object.name(), variables).withParams(types);
    }

    private TemplateReader templates(ObjectDefinition object) {
        return new TemplateReader(item, Expressions.of(catalog), scope(object, KNOWN), problems);
    }

    private void defaults(ObjectDefinition object) {
        params.forEach((name, param) -> {
            if (param.defaultValue() instanceof DefaultValue.Computed(var expression)) {
                try {
                    defaults.put(name, Expressions.of(catalog).compile(expression, new Scope(object.name(), KNOWN),
                            ExpressionType.of(param.type())));
                } catch (dev.objectos.runtime.expression.ExpressionException e) {
                    problems.expression("the default of " + name, e);
                }
            }
        });
    }

    private Optional<ObjectDefinition> askedObject() {
        Object named = map("query").get("object");
        return object(named == null ? item.object() : String.valueOf(named), "query/object",
                "add object: to the query");
    }

    private Optional<ObjectDefinition> actedObject() {
        if (content.get("action") instanceof String text) {
            int dot = text.indexOf('.');
            return object(dot < 0 ? item.object() : text.substring(0, dot), "action", "write action: object.name");
        }
        Object named = map("action").get("object");
        return object(named == null ? item.object() : String.valueOf(named), "action/object",
                "add object: to the action");
    }

    private Optional<ObjectDefinition> object(@Nullable String name, String path, String advice) {
        if (name == null) {
            error(path, "the endpoint says no object", advice);
            return Optional.empty();
        }
        Optional<ObjectDefinition> object = catalog.object(name);
        if (object.isEmpty()) {
            error(path, "there is no object '" + name + "'", Spelling.suggestion(name,
                    catalog.objects().stream().map(ObjectDefinition::name).toList()));
        }
        return object;
    }

    private Map<String, Object> map(String key) {
        var entries = new LinkedHashMap<String, Object>();
        if (content.get(key) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (value != null) {
                    entries.put(String.valueOf(name), value);
                }
            });
        }
        return entries;
    }

    private Optional<Deed> ask(ObjectDefinition object) {
        Map<String, Object> body = map("query");
        boolean single = Boolean.TRUE.equals(content.get("single"));
        Object response = content.get("response");
        if (response != null && body.containsKey("fields")) {
            error("response", "the endpoint says twice what it shows: in fields and in response", "keep one of them");
        }
        if (response instanceof List<?> names) {
            body.put("fields", names);
        }
        if (single) {
            body.putIfAbsent("limit", 1);
        }
        @Nullable
        RecordShape shape = response instanceof Map<?, ?> map ? shape(object, map) : null;
        if (shape != null) {
            body.put("fields", shape.fields().stream().map(FieldPath::toString).sorted().toList());
        }
        Template query = templates(object).value(body, "query");
        if (problems.hasErrors()) {
            return Optional.empty();
        }
        for (boolean all : new boolean[]{true, false}) {
            Optional<Query> tried = check(object, query, all);
            if (tried.isPresent() && shape != null && tried.get().grouped()) {
                error("response", "groups are shown as they are",
                        "remove response:, and give the aggregations an alias");
            }
        }
        return Optional.of(new Deed.Ask(query, single, shape));
    }

    private @Nullable RecordShape shape(ObjectDefinition object, Map<?, ?> written) {
        var known = new LinkedHashSet<>(KNOWN);
        known.add(Variable.RECORD);
        var reader = new TemplateReader(item, Expressions.of(catalog), scope(object, known), problems);
        Template template = reader.shape(written, "response");
        var fields = new LinkedHashSet<FieldPath>();
        reader.compiled().forEach(expression -> fields.addAll(expression.storedFields()));
        if (fields.isEmpty()) {
            fields.add(FieldPath.of("id"));
        }
        return new RecordShape(template, fields, object, catalog);
    }

    /** Tells what whoever sees everything would be told. */
    private Optional<Query> check(ObjectDefinition object, Template template, boolean all) {
        try {
            return Optional.of(planned(object, template, all));
        } catch (PlatformException e) {
            if (all) {
                error(guilty(object, template, e), "the query cannot be asked: " + e.message(), "");
            } else if (!problems.hasErrors()) {
                error("query", "the query cannot be asked without the parameters that may be left out: " + e.message(),
                        "make them required, give them a default, or write the condition as {field: \"${params.x}\"}");
            }
            return Optional.empty();
        }
    }

    private Query planned(ObjectDefinition object, Template template, boolean all) {
        Query query = new RestQueryParser(catalog).parse(object,
                Deed.Ask.body(template, EndpointCall.of(Samples.of(params, all), NOBODY, Instant.EPOCH)));
        queries.check(query, catalog);
        return query;
    }

    /** The part of the query that is refused so by itself. */
    private String guilty(ObjectDefinition object, Template template, PlatformException refusal) {
        if (template instanceof Template.Members(var members)) {
            for (Map.Entry<String, Template> part : members.entrySet()) {
                try {
                    planned(object, new Template.Members(Map.of(part.getKey(), part.getValue())), true);
                } catch (PlatformException e) {
                    if (e.message().equals(refusal.message())) {
                        return (part.getKey().equals("fields") && content.containsKey("response")
                                ? "response"
                                : "query/" + part.getKey());
                    }
                }
            }
        }
        return "query";
    }

    private Optional<Deed> run(ObjectDefinition object, String method) {
        if (method.equals("GET")) {
            error("method", "an action changes something, and GET must not", "write method: POST");
        }
        for (String key : new String[]{"response", "single"}) {
            if (content.containsKey(key)) {
                error(key, "an action answers as it does; '" + key + "' is for queries", "remove it");
            }
        }
        String name = content.get("action") instanceof String text
                ? text.substring(text.indexOf('.') + 1)
                : String.valueOf(map("action").get("name"));
        ActionDefinition action = object.actions().get(name);
        if (action == null) {
            error("action", object.name() + " has no action '" + name + "'",
                    Spelling.suggestion(name, object.actions().keySet()));
            return Optional.empty();
        }
        TemplateReader templates = templates(object);
        return Optional.of(new Deed.Run(name, record(action, templates), given(action, templates)));
    }

    private @Nullable Template record(ActionDefinition action, TemplateReader templates) {
        Object written = map("action").get("record");
        if (written != null) {
            if (!action.onRecord()) {
                error("action/record", "the action " + action.name() + " is run on no record", "remove it");
            }
            return templates.value(written, "action/record");
        }
        if (!action.onRecord()) {
            return null;
        }
        if (!params.containsKey("id")) {
            error("action", "the action " + action.name() + " is run on a record, and nothing says on which",
                    "add a parameter id, such as /{id} in the path");
        }
        return new Template.Parameter("id");
    }

    private Map<String, Template> given(ActionDefinition action, TemplateReader templates) {
        var given = new LinkedHashMap<String, Template>();
        if (map("action").get("params") instanceof Map<?, ?> written) {
            written.forEach((key, value) -> {
                String name = Objects.toString(key);
                if (action.params().containsKey(name)) {
                    given.put(name, templates.value(value, "action/params/" + name));
                } else {
                    error("action/params/" + name, "the action " + action.name() + " has no parameter '" + name + "'",
                            Spelling.suggestion(name, action.params().keySet()));
                }
            });
            return given;
        }
        var unused = new ArrayList<String>();
        params.keySet().forEach(name -> {
            if (action.params().containsKey(name)) {
                given.put(name, new Template.Parameter(name));
            } else if (!name.equals("id")) {
                unused.add(name);
            }
        });
        if (!unused.isEmpty() && map("action").get("record") == null) {
            problems.warning(item.where("params"), "the action has no parameters " + String.join(", ", unused),
                    "say in action: {params: …} what becomes of them");
        }
        return given;
    }

    private void error(String path, String message, String suggestion) {
        problems.error(item.where(path), message, suggestion);
    }
}
