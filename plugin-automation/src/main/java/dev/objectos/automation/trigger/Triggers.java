package dev.objectos.automation.trigger;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The triggers of one catalog, compiled once, by the change that sets them off. */
public final class Triggers {

    private final Map<String, Trigger> all = new LinkedHashMap<>();
    private final Map<String, Map<ChangeAction, OfChange>> changes = new HashMap<>();
    private final Set<String> targets;
    private final Map<String, MailTemplate> templates;
    private final List<Violation> violations = new ArrayList<>();

    private Triggers(Catalog catalog) {
        templates = MailTemplate.read(catalog);
        for (MetadataItem item : catalog.items("trigger")) {
            if (!Boolean.FALSE.equals(item.content().get("active"))) {
                new TriggerReader(catalog, item, templates, violations::add).read()
                        .ifPresent(trigger -> all.put(trigger.name(), trigger));
            }
        }
        targets = all.values().stream()
                .flatMap(trigger -> trigger.actions().stream().flatMap(action -> switch (action) {
                    case Action.CreateRecord create -> Stream.of(create.object());
                    case Action.UpdateRecords update -> Stream.of(update.object());
                    case Action.DeleteRecords delete -> Stream.of(delete.object());
                    case Action.TakeTransition transition -> Stream.of(transition.object());
                    case Action.RunAction run -> Stream.of(run.object());
                    case Action.SetFields _ -> Stream.of(trigger.object());
                    case Action.SendMail _,Action.Notify _,Action.Unsupported _ -> Stream.<String>empty();
                })).collect(Collectors.toUnmodifiableSet());
        templates.values().forEach(template -> violations.addAll(template.violations()));
        List<Trigger> ordered = all.values().stream()
                .sorted(Comparator.comparingInt(Trigger::order).thenComparing(Trigger::name)).toList();
        for (TriggerEvent event : TriggerEvent.values()) {
            ordered.stream().filter(trigger -> trigger.events().contains(event)).forEach(trigger -> changes
                    .computeIfAbsent(trigger.object(), _ -> new EnumMap<>(ChangeAction.class))
                    .merge(event.action(), OfChange.of(event, trigger), OfChange::and));
        }
    }

    public static Triggers of(Catalog catalog) {
        return catalog.derive(Triggers.class, Triggers::new);
    }

    /** What a change of that kind sets off, in order. */
    public record OfChange(List<Trigger> before, List<Trigger> after) {

        public static final OfChange NOTHING = new OfChange(List.of(), List.of());

        public OfChange {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }

        private static OfChange of(TriggerEvent event, Trigger trigger) {
            return event.before()
                    ? new OfChange(List.of(trigger), List.of())
                    : new OfChange(List.of(), List.of(trigger));
        }

        private static OfChange and(OfChange some, OfChange more) {
            var before = new ArrayList<>(some.before);
            before.addAll(more.before);
            var after = new ArrayList<>(some.after);
            after.addAll(more.after);
            return new OfChange(before, after);
        }

        public boolean isEmpty() {
            return before.isEmpty() && after.isEmpty();
        }

        /** Whether a trigger among them takes turns. */
        public boolean takesTurns() {
            return before.stream().anyMatch(Trigger::takesTurns) || after.stream().anyMatch(Trigger::takesTurns);
        }
    }

    public OfChange of(String object, ChangeAction action) {
        Map<ChangeAction, OfChange> ofObject = changes.get(object);
        return ofObject == null ? OfChange.NOTHING : ofObject.getOrDefault(action, OfChange.NOTHING);
    }

    /** Whether any change of such records sets something off. */
    public boolean concern(String object) {
        return changes.containsKey(object);
    }

    /** Whether a trigger makes, changes or removes such records. */
    public boolean touch(String object) {
        return targets.contains(object);
    }

    /** Objects whose changes leave something to do once they are committed. */
    public Set<String> deferring() {
        return all.values().stream().filter(Trigger::hasDeferred).map(Trigger::object)
                .collect(Collectors.toUnmodifiableSet());
    }

    public Optional<Trigger> named(String name) {
        return Optional.ofNullable(all.get(name));
    }

    public Optional<MailTemplate> template(String name) {
        return Optional.ofNullable(templates.get(name));
    }

    public List<Trigger> all() {
        return List.copyOf(all.values());
    }

    /** What is wrong or doubtful; a trigger with an error is not among the others. */
    public List<Violation> violations() {
        return List.copyOf(violations);
    }
}
