package dev.objectos.server.graphql;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.Expected;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Range;
import dev.objectos.runtime.query.SelectionQuery;
import dev.objectos.runtime.spi.Records;
import dev.objectos.server.graphql.schema.Binding;
import dev.objectos.server.graphql.schema.Bindings;
import dev.objectos.server.graphql.schema.TypeNames;
import dev.objectos.server.json.JsonAnswer;
import dev.objectos.server.problem.ServerError;
import dev.objectos.server.record.Changes;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.execution.ExecutionContext;
import graphql.execution.ExecutionStrategy;
import graphql.execution.ExecutionStrategyParameters;
import graphql.execution.MergedField;
import graphql.schema.GraphQLObjectType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Executes mutations one after the other, each in a transaction of its own, and shows what it has made as a query would. One
 * that fails is null, with an error; those after it are executed all the same (GraphQL, 6.2.2).
 */
final class ChangeStrategy extends ExecutionStrategy {

    private final Records records;
    private final Bindings bindings;
    private final CostLimit cost;
    private final SettledArguments settled = new SettledArguments();

    ChangeStrategy(Records records, Bindings bindings, CostLimit cost) {
        this.records = records;
        this.bindings = bindings;
        this.cost = cost;
    }

    @Override
    public CompletableFuture<ExecutionResult> execute(ExecutionContext context,
            ExecutionStrategyParameters parameters) {
        RequestContext request = RequestContext.of(context);
        if (request.readOnly()) {
            throw new PlatformException(ServerError.METHOD_NOT_ALLOWED, "A mutation is sent by POST");
        }
        var answer = new JsonAnswer(1024).beginObject();
        var errors = new ArrayList<GraphQLError>();
        for (MergedField field : parameters.getFields().getSubFieldsList()) {
            try {
                answer.members(change(context, request, field));
            } catch (PlatformException | IllegalStateException e) {
                errors.add(GraphQlErrors.of(e, field));
                answer.name(field.getResultKey()).nothing();
            }
        }
        return CompletableFuture.completedFuture(
                ExecutionResult.newExecutionResult().data(answer.endObject().toDocument()).errors(errors).build());
    }

    /** The JSON object whose one member the answer is. */
    private JsonDocument change(ExecutionContext context, RequestContext request, MergedField field) {
        GraphQLObjectType type = Objects.requireNonNull(context.getGraphQLSchema().getMutationType());
        String key = field.getResultKey();
        if (!(bindings.of(type.getName(), field.getName()) instanceof Binding.Change change)) {
            return read(request, new SelectionQuery.Root.Text(key, type.getName()));
        }
        var fields = new Fields(context, settled);
        var reader = new SelectionReader(fields, request.catalog(), bindings);
        ObjectDefinition object = reader.object(change.object());
        Arguments arguments = fields.arguments(type, field);
        return switch (change.kind()) {
            case CREATE -> {
                // What is shown is read first into a query, so that nothing is written for what cannot be answered.
                var shown = checked(reader.one(key, object, "", field));
                UUID id = records.create(Changes.create(object.name(), values(object, arguments.value("input"), true)),
                        request.session()).id();
                yield read(request, of(shown, id));
            }
            case CREATE_MANY -> createMany(request, reader, object, arguments, field);
            case UPDATE -> {
                UUID id = id(object, arguments);
                var shown = checked(reader.one(key, object, id.toString(), field));
                records.update(Changes.update(object.name(), id, values(object, arguments.value("input"), false),
                        expected(arguments)), request.session());
                yield read(request, shown);
            }
            case DELETE -> {
                UUID id = id(object, arguments);
                records.delete(new Mutation.Delete(object.name(), id, expected(arguments)), request.session());
                yield deleted(fields, object, id, field);
            }
        };
    }

    private JsonDocument createMany(RequestContext request, SelectionReader reader, ObjectDefinition object,
            Arguments arguments, MergedField field) {
        List<?> inputs = arguments.value("input") instanceof List<?> list ? list : List.of();
        if (inputs.isEmpty() || inputs.size() > Page.MAXIMUM) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "input takes from 1 to " + Page.MAXIMUM + " records, not " + inputs.size());
        }
        var selection = reader.selection(object, field);
        checked(new SelectionQuery.Root.Several(field.getResultKey(), object.name(),
                Range.first(inputs.size(), Predicate.ALWAYS), selection));
        BatchResult result = records.batch(new Batch(
                inputs.stream().<Mutation>map(input -> Changes.create(object.name(), values(object, input, true)))
                        .toList(),
                true, false, false), request.session());
        var ids = new ArrayList<Object>();
        for (int i = 0; i < result.outcomes().size(); i++) {
            switch (result.outcomes().get(i)) {
                case BatchResult.Outcome.Done done -> ids.add(done.id().toString());
                case BatchResult.Outcome.Refused refused -> throw refused.reason().with("index", i);
                case BatchResult.Outcome.RolledBack _,BatchResult.Outcome.Skipped _ -> {
                }
            }
        }
        var made = new Predicate.Comparison(FieldPath.of("id"), Operator.IN, new Operand.Literals(ids));
        return read(request, new SelectionQuery.Root.Several(field.getResultKey(), object.name(),
                Range.first(ids.size(), made), selection));
    }

    private <R extends SelectionQuery.Root> R checked(R shown) {
        cost.check(new SelectionQuery(List.of(shown)));
        return shown;
    }

    private JsonDocument read(RequestContext request, SelectionQuery.Root root) {
        return records.select(new SelectionQuery(List.of(root)), request.session());
    }

    private static SelectionQuery.Root of(SelectionQuery.Root.One shown, UUID id) {
        return new SelectionQuery.Root.One(shown.name(), shown.object(), new Operand.Literal(id.toString()),
                shown.selection());
    }

    private static JsonDocument deleted(Fields fields, ObjectDefinition object, UUID id, MergedField field) {
        GraphQLObjectType type = fields.type(TypeNames.DELETION);
        var members = new LinkedHashMap<String, Object>();
        for (MergedField part : fields.of(type, field)) {
            members.put(part.getResultKey(), switch (part.getName()) {
                case "object" -> object.name();
                case "id" -> id.toString();
                case "success" -> true;
                default -> type.getName();
            });
        }
        return new JsonDocument(JsonAnswer.tree(Map.of(field.getResultKey(), members)));
    }

    /** A text that is no id is that of no record. */
    private static UUID id(ObjectDefinition object, Arguments arguments) {
        String id = Objects.requireNonNull(arguments.text("id"));
        if (!FieldValues.isId(id)) {
            throw new PlatformException(RuntimeError.RECORD_NOT_FOUND, "There is no such record")
                    .about(object.name());
        }
        return UUID.fromString(id);
    }

    private static @Nullable Expected expected(Arguments arguments) {
        Integer version = arguments.whole("if_version");
        return version == null ? null : new Expected.Version(version);
    }

    /** The values by the fields' own names; a lookup may be given under either of its two. */
    private Map<String, @Nullable Object> values(ObjectDefinition object, @Nullable Object input, boolean create) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        String type = create ? TypeNames.createInput(object.name()) : TypeNames.updateInput(object.name());
        if (input instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                String field = bindings.of(type, String.valueOf(name)) instanceof Binding.Input bound
                        ? bound.field()
                        : String.valueOf(name);
                if (values.containsKey(field)) {
                    throw new PlatformException(RuntimeError.INVALID_REQUEST,
                            field + " is given twice, as " + field + " and as " + name);
                }
                values.put(field, value);
            });
        }
        return values;
    }
}
