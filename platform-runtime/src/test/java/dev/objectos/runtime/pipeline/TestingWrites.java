package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.plan.ChangeRights;
import dev.objectos.runtime.plan.FieldViews;
import dev.objectos.runtime.plan.MutationPlanner;
import dev.objectos.runtime.plan.ReadPlanner;
import dev.objectos.runtime.plan.RecordPlanner;
import dev.objectos.runtime.plan.SecretValues;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.Expected;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.schema.PhysicalSchema;
import dev.objectos.runtime.schema.PublishOptions;
import dev.objectos.runtime.schema.SchemaPublisher;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.ChangeRecorder;
import dev.objectos.runtime.spi.MutationInterceptor;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.spi.RecordListener;
import dev.objectos.runtime.spi.WriteRights;
import dev.objectos.runtime.sql.MutationExecutor;
import dev.objectos.runtime.sql.OutboxRecorder;
import dev.objectos.runtime.sql.QueryExecutor;
import dev.objectos.runtime.sql.WriteExecutor;
import dev.objectos.runtime.sql.WriteJson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert;
import org.jspecify.annotations.Nullable;

/** The write path over a database of its own with some objects published. */
public final class TestingWrites implements AutoCloseable {

    public static final UUID OTHER_TENANT = UUID.fromString("00000000-0000-7000-8000-0000000000ff");

    private final Databases databases;
    private final Catalogs catalogs = new Catalogs();
    private final Map<UUID, Session> sessions = new HashMap<>();
    private final List<MutationInterceptor> interceptors = new ArrayList<>();
    private final List<ChangeRecorder> recorders = new ArrayList<>(List.of(new OutboxRecorder()));
    private final List<RecordListener> listeners = new ArrayList<>();
    private final List<QueryRewriter> rewriters = new ArrayList<>();
    private final List<WriteRights> rights = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Clock clock = Clock.systemUTC();
    private WritePipeline pipeline;

    private TestingWrites(Databases databases, Catalog catalog) {
        this.databases = databases;
        catalogs.publish(catalog);
        new SchemaPublisher(databases).publish(catalog, PublishOptions.FROM_FILES);
        pipeline = build();
    }

    /** @param yaml object documents, each with its {@code name} */
    public static TestingWrites of(String database, String... yaml) {
        return over(database, TestingCatalogs.of(yaml));
    }

    public static TestingWrites over(String database, Catalog catalog) {
        return new TestingWrites(TestingDatabase.fresh(database), catalog);
    }

    public TestingWrites with(MutationInterceptor interceptor) {
        interceptors.add(interceptor);
        pipeline = build();
        return this;
    }

    public TestingWrites with(RecordListener listener) {
        listeners.add(listener);
        pipeline = build();
        return this;
    }

    public TestingWrites with(ChangeRecorder recorder) {
        recorders.add(recorder);
        pipeline = build();
        return this;
    }

    public TestingWrites with(QueryRewriter rewriter) {
        rewriters.add(rewriter);
        pipeline = build();
        return this;
    }

    public TestingWrites with(WriteRights one) {
        rights.add(one);
        pipeline = build();
        return this;
    }

    public TestingWrites at(Clock time) {
        clock = time;
        pipeline = build();
        return this;
    }

    /** How many statements the write path has sent so far. */
    public long statements() {
        var timer = meters.find("objectos.sql").tag("kind", "write").timer();
        return timer == null ? 0 : timer.count();
    }

    private WritePipeline build() {
        var secrets = new SecretValues(new SecretKeySpec(new byte[32], "AES"), 1_000);
        var changes = new ChangeRights(rights);
        List<QueryRewriter> narrowing = List.copyOf(rewriters);
        return new WritePipeline(catalogs,
                new MutationPlanner(interceptors, new FieldViews(() -> narrowing), changes, secrets, clock),
                new MutationExecutor(recorders,
                        object -> listeners.stream().anyMatch(listener -> listener.listensTo(object))),
                new WriteExecutor(databases.app(), meters),
                new RecordRights(new RecordPlanner(() -> narrowing, changes), clock), listeners,
                reads());
    }

    private ReadPipeline reads() {
        return new ReadPipeline(catalogs, new ReadPlanner(List.copyOf(rewriters)),
                new QueryExecutor(databases.app(), new SimpleMeterRegistry()), clock);
    }

    /** The recycle bin of those records; who hears of security hears nothing. */
    public BinPipeline bin() {
        return new BinPipeline(catalogs, reads(), pipeline, (_, _, _, _) -> {}, _ -> {}, clock);
    }

    public WritePipeline pipeline() {
        return pipeline;
    }

    public Catalogs catalogs() {
        return catalogs;
    }

    public Databases databases() {
        return databases;
    }

    /** Somebody with a user record in the default tenant. */
    public Session session() {
        return session(Session.DEFAULT_TENANT);
    }

