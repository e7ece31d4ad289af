package dev.objectos.workflow.definition;

import dev.objectos.runtime.expression.ItemProblems;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ItemPart;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SelectOption;
import dev.objectos.workflow.definition.WorkflowDefinition.Guard;
import dev.objectos.workflow.definition.WorkflowDefinition.State;
import dev.objectos.workflow.definition.WorkflowDefinition.Transition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a state machine and reports what can be said about it without compiling its expressions. */
final class DefinitionReader {

    private static final String DEFAULT_STATE_FIELD = "status";
    private static final Pattern IDENTIFIER = Pattern.compile("[a-zA-Z_]\\w*");

    private final ItemPart workflow;
    private final ObjectDefinition object;
    private final ItemProblems problems;
    private final String stateField;
    private final ConditionReader conditions;
    private final ActionReader actions;
    private final Map<String, Guard> guards = new LinkedHashMap<>();
    private final Set<String> usedGuards = new LinkedHashSet<>();

    DefinitionReader(MetadataItem item, ObjectDefinition object, ItemProblems problems) {
        this.workflow = ItemPart.all(item);
        this.object = object;
        this.problems = problems;
        this.stateField = stateField(workflow);
        this.conditions = new ConditionReader(object, problems);
        this.actions = new ActionReader(object, stateField, workflow.entries("actions"), problems);
    }

    /** Whether an item says how records run through states, and is in force; other workflows are made of steps. */
    static boolean isStateMachine(MetadataItem item) {
        ItemPart workflow = ItemPart.all(item);
        ItemPart active = workflow.get("active");
        return item.object() != null && workflow.has("states")
                && (active == null || !Boolean.FALSE.equals(active.value()));
    }

    static String stateField(ItemPart workflow) {
        String written = workflow.text("state_field");
        return written == null ? DEFAULT_STATE_FIELD : written;
    }

    /** The state machine; null where something essential is missing, which is then reported. */
    @Nullable
    WorkflowDefinition read() {
        readGuards();
        Map<String, ItemPart> written = workflow.entries("states");
        var states = new LinkedHashMap<String, State>();
        written.forEach((name, part) -> states.put(name, state(name, part, written.keySet())));
        checkUnusedGuards(states);
        if (!checkStateField(states)) {
            return null;
        }
        String initial = initial(written);
        if (initial == null) {
            return null;
        }
        checkReachable(states, initial);
        MetadataItem item = workflow.item();
        String label = workflow.text("label");
        return new WorkflowDefinition(item.name(), label == null ? Labels.of(item.name()) : label, object.name(),
                version(), stateField, initial, states, guards, item.source());
    }

    private int version() {
        ItemPart version = workflow.get("version");
        return version != null && version.value() instanceof Number number ? number.intValue() : 1;
    }

    private void readGuards() {
        workflow.entries("guards").forEach((name, written) -> {
            ExpressionSource condition = conditions.read(written);
            if (condition != null) {
                guards.put(name, new Guard(name, condition, written.text("message"), written.where()));
            }
        });
    }

    private State state(String name, ItemPart written, Set<String> states) {
        var transitions = new LinkedHashMap<String, Transition>();
        written.entries("transitions").forEach((transition, part) -> {
            Transition read = transition(transition, part, states);
            if (read != null) {
                transitions.put(transition, read);
            }
        });
        boolean last = written.flag("final");
        if (last && !transitions.isEmpty()) {
            problems.error(written.where(), "'" + name + "' is final and has transitions", "remove one of them");
        }
        if (!last && transitions.isEmpty()) {
            problems.warning(written.where(), "nothing leads away from '" + name + "'",
                    "add transitions:, or final: true");
        }
        String label = written.text("label");
        return new State(name, label == null ? Labels.of(name) : label, last, transitions,
                actions.list(written.get("on_enter")), actions.list(written.get("on_exit")),
                actions.timers(written.elements("timers"), transitions.keySet()), written.where());
    }

    private @Nullable Transition transition(String name, ItemPart written, Set<String> states) {
        ItemPart target = written.isMap() ? written.get("target") : written;
        if (target == null || !states.contains(target.text())) {
            problems.error(written.where(), target == null
                    ? "the transition '" + name + "' leads nowhere"
                    : "there is no state '" + target.text() + "'", ItemProblems.oneOf(states));
            return null;
        }
        if (!IDENTIFIER.matcher(name).matches()) {
            problems.error(written.where(), "'" + name + "' cannot be a transition's name",
                    "use letters, digits and _: it is part of an address");
            return null;
        }
        var named = new LinkedHashSet<String>();
        ExpressionSource condition = written.isMap() ? guardsOf(written, named) : null;
        if (guards.containsKey("can_" + name)) {
            named.add("can_" + name);
        }
        usedGuards.addAll(named);
        String label = written.text("label");
        Set<String> roles = written.elements("roles").stream().map(ItemPart::text).collect(Collectors.toSet());
        return new Transition(name, label == null ? Labels.of(name) : label, target.text(), List.copyOf(named),
                condition, roles, actions.list(written.get("actions")), written.flag("comment_required"),
                written.where());
    }

