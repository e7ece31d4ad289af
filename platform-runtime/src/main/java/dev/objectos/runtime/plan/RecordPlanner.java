package dev.objectos.runtime.plan;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.spi.RowFilter;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Plans that ask about stored records instead of showing them: who may see, and who may change, which. Conditions are planned
 * as they are for every other read, so a change and a list cannot disagree.
 */
public final class RecordPlanner {

    private static final FieldType ID = new FieldType.Id();

    private final Supplier<List<QueryRewriter>> rewriters;
    private final ChangeRights changes;
    private final FieldViews views;

    /** @param rewriters those that narrow reads at the moment; what is handed out must not change */
    public RecordPlanner(Supplier<List<QueryRewriter>> rewriters, ChangeRights changes) {
        this.rewriters = rewriters;
        this.changes = changes;
        this.views = new FieldViews(rewriters);
    }

    /** Whether the session may read the object and sees the field as it is. */
    public boolean shows(ObjectDefinition object, FieldDefinition field, Session session, Catalog catalog) {
        FieldView view = views.of(object, session, catalog);
        return view.readable() && view.plain(field.name());
    }

    /** Whether every record may be seen. */
    public boolean seesAll(ObjectDefinition object, Session session, Catalog catalog) {
        return rewriters.get().stream()
                .allMatch(rewriter -> rewriter.rows(object, session, catalog).equals(RowFilter.EVERYTHING));
    }

    /** Whether every record that may be seen may be changed so. */
    public boolean changesAll(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
        return changes.rows(object, action, session, catalog).equals(RowFilter.EVERYTHING);
    }

    /** Refuses as {@link dev.objectos.runtime.spi.WriteRights#admit} does. */
    public void admit(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
        changes.admit(object, action, session, catalog);
    }

    /** Whether the lookup makes a record a part of the one that it leads to, so that it goes with that one. */
    public boolean part(ReferenceGraph.Incoming incoming, Catalog catalog) {
        return incoming.part() || changes.part(incoming.object(), incoming.field().name(), catalog);
    }

    /** Under what the plan for a question may be kept and used again in the same catalog. */
    public Object key(RecordQuestion question, Session session, Catalog catalog) {
        return new Key(question, Narrowing.of(rewriters.get(), session, catalog),
                changes.fingerprints(session, catalog));
    }

    /**
     * The plan for every session with an equal key. The ids asked about are its first value; for
     * {@link RecordQuestion.Referring} those that do not count are the second.
     *
     * @param key what {@link #key} has made for this session
     * @throws dev.objectos.runtime.PlatformException where the session may not ask so: only for {@code Referring}
     */
    public ReadPlan plan(Object key, Session session, Catalog catalog) {
        if (!(key instanceof Key(RecordQuestion question, Narrowing narrowing, _))) {
            throw new IllegalArgumentException("no key of this planner");
        }
        var rights = new ReadRights(catalog, session, narrowing.rewriters());
        ObjectDefinition object = rights.object(question.object());
        var statement = new StatementScope(rights, object.name());
        return new ReadPlan(object.name(), switch (question) {
            case RecordQuestion.Seen _ -> marked(new RowScope(statement, object, false), RowFilter.EVERYTHING);
            case RecordQuestion.Changeable(_, ChangeAction action) -> marked(new RowScope(statement, object, false),
                    changes.rows(object, action, session, catalog));
            case RecordQuestion.Permitted(_, ChangeAction action) -> marked(new RowScope(statement, object, true),
                    changes.rows(object, action, session, catalog));
            case RecordQuestion.Binned(_, ChangeAction action) -> marked(RowScope.ofBin(statement, object, false),
                    changes.rows(object, action, session, catalog));
            case RecordQuestion.Referring(_, String field) -> {
                rights.admit(object);
                yield referring(new RowScope(statement, object, false), field);
            }
        });
    }

    /** The values that a plan of this planner asks for. */
    public static QueryValues values(List<? extends Collection<UUID>> ids) {
        return new QueryValues(ids.stream().<Object>map(List::copyOf).toList(), List.of(), 0, null, null);
    }

    /** Of the records whose ids are the first value those that a filter lets through; nothing but the tenant narrows them. */
    public static ReadPlan passing(ObjectDefinition object, RowFilter filter, Session session, Catalog catalog) {
        return new ReadPlan(object.name(), marked(trusted(object, session, catalog), filter));
    }

    /** How many records of the tenant a filter lets through. */
    public static ReadPlan count(ObjectDefinition object, RowFilter filter, Session session, Catalog catalog) {
        RowScope scope = trusted(object, session, catalog);
        RowCondition condition = RowRestriction.condition(filter, scope);
        return new ReadPlan(object.name(), new ReadPlan.Answer.Count(RowRestriction.rows(scope, List.of(condition))));
    }

    private static RowScope trusted(ObjectDefinition object, Session session, Catalog catalog) {
        return new RowScope(new StatementScope(new ReadRights(catalog, session, List.of()), object.name()), object,
                true);
    }

    private static ReadPlan.Answer marked(RowScope scope, RowFilter mark) {
        RowCondition condition = RowRestriction.condition(mark, scope.asTrusted());
        return new ReadPlan.Answer.Marked(
                RowRestriction.rows(scope, List.of(new RowCondition.AmongThese(scope.root().id(), ids(0)))), condition);
    }

    private static ReadPlan.Answer referring(RowScope scope, String field) {
        Scalar reference = scope.value(FieldPath.of(field));
        return new ReadPlan.Answer.Count(RowRestriction.rows(scope,
                List.of(new RowCondition.AmongThese(reference, ids(0)),
                        new RowCondition.Not(new RowCondition.AmongThese(scope.root().id(), ids(1))))));
    }

    private static Scalar ids(int slot) {
        return new Scalar.Parameter(
                new Binding.LiteralList(new RawValue.Slot(slot, false), ID, SystemFields.ID, false), ID, true);
    }

    private record Key(RecordQuestion question, Narrowing narrowing, List<Object> fingerprints) {}
}
