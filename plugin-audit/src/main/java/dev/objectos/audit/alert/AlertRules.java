package dev.objectos.audit.alert;

import dev.objectos.audit.partition.Retention;
import dev.objectos.runtime.expression.ItemProblems;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ItemPart;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The alerts that permission files ask for. */
public final class AlertRules {

    private static final String LOGIN_FAILED = "login_failed";
    private static final List<String> ADMINISTRATORS = List.of("admin");
    private static final int WINDOW_MINUTES = 60;

    /** What can be asked for, with the actions of the entries that count. */
    private static final Map<String, Set<String>> EVENTS = new TreeMap<>(Map.ofEntries(
            Map.entry(Retention.DENIED, Set.of(Retention.DENIED)),
            Map.entry(Retention.SENSITIVE, Set.of(Retention.SENSITIVE)),
            Map.entry("permission_grant", Set.of("record.shared")),
            Map.entry("permission_revoke", Set.of("record.unshared")), Map.entry("read", Set.of("read")),
            Map.entry("query", Set.of("query")), Map.entry("export", Set.of("export")),
            Map.entry("create", Set.of("create")), Map.entry("update", Set.of("update")),
            Map.entry("delete", Set.of("delete")), Map.entry("restore", Set.of("restore")),
            Map.entry("change", Set.of("create", "update", "delete", "restore")),
            Map.entry(LOGIN_FAILED, Set.of(LOGIN_FAILED))));

    private final List<AlertRule> rules = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();

    private AlertRules(Catalog catalog) {
        for (MetadataItem item : catalog.items("permission")) {
            ItemPart audit = ItemPart.all(item).get("audit");
            if (audit != null && !Boolean.FALSE.equals(audit.isMap() ? value(audit, "enabled") : null)) {
                var problems = new ItemProblems(item);
                audit.elements("alerts").forEach(alert -> add(item, alert, problems));
                violations.addAll(problems.found());
            }
        }
    }

    static AlertRules of(Catalog catalog) {
        return catalog.derive(AlertRules.class, AlertRules::new);
    }

    /** What is wrong or doubtful with the alerts of a catalog. */
    public static List<Violation> violations(Catalog catalog) {
        return List.copyOf(of(catalog).violations);
    }

    List<AlertRule> all() {
        return List.copyOf(rules);
    }

    private static @Nullable Object value(ItemPart part, String key) {
        ItemPart found = part.get(key);
        return found == null ? null : found.value();
    }

    private void add(MetadataItem item, ItemPart alert, ItemProblems problems) {
        String event = String.valueOf(alert.text("event"));
        Set<String> actions = EVENTS.get(event);
        if (actions == null) {
            problems.warning(alert.where(), "there is no alert for '" + event + "', so nobody is told",
                    ItemProblems.oneOf(EVENTS.keySet()));
            return;
        }
        String object = item.object();
        if (object == null) {
            problems.warning(alert.where(), "the alert says of no object what it is about, so nobody is told",
                    "add object:");
            return;
        }
        List<String> notify = alert.elements("notify").stream().map(ItemPart::text).toList();
        rules.add(new AlertRule(object, event, event.equals(LOGIN_FAILED), actions, whole(alert, "threshold", 1),
                Duration.ofMinutes(whole(alert, "window_minutes", WINDOW_MINUTES)),
                notify.isEmpty() ? ADMINISTRATORS : notify));
    }

    private static int whole(ItemPart alert, String key, int otherwise) {
        return value(alert, key) instanceof Number number ? number.intValue() : otherwise;
    }
}
