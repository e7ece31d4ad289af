package dev.objectos.server.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
import graphql.execution.preparsed.PreparsedDocumentProvider;
import java.util.Map;
import java.util.Objects;
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
        Catalog catalog = catalogs.current();
        GraphQL graphql = Views.of(catalog).get(rights.fingerprint(session, catalog),
                () -> make(catalog, session));
        return graphql.execute(input(operation, new RequestContext(session, catalog, lease)));
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
        return GraphQL.newGraphQL(schema).preparsedDocumentProvider(documents)
                .doNotAutomaticallyDispatchDataLoader()
                .queryExecutionStrategy(
                        new OneStatementStrategy(records, whole.bindings(), new CostLimit(limits.maxCost())))
                .mutationExecutionStrategy(new ChangeStrategy(records, whole.bindings()))
                .subscriptionExecutionStrategy(new SubscriptionStrategy(records, feed, whole.bindings())).build();
    }

    /** What the sessions with different rights see of one catalog. */
    private static final class Views {

        private final Cache<Object, GraphQL> known = Caffeine.newBuilder().maximumSize(MOST_VIEWS).build();

        static Views of(Catalog catalog) {
            return catalog.derive(Views.class, _ -> new Views());
        }

        GraphQL get(Object fingerprint, java.util.function.Supplier<GraphQL> maker) {
            return Objects.requireNonNull(known.get(fingerprint, _ -> maker.get()));
        }
    }
}
