package dev.objectos.workflow.definition;

import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.expression.ExpressionException;
import dev.objectos.runtime.expression.ExpressionType;
import dev.objectos.runtime.expression.Expressions;
import dev.objectos.runtime.expression.ItemProblems;
import dev.objectos.runtime.expression.Scope;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.DefaultValue;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.ItemPart;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.workflow.definition.CompiledWorkflow.Assign;
import dev.objectos.workflow.definition.CompiledWorkflow.CompiledState;
import dev.objectos.workflow.definition.CompiledWorkflow.CompiledTransition;
import dev.objectos.workflow.definition.CompiledWorkflow.Computed;
import dev.objectos.workflow.definition.CompiledWorkflow.Constant;
import dev.objectos.workflow.definition.CompiledWorkflow.Gate;
import dev.objectos.workflow.definition.CompiledWorkflow.Step;
import dev.objectos.workflow.definition.CompiledWorkflow.Tell;
import dev.objectos.workflow.definition.CompiledWorkflow.Value;
import dev.objectos.workflow.definition.WorkflowDefinition.Action;
import dev.objectos.workflow.definition.WorkflowDefinition.Described;
import dev.objectos.workflow.definition.WorkflowDefinition.Guard;
import dev.objectos.workflow.definition.WorkflowDefinition.Notify;
import dev.objectos.workflow.definition.WorkflowDefinition.State;
import dev.objectos.workflow.definition.WorkflowDefinition.Text;
import dev.objectos.workflow.definition.WorkflowDefinition.Transition;
import dev.objectos.workflow.definition.WorkflowDefinition.UpdateField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** From a state machine as it was written to one that can run: compiles its expressions against a catalog. */
final class WorkflowCompiler {

    private final Catalog catalog;
    private final WorkflowDefinition workflow;
    private final ObjectDefinition object;
    private final Expressions expressions;
    private final Scope scope;
    private final ItemProblems problems;
    private final Map<String, CompiledExpression> guards = new LinkedHashMap<>();

    private WorkflowCompiler(Catalog catalog, WorkflowDefinition workflow, ObjectDefinition object,
            ItemProblems problems) {
        this.catalog = catalog;
        this.workflow = workflow;
        this.object = object;
        this.expressions = Expressions.of(catalog);
        this.scope = Scope.change(object.name());
        this.problems = problems;
    }

    /** Reads and compiles; null where something is wrong, which is then among the problems. */
    static @Nullable CompiledWorkflow compile(Catalog catalog, MetadataItem item, ItemProblems problems) {
        ObjectDefinition object = catalog.object(Objects.requireNonNull(item.object())).orElse(null);
        if (object == null) {
            problems.error(item.source(), "there is no object '" + item.object() + "'", "");
            return null;
        }
        WorkflowDefinition definition = new DefinitionReader(item, object, problems).read();
        CompiledWorkflow compiled = definition == null
                ? null
                : new WorkflowCompiler(catalog, definition, object, problems).compile();
        return problems.hasErrors() ? null : compiled;
    }

    private CompiledWorkflow compile() {
        for (Guard guard : workflow.guards().values()) {
            CompiledExpression condition = compiled("the guard " + guard.name(),
                    () -> expressions.condition(guard.condition(), scope));
            if (condition != null) {
                guards.put(guard.name(), condition);
            }
        }
        var states = new LinkedHashMap<String, CompiledState>();
        workflow.states().values().forEach(state -> states.put(state.name(), state(state)));
        return new CompiledWorkflow(workflow, states);
    }

    private CompiledState state(State state) {
        var transitions = new LinkedHashMap<String, CompiledTransition>();
        state.transitions().values()
                .forEach(transition -> transitions.put(transition.name(), transition(transition)));
        state.timers().forEach(timer -> steps(state, timer.actions()));
        return new CompiledState(state, transitions, steps(state, state.onEnter()), steps(state, state.onExit()));
    }

    private CompiledTransition transition(Transition transition) {
        var gates = new ArrayList<Gate>();
        for (String name : transition.guards()) {
            CompiledExpression condition = guards.get(name);
            if (condition != null) {
                String message = Objects.requireNonNull(workflow.guards().get(name)).message();
                gates.add(new Gate(message == null ? "The guard " + name + " does not let you through" : message,
                        condition));
            }
        }
        ExpressionSource own = transition.condition();
        CompiledExpression condition = own == null
                ? null
                : compiled("the guard of " + transition.name(), () -> expressions.condition(own, scope));
        if (condition != null) {
            gates.add(new Gate("The condition of " + transition.name() + " does not hold", condition));
        }
        State target = Objects.requireNonNull(workflow.states().get(transition.target()));
        return new CompiledTransition(transition, gates, steps(target, transition.actions()));
    }