    /** Somebody with a user record in that tenant. */
    public Session session(UUID tenant) {
        return sessions.computeIfAbsent(tenant, _ -> {
            UUID user = create("user", Map.of("name", "Ada", "email", "ada@example.com"),
                    Session.system(tenant, Origin.SYSTEM)).id();
            return new Session(tenant, new UserIdentity(user, "ada@example.com", "Ada", "ada"), Set.of(), false,
                    Locale.ENGLISH, ZoneOffset.UTC, Origin.REST);
        });
    }

    public RecordDocument create(String object, Map<String, ? extends @Nullable Object> values) {
        return create(object, values, session());
    }

    public RecordDocument create(String object, Map<String, ? extends @Nullable Object> values, Session session) {
        return pipeline.create(new Mutation.Create(object, new LinkedHashMap<>(values)), session);
    }

    public RecordDocument update(String object, UUID id, Map<String, ? extends @Nullable Object> values) {
        return update(object, id, values, null);
    }

    public RecordDocument update(String object, UUID id, Map<String, ? extends @Nullable Object> values,
            @Nullable Expected expected) {
        return pipeline.update(new Mutation.Update(object, id, new LinkedHashMap<>(values), expected), session());
    }

    public void delete(String object, UUID id) {
        pipeline.delete(new Mutation.Delete(object, id, null), session());
    }

    public BatchResult atomic(List<Mutation> mutations) {
        return pipeline.batch(new Batch(mutations, true, false, false), session());
    }

    /** What the call is refused with. */
    public static PlatformException refusal(ThrowableAssert.ThrowingCallable call) {
        return Objects.requireNonNull(Assertions.catchThrowableOfType(PlatformException.class, call), "not refused");
    }

    /** Why a batch did not do everything: the first refusal. */
    public static PlatformException reason(BatchResult result) {
        return result.outcomes().stream().filter(BatchResult.Outcome.Refused.class::isInstance)
                .map(BatchResult.Outcome.Refused.class::cast).findFirst().orElseThrow().reason();
    }

    public static Map<String, @Nullable Object> values(Object... namesAndValues) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return values;
    }

    /** The stored row by column names. */
    public Map<String, @Nullable Object> row(String object, UUID id) {
        return parse(read(new RecordQuery(object, id, List.of(), List.of()), session()));
    }

    @SuppressWarnings("unchecked")
    public static Map<String, @Nullable Object> parse(RecordDocument document) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(WriteJson.parse(document.json().toString()));
    }

    /** One number, as the default tenant. */
    public long number(String sql) {
        return Long.parseLong(one(sql));
    }

    /** The first column of the first row, as the default tenant. */
    public String one(String sql) {
        return all(sql).getFirst();
    }

    /** The first column of all rows, seen by the worker within the default tenant. */
    public List<String> all(String sql) {
        try (var connection = databases.app().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select set_config('app.tenant', '" + Session.DEFAULT_TENANT + "', true)");
            return texts(statement, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of all rows of the platform's own tables. */
    public List<String> platform(String sql) {
        try (var connection = databases.worker().getConnection();
                var statement = connection.createStatement()) {
            return texts(statement, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> texts(java.sql.Statement statement, String sql) throws SQLException {
        var rows = new ArrayList<String>();
        try (var result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(String.valueOf(result.getString(1)));
            }
        }
        return rows;
    }

    /** All at the same moment, each in a thread of its own; the results in their order, exceptions among them. */
    public static List<Object> together(List<Callable<?>> tasks) throws InterruptedException {
        var start = new CyclicBarrier(tasks.size());
        var results = new ArrayList<Object>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = new ArrayList<Future<?>>();
            for (Callable<?> task : tasks) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            for (Future<?> future : futures) {
                try {
                    results.add(Objects.requireNonNull(future.get()));
                } catch (ExecutionException e) {
                    results.add(Objects.requireNonNull(e.getCause()));
                }
            }
        }
        return results;
    }

    private RecordDocument read(RecordQuery query, Session session) {
        String table = PhysicalSchema.of(catalogs.current()).table(query.object()).name();
        try (var connection = databases.app().getConnection();
                var statement = connection.prepareStatement("select set_config('app.tenant', ?, true); "
                        + "select version, to_jsonb(t.*)::text from data.\"" + table + "\" t where id = ?")) {
            statement.setString(1, session.tenant().toString());
            statement.setObject(2, query.id());
            statement.execute();
            statement.getMoreResults();
            try (var row = statement.getResultSet()) {
                if (!row.next()) {
                    throw new PlatformException(RuntimeError.RECORD_NOT_FOUND, "not there");
                }
                return new RecordDocument(query.object(), query.id(), row.getLong(1),
                        JsonDocument.of(row.getString(2)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        databases.close();
    }
}
