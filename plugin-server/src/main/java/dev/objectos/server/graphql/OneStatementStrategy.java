package dev.objectos.server.graphql;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.SelectionQuery;
import dev.objectos.runtime.spi.Records;
import dev.objectos.server.graphql.schema.Bindings;
import dev.objectos.server.json.JsonAnswer;
import graphql.ExecutionResult;
import graphql.execution.AsyncExecutionStrategy;
import graphql.execution.ExecutionContext;
import graphql.execution.ExecutionStrategyParameters;
import graphql.execution.MergedField;
import graphql.execution.MergedSelectionSet;
import graphql.schema.GraphQLObjectType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Executes a query as one statement; what is asked about the schema itself is answered as usual. */
final class OneStatementStrategy extends AsyncExecutionStrategy {

    private final Records records;
    private final Bindings bindings;
    private final CostLimit cost;
    private final SettledArguments settled = new SettledArguments();

    OneStatementStrategy(Records records, Bindings bindings, CostLimit cost) {
        this.records = records;
        this.bindings = bindings;
        this.cost = cost;
    }

    @Override
    public CompletableFuture<ExecutionResult> execute(ExecutionContext context,
            ExecutionStrategyParameters parameters) {
        var ofSchema = new LinkedHashMap<String, MergedField>();
        var ofRecords = new ArrayList<MergedField>();
        for (MergedField field : parameters.getFields().getSubFieldsList()) {
            if (field.getName().startsWith("__") && !field.getName().equals("__typename")) {
                ofSchema.put(field.getResultKey(), field);
            } else {
                ofRecords.add(field);
            }
        }
        if (ofSchema.isEmpty()) {
            return CompletableFuture.completedFuture(records(context, ofRecords));
        }
        CompletableFuture<ExecutionResult> schema = super.execute(context, parameters.transform(builder -> builder
                .fields(MergedSelectionSet.newMergedSelectionSet().subFields(ofSchema).build())));
        return schema.thenApply(answer -> ofRecords.isEmpty() || !answer.getErrors().isEmpty()
                ? raw(answer)
                : together(records(context, ofRecords), answer));
    }

    private ExecutionResult records(ExecutionContext context, List<MergedField> fields) {
        MergedField at = fields.getFirst();
        try {
            RequestContext request = RequestContext.of(context);
            var reader = new SelectionReader(new Fields(context, settled), request.catalog(), bindings);
            GraphQLObjectType type = context.getGraphQLSchema().getQueryType();
            var roots = new ArrayList<SelectionQuery.Root>(fields.size());
            for (MergedField field : fields) {
                at = field;
                roots.add(reader.root(type, field));
            }
            var query = new SelectionQuery(roots);
            cost.check(query);
            if (roots.size() > 1) {
                at = null;
            }
            return ExecutionResult.newExecutionResult().data(records.select(query, request.session())).build();
        } catch (PlatformException | IllegalStateException e) {
            return ExecutionResult.newExecutionResult().addError(GraphQlErrors.of(e, at)).build();
        }
    }

    private static ExecutionResult raw(ExecutionResult answer) {
        Object data = answer.getData();
        return data == null
                ? answer
                : answer.transform(builder -> builder.data(new JsonDocument(JsonAnswer.tree(data))));
    }

    private static ExecutionResult together(ExecutionResult records, ExecutionResult schema) {
        if (!records.getErrors().isEmpty()) {
            return records;
        }
        JsonDocument one = Objects.requireNonNull(records.<JsonDocument>getData());
        Map<String, Object> other = Objects.requireNonNull(schema.<Map<String, Object>>getData());
        return ExecutionResult.newExecutionResult().data(new JsonAnswer(one.utf8().length * 2).beginObject()
                .members(one).members(new JsonDocument(JsonAnswer.tree(other))).endObject().toDocument()).build();
    }
}
