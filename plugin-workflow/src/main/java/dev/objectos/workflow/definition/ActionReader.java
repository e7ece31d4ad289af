package dev.objectos.workflow.definition;

import dev.objectos.runtime.expression.ItemProblems;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ItemPart;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.workflow.definition.WorkflowDefinition.Action;
import dev.objectos.workflow.definition.WorkflowDefinition.Described;
import dev.objectos.workflow.definition.WorkflowDefinition.Notify;
import dev.objectos.workflow.definition.WorkflowDefinition.Timer;
import dev.objectos.workflow.definition.WorkflowDefinition.UpdateField;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a workflow does on the way: actions of states, transitions and timers. */
final class ActionReader {

    private static final Set<String> UPDATE = Set.of("update_field", "field_update", "set_field");
    private static final Set<String> NOTIFY = Set.of("notify", "notification", "send_notification");
    private static final Set<String> OF_TRIGGERS = Set.of("create_record", "update_records", "delete_record",
            "send_email", "webhook", "http_call", "start_workflow", "transition", "call_service", "run_action");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})\\s*(s|m|min|h|d|w)");

    private final ObjectDefinition object;
    private final String stateField;
    private final Map<String, ItemPart> named;
    private final ItemProblems problems;
    private final ValueReader values;

    /** @param named actions that others refer to by name */
    ActionReader(ObjectDefinition object, String stateField, Map<String, ItemPart> named, ItemProblems problems) {
        this.object = object;
        this.stateField = stateField;
        this.named = named;
        this.problems = problems;
        this.values = new ValueReader(problems);
    }

    List<Action> list(@Nullable ItemPart written) {
        var actions = new ArrayList<Action>();
        for (ItemPart element : written == null ? List.<ItemPart>of() : written.elements()) {
            Action action = element.isMap() ? action(element) : byName(element);
            if (action != null) {
                actions.add(action);
            }
        }
        return actions;
    }

    private @Nullable Action byName(ItemPart written) {
        ItemPart definition = named.get(written.text());
        if (definition != null && definition.isMap()) {
            return action(definition);
        }
        problems.warning(written.where(),
                "nothing says what the action '" + written.text() + "' does, so it does nothing",
                "add it under actions:, or write {action: notify, to: …} here");
        return new Described(written.text(), written.where());
    }

    private @Nullable Action action(ItemPart written) {
        ItemPart kind = written.first("action", "type");
        if (kind == null) {
            problems.error(written.where(), "the action does not say what it does",
                    "add action: update_field, or action: notify");
            return null;
        }
        String type = kind.text();
        if (UPDATE.contains(type)) {
            return updateField(written);
        }
        if (NOTIFY.contains(type)) {
            return notify(written, written.first("to", "recipients"));
        }
        if (!OF_TRIGGERS.contains(type)) {
            problems.error(kind.where(), "there is no action '" + type + "'", "write update_field or notify");
            return null;
        }
        problems.warning(kind.where(), "workflows do not carry out '" + type + "'",
                "use a trigger on " + object.name() + " that does, or notify");
        return new Described(type, written.where());
    }

    private @Nullable Action updateField(ItemPart written) {
        ItemPart name = written.first("field");
        if (name == null || !written.has("value")) {
            problems.error(written.where(), "update_field needs a field and a value", "add field: and value:");
            return null;
        }
        String field = name.text().startsWith("record.") ? name.text().substring("record.".length()) : name.text();
        FieldDefinition definition = object.field(field).orElse(null);
        if (definition == null) {
            problems.error(name.where(), object.name() + " has no field '" + field + "'",
                    ItemProblems.oneOf(object.fields().keySet()));
            return null;
        }
        if (field.equals(stateField)) {
            problems.error(name.where(), "'" + field + "' holds the state, which transitions alone change",
                    "add a transition");
            return null;
        }
        if (definition.type().derived() || SystemFields.RESERVED.contains(field)) {
            problems.error(name.where(), "'" + field + "' is set by the platform", "name another field");
            return null;
        }
        ItemPart value = written.get("value");
        return value == null || value.isNull()
                ? new UpdateField(field, null, written.where())
                : new UpdateField(field, values.of(definition, value), written.where());
    }

    private Action notify(ItemPart written, @Nullable ItemPart to) {
        if (to == null) {
            problems.error(written.where(), "notify does not say whom", "add to: ${record.owner}");
        }
        return new Notify(to == null ? List.of() : to.elements().stream().map(values::recipient).toList(),
                written.text("template"), values.text(written.first("title", "subject")),
                values.text(written.first("message", "body", "text")), written.where());
    }

    /** @param transitions names of those that lead away from the state */
    List<Timer> timers(List<ItemPart> written, Collection<String> transitions) {
        var timers = new ArrayList<Timer>();
        for (ItemPart timer : written) {
            ItemPart after = timer.first("after");
            Duration span = after == null ? null : duration(after.text());
            if (span == null) {
                problems.error(after == null ? timer.where() : after.where(), after == null
                        ? "the timer does not say when"
                        : "'" + after.text() + "' is no span of time", "write after: 3d (or s, m, h, w)");
                continue;
            }
            ItemPart transition = timer.first("transition");
            if (transition != null && !transitions.contains(transition.text())) {
                problems.error(transition.where(), "there is no transition '" + transition.text() + "' here",
                        ItemProblems.oneOf(transitions));
                continue;
            }
            var actions = new ArrayList<>(list(timer.get("actions")));
            ItemPart whom = timer.first("notify");
            if (whom != null) {
                actions.add(notify(timer, whom));
            }
            timers.add(new Timer(span, transition == null ? null : transition.text(), actions, timer.where()));
        }
        return timers;
    }

    private static @Nullable Duration duration(String written) {
        Matcher parts = DURATION.matcher(written.strip().toLowerCase(Locale.ROOT));
        if (parts.matches()) {
            long number = Long.parseLong(parts.group(1));
            return switch (parts.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m", "min" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                case "d" -> Duration.ofDays(number);
                default -> Duration.ofDays(7 * number);
            };
        }
        try {
            return Duration.parse(written.strip());
        } catch (DateTimeParseException _) {
            return null;
        }
    }
}
