package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.plan.BindContext;
import dev.objectos.runtime.plan.RecordPlanner;
import dev.objectos.runtime.plan.RecordQuestion;
import dev.objectos.runtime.plan.ReferenceGraph;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.sql.BoundQuery;
import dev.objectos.runtime.sql.ReadCompiler;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** What sessions may see and change of stored records: statements for the write path, each made once for equal rights. */
public final class RecordRights {

    private final RecordPlanner planner;
    private final Clock clock;

    public RecordRights(RecordPlanner planner, Clock clock) {
        this.planner = planner;
        this.clock = clock;
    }

    /** Whether the session may read the object and sees the field as it is. */
    boolean shows(ObjectDefinition object, FieldDefinition field, Session session, Catalog catalog) {
        return planner.shows(object, field, session, catalog);
    }

    boolean seesAll(ObjectDefinition object, Session session, Catalog catalog) {
        return planner.seesAll(object, session, catalog);
    }

    boolean changesAll(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
        return planner.changesAll(object, action, session, catalog);
    }

    /** Whether such a change needs no look at the record: of a stored one the session must see it too. */
    boolean unrestricted(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
        return changesAll(object, action, session, catalog)
                && (action == ChangeAction.CREATE || seesAll(object, session, catalog));
    }

    /** Refuses with {@code PERMISSION_DENIED} who may do such a thing to no record of the object. */
    void admit(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
        planner.admit(object, action, session, catalog);
    }

    boolean part(ReferenceGraph.Incoming incoming, Catalog catalog) {
        return planner.part(incoming, catalog);
    }

    /** The statement that answers a question about records of these ids; see {@link RecordPlanner#plan}. */
    BoundQuery ask(RecordQuestion question, List<? extends Collection<UUID>> ids, Session session, Catalog catalog) {
        Object key = planner.key(question, session, catalog);
        return PreparedQueries.of(catalog)
                .get(key, () -> ReadCompiler.compile(planner.plan(key, session, catalog)))
                .bind(new BindContext(RecordPlanner.values(ids), session, clock.instant()));
    }
}
