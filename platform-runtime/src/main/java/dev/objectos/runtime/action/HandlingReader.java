package dev.objectos.runtime.action;

import dev.objectos.runtime.expression.CelText;
import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.expression.ExpressionException;
import dev.objectos.runtime.expression.ExpressionType;
import dev.objectos.runtime.expression.Expressions;
import dev.objectos.runtime.expression.Scope;
import dev.objectos.runtime.expression.Spelling;
import dev.objectos.runtime.expression.Variable;
import dev.objectos.runtime.metadata.ActionDefinition;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.DefaultValue;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.InvalidValueException;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.Written;
import dev.objectos.runtime.service.ServiceNeed;
import dev.objectos.runtime.spi.ActionHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads what an action says in {@code handler}, and compiles the expressions in it. */
final class HandlingReader {

    private static final Set<String> KINDS = Set.of("updates", "service", "java");

    private final ObjectDefinition object;
    private final ActionDefinition action;
    private final Expressions expressions;
    private final Scope scope;
    private final Consumer<Violation> problems;

    HandlingReader(Catalog catalog, ObjectDefinition object, ActionDefinition action, Consumer<Violation> problems) {
        this.object = object;
        this.action = action;
        this.expressions = Expressions.of(catalog);
        var params = new HashMap<String, ExpressionType>();
        action.params().forEach((name, param) -> params.put(name, ExpressionType.of(param.type())));
        this.scope = Scope.creation(object.name()).withParams(params);
        this.problems = problems;
    }

    /** What the action does; what is wrong with it is reported, and then it does nothing. */
    Handling read() {
        return switch (action.handler()) {
            case null -> new Handling.Described();
            case Written.Single name when name.value() instanceof String text && !text.isBlank() ->
                new Handling.ByName(text.strip());
            case Written.Single single -> wrong(single.where(), "the handler has no name",
                    "write handler: {updates: {field: value}}, {service: capability} or {java: name}");
            case Written.Listing list -> wrong(list.where(), "the handler is a list",
                    "write handler: {updates: {field: value}}, {service: capability} or {java: name}");
            case Written.Mapping map -> handler(map);
        };
    }

    /** What parameters get that are left out, where that is computed. */
    Map<String, CompiledExpression> defaults() {
        var defaults = new HashMap<String, CompiledExpression>();
        var around = new Scope(object.name(), Set.of(Variable.CURRENT_USER, Variable.NOW, Variable.TODAY));
        action.params().forEach((name, param) -> {
            if (param.defaultValue() instanceof DefaultValue.Computed(ExpressionSource source)) {
                CompiledExpression value = expression(source, around, ExpressionType.of(param.type()));
                if (value != null) {
                    defaults.put(name, value);
                }
            }
        });
        return defaults;
    }

    private Handling handler(Written.Mapping map) {
        Written.Member service = map.members().get("service");
        if (service != null) {
            return service(map, service);
        }
        Written.Member java = map.members().get("java");
        if (java != null && java.value() instanceof Written.Single name && name.value() instanceof String text
                && map.members().size() == 1) {
            return new Handling.ByName(text.strip());
        }
        Written.Member updates = map.members().get("updates");
        if (updates != null && updates.value() instanceof Written.Mapping fields && map.members().size() == 1) {
            return updates(fields);
        }
        return updates(map);
    }

    private Handling service(Written.Mapping map, Written.Member service) {
        Written.Member version = map.members().get("version");
        String range = version != null && version.value() instanceof Written.Single single ? single.text() : "*";
        for (String key : map.members().keySet()) {
            if (!key.equals("service") && !key.equals("version")) {
                return wrong(map.members().get(key).key(), "a handler that is a service has no '" + key + "'",
                        Spelling.suggestion(key, Set.of("service", "version")));
            }
        }
        String capability = service.value() instanceof Written.Single name ? name.text() : "";
        try {
            ServiceNeed<ActionHandler> need = ServiceNeed.of(ActionHandler.class, capability, range);
            return new Handling.ByService(need.capability(), need.range());
        } catch (IllegalArgumentException e) {
            return wrong(service.value().where(), "no service can be found by '" + capability + "' in '" + range + "'",
                    "write {service: acme.settle, version: ^1.0.0}");
        }
    }