    /** Adds the guards that a transition names, and gives the condition that it states itself. */
    private @Nullable ExpressionSource guardsOf(ItemPart transition, Set<String> named) {
        var written = new ArrayList<>(transition.elements("guards"));
        ItemPart single = transition.first("guard");
        ExpressionSource condition = null;
        if (single != null && !IDENTIFIER.matcher(single.text().strip()).matches()) {
            condition = conditions.read(single);
        } else if (single != null) {
            written.add(single);
        }
        Set<String> known = workflow.entries("guards").keySet();
        for (ItemPart guard : written) {
            String name = guard.text().strip();
            if (guards.containsKey(name)) {
                named.add(name);
            } else if (!known.contains(name)) {
                problems.error(guard.where(), "there is no guard '" + name + "'", ItemProblems.oneOf(known));
            }
        }
        return condition;
    }

    private void checkUnusedGuards(Map<String, State> states) {
        Set<String> transitions = states.values().stream().flatMap(state -> state.transitions().keySet().stream())
                .map(name -> "can_" + name).collect(Collectors.toCollection(LinkedHashSet::new));
        guards.values().stream().filter(guard -> !usedGuards.contains(guard.name()))
                .forEach(guard -> problems.error(guard.source(), "nothing uses the guard '" + guard.name() + "'",
                        "write guard: " + guard.name() + " at a transition, or name it after one: "
                                + String.join(", ", transitions)));
    }

    private boolean checkStateField(Map<String, State> states) {
        ItemPart named = workflow.get("state_field");
        FieldDefinition field = object.field(stateField).orElse(null);
        if (field == null) {
            problems.error(named == null ? workflow.where() : named.where(),
                    object.name() + " has no field '" + stateField + "' to keep the state in", "add state_field:");
            return false;
        }
        switch (field.type()) {
            case FieldType.Choice(_, List<SelectOption> options) when !options.isEmpty() -> {
                Set<String> known = options.stream().map(SelectOption::value).collect(Collectors.toSet());
                states.values().stream().filter(state -> !known.contains(state.name()))
                        .forEach(state -> problems.error(state.source(), "the state '" + state.name()
                                + "' is none of the options of " + object.name() + "." + stateField,
                                "add it to the options"));
            }
            case FieldType.Choice _,FieldType.Text _ -> {
                // holds any state
            }
            default -> {
                problems.error(named == null ? workflow.where() : named.where(), object.name() + "." + stateField
                        + " is of type " + field.type().name() + " and cannot hold a state",
                        "use a select or text field");
                return false;
            }
        }
        return true;
    }

    private @Nullable String initial(Map<String, ItemPart> states) {
        var initial = new LinkedHashSet<String>();
        ItemPart named = workflow.first("initial");
        if (named != null) {
            initial.add(named.text());
        }
        states.forEach((name, state) -> {
            if (state.flag("initial")) {
                initial.add(name);
            }
        });
        if (named != null && !states.containsKey(named.text())) {
            problems.error(named.where(), "there is no state '" + named.text() + "'",
                    ItemProblems.oneOf(states.keySet()));
            return null;
        }
        if (initial.size() != 1) {
            ItemPart where = initial.isEmpty() ? null : states.get(List.copyOf(initial).getLast());
            problems.error(where == null ? workflow.where() : where.where(), initial.isEmpty()
                    ? "no state is the initial one"
                    : "more than one state is the initial one: " + String.join(", ", initial),
                    "write initial: true at one of them");
            return null;
        }
        return initial.getFirst();
    }

    private void checkReachable(Map<String, State> states, String initial) {
        var reached = new LinkedHashSet<String>();
        var next = new ArrayList<>(List.of(initial));
        while (!next.isEmpty()) {
            State state = states.get(next.removeLast());
            if (state != null && reached.add(state.name())) {
                state.transitions().values().forEach(transition -> next.add(transition.target()));
            }
        }
        states.values().stream().filter(state -> !reached.contains(state.name())).forEach(state -> problems
                .warning(state.source(), "no way leads to '" + state.name() + "'", "add a transition to it"));
    }
}
