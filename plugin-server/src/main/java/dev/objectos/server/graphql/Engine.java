package dev.objectos.server.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.SessionLease;
import dev.objectos.server.graphql.schema.SchemaOfCatalog;
import dev.objectos.server.graphql.schema.VisibleSchema;
import dev.objectos.server.realtime.ChangeFeed;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Executes operations: on the snapshot of the moment, with the schema that the session sees. Whoever has the same rights
 * shares a schema and the documents that have been validated against it.
 */
public final class Engine {

    private static final int MOST_VIEWS = 200;

    private final Catalogs catalogs;
    private final Records records;
    private final ObjectRights rights;
    private final ChangeFeed feed;
    private final GraphQlProperties limits;

    public Engine(Catalogs catalogs, Records records, ObjectRights rights, ChangeFeed feed,
            GraphQlProperties limits) {
        this.catalogs = catalogs;
        this.records = records;
        this.rights = rights;
        this.feed = feed;
        this.limits = limits;
    }

    /**
     * An operation, as a client sends it.
     *
     * @param name which of the document's operations; null: its only one
     */
    public record Operation(String document, @Nullable String name, Map<String, @Nullable Object> variables) {}

    /**
     * The answer; its data are a {@link dev.objectos.runtime.query.JsonDocument}, or for a subscription a
     * {@link org.reactivestreams.Publisher} of such answers.
     *
     * @param lease asked while a subscription goes on
     */
    public ExecutionResult execute(Operation operation, Session session, SessionLease lease) {
        return execute(operation, new RequestContext(session, catalogs.current(), lease, false));
    }

    /** The same of one that may not change anything; a mutation is {@code METHOD_NOT_ALLOWED}. */
    ExecutionResult read(Operation operation, Session session, SessionLease lease) {
        return execute(operation, new RequestContext(session, catalogs.current(), lease, true));
    }

    private ExecutionResult execute(Operation operation, RequestContext context) {
        Views views = Views.of(context.catalog());
        Object fingerprint = rights.fingerprint(context.session(), context.catalog());
        GraphQL graphql = views.ifKnown(fingerprint);
        if (graphql == null) {
            // Who asks too much need not wait for the schema that they see to be made.
            GraphQLError refusal = ParsedDocument.of(operation.document(), limits).refusal();
            if (refusal != null) {
                return ExecutionResult.newExecutionResult().addError(refusal).build();
            }
            graphql = views.get(fingerprint, () -> make(context.catalog(), context.session()));
        }
        try {
            return graphql.execute(input(operation, context));
        } catch (CompletionException e) {
            throw e.getCause() instanceof PlatformException refusal ? refusal : e;
        }
    }

    @SuppressWarnings("NullAway") // variables may be null, which the builder's signature does not say
    private static ExecutionInput input(Operation operation, RequestContext context) {
        return ExecutionInput.newExecutionInput().query(operation.document()).operationName(operation.name())
                .variables((Map) operation.variables()).graphQLContext(context.entries()).build();
    }

    private GraphQL make(Catalog catalog, Session session) {
        SchemaOfCatalog whole = SchemaOfCatalog.of(catalog);
        VisibleSchema schema = VisibleSchema.of(whole, catalog, session, rights);
        PreparsedDocumentProvider documents = new Documents(schema, limits);
        var cost = new CostLimit(limits.maxCost());
        return GraphQL.newGraphQL(schema).preparsedDocumentProvider(documents)
                .doNotAutomaticallyDispatchDataLoader()
                .queryExecutionStrategy(
                        new OneStatementStrategy(records, whole.bindings(), cost))
                .mutationExecutionStrategy(new ChangeStrategy(records, whole.bindings(), cost))
                .subscriptionExecutionStrategy(new SubscriptionStrategy(records, feed, whole.bindings(), cost))
                .build();
    }

    /** What the sessions with different rights see of one catalog. */
    private static final class Views {

        private final Cache<Object, GraphQL> known = Caffeine.newBuilder().maximumSize(MOST_VIEWS).build();

        static Views of(Catalog catalog) {
            return catalog.derive(Views.class, _ -> new Views());
        }

        @Nullable
        GraphQL ifKnown(Object fingerprint) {
            return known.getIfPresent(fingerprint);
        }

        GraphQL get(Object fingerprint, Supplier<GraphQL> maker) {
            return Objects.requireNonNull(known.get(fingerprint, _ -> maker.get()));
        }
    }
}
