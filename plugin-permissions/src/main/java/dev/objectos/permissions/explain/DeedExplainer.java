package dev.objectos.permissions.explain;

import dev.objectos.permissions.definition.ActionPermission;
import dev.objectos.permissions.definition.Condition;
import dev.objectos.permissions.definition.Operation;
import dev.objectos.permissions.definition.Permissions;
import dev.objectos.permissions.explain.Layer.Verdict;
import dev.objectos.permissions.rights.Rights;
import dev.objectos.permissions.rights.RightsByCatalog;
import dev.objectos.runtime.metadata.ActionDefinition;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Actions;
import dev.objectos.runtime.spi.ProcessRules;
import dev.objectos.runtime.spi.RecordFilters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers whether somebody may run an action, take a transition, or do what a process has a say in: the record has to be open to them as
 * for any operation, and nothing further may speak against it.
 */
public final class DeedExplainer {

    private final Explainer explainer;
    private final RightsByCatalog rights;
    private final RecordFilters filters;
    private final Actions actions;
    private final Iterable<ProcessRules> processes;

    public DeedExplainer(Explainer explainer, RightsByCatalog rights, RecordFilters filters, Actions actions,
            Iterable<ProcessRules> processes) {
        this.explainer = explainer;
        this.rights = rights;
        this.filters = filters;
        this.actions = actions;
        this.processes = processes;
    }

    /** What can be done with records of an object beside the four operations, and which of these it takes. */
    public Map<String, Operation> deeds(ObjectDefinition object, Catalog catalog) {
        var deeds = new LinkedHashMap<String, Operation>();
        object.actions().keySet().forEach(action -> deeds.put(action,
                actions.updates(object, action, catalog) ? Operation.UPDATE : Operation.READ));
        processes.forEach(process -> process.operations(object, catalog)
                .forEach(transition -> deeds.put(transition, Operation.UPDATE)));
        return Collections.unmodifiableMap(deeds);
    }

    /** @param session of whom the question is about */
    public Explanation explain(Question question, Session session, Catalog catalog) {
        Explanation first = explainer.explain(question, session, catalog);
        List<Layer> further = Stream.of(action(question, session, catalog).stream(),
                permission(question, session, catalog).stream(), process(question, session, catalog))
                .flatMap(layers -> layers).toList();
        if (further.isEmpty()) {
            return first;
        }
        var layers = new ArrayList<>(first.layers());
        layers.addAll(further);
        Optional<Layer> against = further.stream().filter(layer -> layer.verdict() == Verdict.DENIED).findFirst();
        return new Explanation(first.allowed() && against.isEmpty(),
                first.allowed()
                        ? against.map(layer -> "denied: " + layer.because()).orElse("allowed")
                        : first.decision(),
                first.fields(), layers);
    }

    private Optional<Layer> action(Question question, Session session, Catalog catalog) {
        ActionDefinition action = question.deed() == null ? null : question.object().actions().get(question.deed());
        if (action == null) {
            return Optional.empty();
        }
        boolean named = actions.names(question.object(), action.name(), session, catalog);
        return Optional.of(new Layer("object", named ? Verdict.GRANTED : Verdict.DENIED, action.name(),
                action.source(), action.label() + (named ? " is open to the user" : " is for others")));
    }

    private Optional<Layer> permission(Question question, Session session, Catalog catalog) {
        ActionPermission permission = question.deed() == null
                ? null
                : Permissions.of(catalog).of(question.object()).actions().get(question.deed());
        if (permission == null || Rights.unlimited(session)) {
            return Optional.empty();
        }
        Rights known = rights.of(catalog);
        boolean held = permission.admits(known.held(session));
        Verdict verdict = held ? condition(permission.condition(), question, known, session) : Verdict.DENIED;
        return Optional.of(new Layer("object", verdict, permission.action(), permission.where(),
                held && verdict == Verdict.DENIED ? permission.notWithThis() : permission.whose()));
    }

    private Verdict condition(@Nullable Condition condition, Question question, Rights known, Session session) {
        if (condition == null) {
            return Verdict.GRANTED;
        }
        UUID record = question.record();
        if (condition.expression() == null) {
            return Verdict.DENIED;
        }
        if (record == null) {
            return Verdict.DEPENDS;
        }
        return filters.passing(question.object().name(), List.of(record), known.filter(condition), session).isEmpty()
                ? Verdict.DENIED
                : Verdict.GRANTED;
    }

    private Stream<Layer> process(Question question, Session session, Catalog catalog) {
        var wish = new ProcessRules.Wish(question.object(), question.word(), question.record(), question.fields());
        var layers = new ArrayList<Layer>();
        processes.forEach(process -> process.about(wish, session, catalog).forEach(say -> layers.add(
                new Layer("workflow", verdict(say.allowed()), say.rule(), say.source(), say.because()))));
        return layers.stream();
    }

    private static Verdict verdict(@Nullable Boolean allowed) {
        return allowed == null ? Verdict.DEPENDS : allowed ? Verdict.GRANTED : Verdict.DENIED;
    }
}
