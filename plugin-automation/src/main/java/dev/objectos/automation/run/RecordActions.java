package dev.objectos.automation.run;

import dev.objectos.automation.trigger.Action;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.Sort;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The actions of a run that change records, each in one transaction. */
final class RecordActions {

    private final Records records;
    private final Session session;
    private final Catalog catalog;
    private final RunValues values;

    RecordActions(Records records, Session session, Catalog catalog, RunValues values) {
        this.records = records;
        this.session = session;
        this.catalog = catalog;
        this.values = values;
    }

    @SuppressWarnings("NullAway") // inference loses the nullness of nested type arguments
    void perform(Action action, Run run) {
        switch (action) {
            // The interceptor writes the fields, as it would have done in the change itself.
            case Action.SetFields _ ->
                records.update(new Mutation.Update(run.object(), run.record(), Map.of(), null), session);
            case Action.CreateRecord create ->
                records.create(new Mutation.Create(create.object(), values.all(create.values())), session);
            case Action.UpdateRecords update -> {
                Map<String, @Nullable Object> written = values.all(update.values());
                each(matching(update.object(), update.where()),
                        id -> new Mutation.Update(update.object(), id, written, null));
            }
            case Action.DeleteRecords delete -> each(matching(delete.object(), delete.where()),
                    id -> new Mutation.Delete(delete.object(), id, null));
            case Action.SendMail _,Action.Notify _,Action.TakeTransition _,Action.RunAction _,Action.Unsupported _ ->
                throw new IllegalArgumentException(action.type() + " changes no record");
        }
    }

    private void each(List<UUID> ids, Function<UUID, Mutation> change) {
        if (ids.isEmpty()) {
            return;
        }
        BatchResult result = records.batch(new Batch(ids.stream().map(change).toList(), true, false, false), session);
        for (BatchResult.Outcome outcome : result.outcomes()) {
            if (outcome instanceof BatchResult.Outcome.Refused refused) {
                throw refused.reason();
            }
        }
    }

    List<UUID> matching(String object, List<Action.Condition> where) {
        var terms = new ArrayList<Predicate>();
        where.forEach(condition -> terms.add(term(condition)));
        var found = new ArrayList<UUID>();
        String cursor = null;
        do {
            var query = new Query(object, List.of(FieldPath.of(SystemFields.ID)), new Predicate.And(terms),
                    List.of(new Sort(FieldPath.of(SystemFields.ID), false)), new Page(Page.MAXIMUM, null, cursor),
                    List.of(), List.of(), List.of(), Predicate.ALWAYS, null, false);
            Map<String, @Nullable Object> answer = Json.map(records.query(query, session).toString());
            for (Object row : (List<?>) Objects.requireNonNull(answer.get("records"))) {
                found.add(UUID.fromString(String.valueOf(((Map<?, ?>) row).get(SystemFields.ID))));
            }
            cursor = (String) answer.get("nextCursor");
            if (found.size() > Batch.MAXIMUM) {
                throw new TriggerFailure("more than " + Batch.MAXIMUM + " records of "
                        + catalog.object(object).orElseThrow().pluralLabel() + " are meant; narrow the condition");
            }
        } while (cursor != null);
        return found;
    }

    private Predicate term(Action.Condition condition) {
        var operands = new ArrayList<Object>();
        boolean unset = false;
        for (var value : condition.values()) {
            Object operand = values.one(value);
            unset |= operand == null;
            if (operand != null) {
                operands.add(operand);
            }
        }
        FieldPath field = FieldPath.parse(condition.field());
        return switch (condition.operator()) {
            case IS_NULL, IS_NOT_NULL -> new Predicate.Comparison(field, condition.operator(), new Operand.None());
            case IN, NOT_IN -> new Predicate.Comparison(field, condition.operator(), new Operand.Literals(operands));
            default -> unset
                    ? new Predicate.Comparison(field,
                            condition.operator() == Operator.NE ? Operator.IS_NOT_NULL : Operator.IS_NULL,
                            new Operand.None())
                    : new Predicate.Comparison(field, condition.operator(), new Operand.Literal(operands.getFirst()));
        };
    }
}
