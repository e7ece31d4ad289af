package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.plan.BindContext;
import dev.objectos.runtime.plan.ReadPlanner;
import dev.objectos.runtime.plan.Shape;
import dev.objectos.runtime.plan.ShapedQuery;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.query.SelectionQuery;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.RecordSink;
import dev.objectos.runtime.sql.BoundQuery;
import dev.objectos.runtime.sql.PreparedQuery;
import dev.objectos.runtime.sql.QueryExecutor;
import dev.objectos.runtime.sql.ReadCompiler;
import dev.objectos.runtime.sql.WriteAnswer;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** A read from end to end: query, shape, plan, statement, values, JSON. A statement is made once and then only bound. */
public final class ReadPipeline implements WritePipeline.Answers {

    private final Catalogs catalogs;
    private final ReadPlanner planner;
    private final QueryExecutor executor;
    private final Clock clock;

    public ReadPipeline(Catalogs catalogs, ReadPlanner planner, QueryExecutor executor, Clock clock) {
        this.catalogs = catalogs;
        this.planner = planner;
        this.executor = executor;
        this.clock = clock;
    }

    /** The records, or groups, that a query asks for; see {@link dev.objectos.runtime.spi.Records#query}. */
    public JsonDocument query(Query query, Session session) {
        return query(query, session, catalogs.current());
    }

    /** The same of the object's records in the recycle bin. */
    public JsonDocument bin(Query query, Session session) {
        return executor.document(bound(ShapedQuery.ofBin(query), session, catalogs.current()), session);
    }

    /** The same on a snapshot that the caller has taken. */
    public JsonDocument query(Query query, Session session, Catalog catalog) {
        return executor.document(bound(ShapedQuery.of(query), session, catalog), session);
    }

    /** Several things at once; see {@link dev.objectos.runtime.spi.Records#select}. */
    public JsonDocument select(SelectionQuery query, Session session) {
        return executor.document(bound(ShapedQuery.of(query), session, catalogs.current()), session);
    }

    /** Every record that a query finds; see {@link dev.objectos.runtime.spi.Records#stream}. */
    public void stream(Query query, RecordSink sink, Session session) throws IOException {
        executor.stream(bound(ShapedQuery.ofStream(query), session, catalogs.current()), session, sink);
    }

    /** One record; see {@link dev.objectos.runtime.spi.Records#get}. */
    @Override
    public RecordDocument get(RecordQuery query, Session session) {
        return executor.record(bound(query, session, catalogs.current()), query.id(), session)
                .orElseThrow(() -> notFound(query));
    }

    /** The statement for one record, for a transaction under way on the same snapshot. */
    public BoundQuery bound(RecordQuery query, Session session, Catalog catalog) {
        return bound(ShapedQuery.of(query), session, catalog);
    }

    @Override
    public WriteAnswer written(RecordQuery query, Session session, Catalog catalog) {
        ShapedQuery shaped = ShapedQuery.of(query);
        Object key = planner.key(shaped.shape(), session, catalog);
        return new WriteAnswer(key, () -> {
            try {
                return Optional.of(planner.plan(key, session, catalog));
            } catch (PlatformException e) {
                switch (e.code().kind()) {
                    case UNAVAILABLE, LIMIT, INTERNAL -> throw e; // nothing that holds for later writes too
                    default -> {
                        return Optional.empty(); // who may write but not read is told the id alone
                    }
                }
            }
        }, new BindContext(shaped.values(), session, clock.instant()));
    }

    /** The refusal of a record that does not exist, or may not be seen. */
    static PlatformException notFound(RecordQuery query) {
        return new PlatformException(RuntimeError.RECORD_NOT_FOUND,
                "There is no record " + query.id() + " of " + query.object()).about(query.object());
    }

    private BoundQuery bound(ShapedQuery query, Session session, Catalog catalog) {
        return prepared(query.shape(), session, catalog)
                .bind(new BindContext(query.values(), session, clock.instant()));
    }

    private PreparedQuery prepared(Shape shape, Session session, Catalog catalog) {
        Object key = planner.key(shape, session, catalog);
        return PreparedQueries.of(catalog).get(key, () -> ReadCompiler.compile(planner.plan(key, session, catalog)));
    }
}