    private Handling updates(Written.Mapping fields) {
        if (!action.onRecord()) {
            return wrong(fields.where(), "a global action has no record whose fields it could write",
                    "make it an action of a record, or name a service or a handler");
        }
        var values = new LinkedHashMap<String, Handling.Value>();
        fields.members().forEach((name, member) -> {
            FieldDefinition field = object.fields().get(name);
            if (field == null) {
                wrong(member.key(), object.name() + " has no field '" + name + "'",
                        Spelling.suggestion(name, KINDS.contains(name) ? KINDS : object.fields().keySet()));
            } else if (field.type().derived() || SystemFields.RESERVED.contains(name)) {
                wrong(member.key(), object.name() + "." + name + " is kept by the platform", "write another field");
            } else {
                Handling.Value value = value(field, member.value());
                if (value != null) {
                    values.put(name, value);
                }
            }
        });
        return values.isEmpty() ? new Handling.Described() : new Handling.Updates(values);
    }

    private Handling.@Nullable Value value(FieldDefinition field, Written written) {
        if (written instanceof Written.Single single && single.value() instanceof String text
                && CelText.mentionsExpression(text)) {
            return CelText.isWrapped(text)
                    ? computed(CelText.cel(text), single.where(), ExpressionType.of(field.type()))
                    : filled(field, text, single.where());
        }
        Object plain = plain(written);
        try {
            if (plain != null) {
                FieldValues.parse(field.type(), plain);
            }
            return new Handling.Value.Constant(plain);
        } catch (InvalidValueException e) {
            wrong(written.where(), field.name() + " " + e.message(), "");
            return null;
        }
    }

    private Handling.@Nullable Value computed(String cel, SourceLocation where, ExpressionType expected) {
        CompiledExpression expression = expression(cel, where, expected);
        return expression == null ? null : new Handling.Value.Computed(expression);
    }

    private Handling.@Nullable Value filled(FieldDefinition field, String text, SourceLocation where) {
        if (!(field.type() instanceof FieldType.Text)) {
            wrong(where, field.name() + " does not hold text", "write one expression: \"${…}\"");
            return null;
        }
        var pieces = new ArrayList<Handling.Piece>();
        boolean usable = true;
        for (CelText.Piece piece : CelText.pieces(text)) {
            String written = piece.expression();
            CompiledExpression expression = written == null ? null : expression(CelText.cel(written), where, null);
            usable &= written == null || expression != null;
            pieces.add(new Handling.Piece(piece.text(), expression));
        }
        return usable ? new Handling.Value.Filled(pieces) : null;
    }

    private @Nullable CompiledExpression expression(String cel, SourceLocation where,
            @Nullable ExpressionType expected) {
        return expression(new ExpressionSource(cel, where), scope, expected);
    }

    private @Nullable CompiledExpression expression(ExpressionSource source, Scope around,
            @Nullable ExpressionType expected) {
        try {
            return expected == null
                    ? expressions.compile(source, around)
                    : expressions.compile(source, around, expected);
        } catch (ExpressionException e) {
            e.problems().forEach(problem -> wrong(problem.where(), problem.message(), problem.suggestion()));
            return null;
        }
    }

    private static @Nullable Object plain(Written written) {
        return switch (written) {
            case Written.Single single -> single.value();
            case Written.Listing list -> {
                List<@Nullable Object> elements = new ArrayList<>();
                list.elements().forEach(element -> elements.add(plain(element)));
                yield elements;
            }
            case Written.Mapping map -> {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                map.members().forEach((name, member) -> values.put(name, plain(member.value())));
                yield values;
            }
        };
    }

    private Handling wrong(SourceLocation where, String message, String suggestion) {
        problems.accept(new Violation(Violation.Severity.ERROR, where, "object", object.name(),
                "in the action " + action.name() + " " + message, suggestion));
        return new Handling.Described();
    }
}