    /** @param state that the steps lead to or belong to, for texts that say nothing themselves */
    private List<Step> steps(State state, List<Action> actions) {
        var steps = new ArrayList<Step>();
        for (Action action : actions) {
            Step step = switch (action) {
                case UpdateField update -> assign(update);
                case Notify notify -> tell(state, notify);
                case Described _ -> null;
            };
            if (step != null) {
                steps.add(step);
            }
        }
        return steps;
    }

    private @Nullable Step assign(UpdateField update) {
        return switch (update.value()) {
            case null -> new Assign(update.field(), new Constant(null));
            case DefaultValue.Literal(Object value) -> new Assign(update.field(), new Constant(value));
            case DefaultValue.Computed(ExpressionSource source) -> {
                ExpressionType type = ExpressionType.of(object.field(update.field()).orElseThrow().type());
                CompiledExpression value = compiled("the value of " + update.field(),
                        () -> expressions.compile(source, scope, type));
                yield value == null ? null : new Assign(update.field(), new Computed(value));
            }
        };
    }

    private Step tell(State state, Notify notify) {
        var to = new ArrayList<Value>();
        for (DefaultValue recipient : notify.to()) {
            Value value = recipient(recipient);
            if (value != null) {
                to.add(value);
            }
        }
        String template = notify.template();
        Text title = notify.title() != null ? notify.title() : template(template, "subject");
        Text message = notify.message() != null ? notify.message() : template(template, "text");
        return new Tell(template == null ? "workflow" : template, to,
                title == null ? defaultTitle(state, template) : parts(title),
                message == null ? List.of() : parts(message));
    }

    private @Nullable Value recipient(DefaultValue recipient) {
        return switch (recipient) {
            case DefaultValue.Literal(Object name) -> new Constant(name);
            case DefaultValue.Computed(ExpressionSource source) -> {
                CompiledExpression value = compiled("whom to notify", () -> expressions.compile(source, scope));
                if (value != null && !namesUsers(value.type())) {
                    problems.error(source.where(), "whom to notify is " + value.type() + ", not a user",
                            "name a lookup to user, a user name or an e-mail address");
                }
                yield value == null ? null : new Computed(value);
            }
        };
    }

    private static boolean namesUsers(ExpressionType type) {
        return switch (type) {
            case ExpressionType.Reference(String target) -> target == null || target.equals(Catalog.USER);
            case ExpressionType.ListOf(ExpressionType element) -> namesUsers(element);
            case ExpressionType.Scalar _ -> type.equals(ExpressionType.TEXT) || type.equals(ExpressionType.NULL);
        };
    }

    /** A text of the template, where there is such a template with a text for everybody. */
    private @Nullable Text template(@Nullable String name, String key) {
        MetadataItem template = name == null ? null : catalog.item("template", name).orElse(null);
        return template == null ? null : new ValueReader(problems).text(ItemPart.all(template).first(key));
    }

    /** Such as "Approval request: Leave request LR-2026-0001". */
    private List<Value> defaultTitle(State state, @Nullable String template) {
        var title = new ArrayList<Value>();
        title.add(new Constant((template == null ? state.label() : Labels.of(template)) + ": " + object.label()));
        if (!object.nameField().equals(SystemFields.ID)) {
            var name = new ExpressionSource("record." + object.nameField(), workflow.source());
            try {
                CompiledExpression value = expressions.compile(name, scope);
                title.add(new Constant(" "));
                title.add(new Computed(value));
            } catch (ExpressionException _) {
                // The record is told by its kind alone where its name is not for expressions to read.
            }
        }
        return title;
    }

    private List<Value> parts(Text text) {
        var parts = new ArrayList<Value>();
        for (DefaultValue part : text.parts()) {
            switch (part) {
                case DefaultValue.Literal(Object value) -> parts.add(new Constant(value));
                case DefaultValue.Computed(ExpressionSource source) -> {
                    CompiledExpression value = compiled("the text", () -> expressions.compile(source, scope));
                    if (value != null) {
                        parts.add(new Computed(value));
                    }
                }
            }
        }
        return parts;
    }

    private @Nullable CompiledExpression compiled(String what, Supplier<CompiledExpression> compilation) {
        try {
            return compilation.get();
        } catch (ExpressionException e) {
            problems.expression(what, e);
            return null;
        }
    }
}
