package dev.objectos.server.graphql;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.Selection;
import dev.objectos.runtime.spi.Records;
import dev.objectos.server.graphql.schema.Binding;
import dev.objectos.server.graphql.schema.Bindings;
import dev.objectos.server.graphql.schema.TypeNames;
import dev.objectos.server.realtime.ChangeFeed;
import dev.objectos.server.realtime.ChangeKind;
import dev.objectos.server.realtime.ChangeSubscription;
import graphql.ExecutionResult;
import graphql.execution.ExecutionContext;
import graphql.execution.ExecutionStrategy;
import graphql.execution.ExecutionStrategyParameters;
import graphql.execution.MergedField;
import graphql.schema.GraphQLObjectType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Executes a subscription: its data are a stream of answers, which ends with the session's right to hear them. */
final class SubscriptionStrategy extends ExecutionStrategy {

    private static final UUID NOBODY = new UUID(0, 0);

    private final Records records;
    private final ChangeFeed feed;
    private final Bindings bindings;
    private final CostLimit cost;
    private final SettledArguments settled = new SettledArguments();

    SubscriptionStrategy(Records records, ChangeFeed feed, Bindings bindings, CostLimit cost) {
        this.records = records;
        this.feed = feed;
        this.bindings = bindings;
        this.cost = cost;
    }

    @Override
    public CompletableFuture<ExecutionResult> execute(ExecutionContext context,
            ExecutionStrategyParameters parameters) {
        // Validation has made sure that there is just one, and that it is bound.
        MergedField field = parameters.getFields().getSubFieldsList().getFirst();
        try {
            return CompletableFuture.completedFuture(
                    ExecutionResult.newExecutionResult().data(told(context, field).flux()).build());
        } catch (PlatformException | IllegalStateException e) {
            return CompletableFuture.completedFuture(
                    ExecutionResult.newExecutionResult().addError(GraphQlErrors.of(e, field)).build());
        }
    }

    private ToldChanges told(ExecutionContext context, MergedField field) {
        RequestContext request = RequestContext.of(context);
        GraphQLObjectType root = Objects.requireNonNull(context.getGraphQLSchema().getSubscriptionType());
        if (!(bindings.of(root.getName(), field.getName()) instanceof Binding.Changed changed)) {
            throw new IllegalStateException("nothing is bound to " + field.getName());
        }
        var fields = new Fields(context, settled);
        var reader = new SelectionReader(fields, request.catalog(), bindings);
        ObjectDefinition object = reader.object(changed.object());
        var wanted = new Query(object.name(), List.of(FieldPath.of("id")),
                reader.where(object).where(fields.arguments(root, field).value("where")), List.of(), Page.first(1),
                List.of(), List.of(), List.of(), Predicate.ALWAYS, null, false);
        GraphQLObjectType type = fields.type(TypeNames.change(object.name()));
        var parts = new ArrayList<ToldChanges.Part>();
        for (MergedField part : fields.of(type, field)) {
            parts.add(part(part, type, object, reader));
        }
        var told = new ToldChanges(feed, records, request,
                new ChangeSubscription(wanted, EnumSet.allOf(ChangeKind.class), null), field, parts);
        cost.check(told.query(object.name(), NOBODY));
        return told;
    }

    private static ToldChanges.Part part(MergedField field, GraphQLObjectType type, ObjectDefinition object,
            SelectionReader reader) {
        String key = field.getResultKey();
        return switch (field.getName()) {
            case "id" -> new ToldChanges.Part.Fact(key, event -> event.id().toString());
            case "action" -> new ToldChanges.Part.Fact(key, event -> event.kind().word());
            case "version" -> new ToldChanges.Part.Fact(key, event -> event.version());
            case "at" -> new ToldChanges.Part.Fact(key, event -> event.at().toString());
            case "record" -> {
                Selection selection = reader.selection(object, field);
                yield new ToldChanges.Part.Shown(key, selection);
            }
            default -> new ToldChanges.Part.Fact(key, _ -> type.getName());
        };
    }
}
