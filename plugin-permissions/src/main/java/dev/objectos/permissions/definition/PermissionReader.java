package dev.objectos.permissions.definition;

import dev.objectos.runtime.expression.ItemProblems;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ItemPart;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SourceLocation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts together what the files about one object say. */
final class PermissionReader {

    private static final Map<String, Operation> SET_KEYS = Map.of("allowCreate", Operation.CREATE, "allowRead",
            Operation.READ, "allowEdit", Operation.UPDATE, "allowDelete", Operation.DELETE);

    private final Catalog catalog;
    private final ObjectDefinition object;
    private final Map<String, SourceLocation> sets = new LinkedHashMap<>();
    private final Map<String, Set<String>> brings = new HashMap<>();
    private final List<Grant> grants = new ArrayList<>();
    private final List<Unlimited> unlimited = new ArrayList<>();
    private final FieldReader fields = new FieldReader();
    private final List<RecordRule> rules = new ArrayList<>();
    private final List<SharingRule> sharingRules = new ArrayList<>();
    private final List<RowSecurity> rowSecurity = new ArrayList<>();
    private final Map<String, ActionPermission> actions = new LinkedHashMap<>();
    private Sharing sharing = Sharing.OPEN;

    PermissionReader(Catalog catalog, ObjectDefinition object) {
        this.catalog = catalog;
        this.object = object;
        fields.definitions(object);
    }

    void add(MetadataItem item, ItemProblems problems) {
        ItemPart all = ItemPart.all(item);
        var conditions = ConditionReader.ofRecords(catalog, object, problems);
        var aroundActions = ConditionReader.ofActions(catalog, object, problems);
        all.entries("permission_sets").forEach((set, content) -> set(set, content, conditions));
        ofObject(all);
        ItemPart fieldPermissions = all.get("field_permissions");
        if (fieldPermissions != null) {
            fields.permissions(fieldPermissions);
        }
        ItemPart masking = all.get("field_masking");
        if (masking != null) {
            fields.masking(masking);
        }
        all.elements("record_rules").stream().map(rule -> rule(rule, conditions)).filter(rule -> rule != null)
                .forEach(rules::add);
        var sharingReader = new SharingReader(object, conditions, problems);
        ItemPart written = all.get("sharing");
        if (written != null && !written.isNull()) {
            sharing = sharingReader.sharing(written);
        }
        all.elements("sharing_rules").stream().map(sharingReader::rule).filter(rule -> rule != null)
                .forEach(sharingRules::add);
        rowSecurity(all, conditions);
        all.entries("action_permissions").forEach((action, content) -> {
            ItemPart condition = content.get("conditions");
            actions.put(action, new ActionPermission(action, names(content, "execute"),
                    condition == null ? null : aroundActions.read(condition), RateLimit.read(content),
                    content.where()));
        });
    }

    ObjectPermissions read() {
        rules.sort(Comparator.comparingInt(RecordRule::priority).reversed());
        return new ObjectPermissions(object, sets, brings, grants, unlimited, fields.restrictions(), fields.masks(),
                rules, sharing, sharingRules, rowSecurity, actions);
    }

    private void set(String set, ItemPart content, ConditionReader conditions) {
        sets.putIfAbsent(set, content.where());
        brings.merge(set, names(content, "inherits"), PermissionReader::both);
        SET_KEYS.forEach((key, operation) -> {
            ItemPart grant = content.get(key);
            if (grant == null || grant.isNull() || Boolean.FALSE.equals(grant.value())) {
                return;
            }
            grants.add(new Grant(set, operation,
                    Boolean.TRUE.equals(grant.value()) ? null : conditions.read(grant), grant.where()));
        });
        unlimited(set, content, "viewAllRecords", false);
        unlimited(set, content, "modifyAllRecords", true);
        ItemPart own = content.get("fields");
        if (own != null) {
            fields.ofSet(set, own);
        }
    }

    private static Set<String> both(Set<String> one, Set<String> other) {
        var all = new java.util.LinkedHashSet<>(one);
        all.addAll(other);
        return all;
    }

    private void unlimited(String set, ItemPart content, String key, boolean modify) {
        ItemPart flag = content.get(key);
        if (flag != null && Boolean.TRUE.equals(flag.value())) {
            unlimited.add(new Unlimited(set, modify, flag.where()));
        }
    }

    /** @param all with {@code object_permissions}: sets by operation */
    private void ofObject(ItemPart all) {
        all.entries("object_permissions").forEach((key, content) -> content.elements().forEach(element -> {
            String set = element.text();
            sets.putIfAbsent(set, element.where());
            switch (key) {
                case "view_all" -> unlimited.add(new Unlimited(set, false, element.where()));
                case "modify_all" -> unlimited.add(new Unlimited(set, true, element.where()));
                default -> Operation.named(key)
                        .ifPresent(operation -> grants.add(new Grant(set, operation, null, element.where())));
            }
        }));
    }

    private static @Nullable RecordRule rule(ItemPart written, ConditionReader conditions) {
        ItemPart condition = written.get("condition");
        if (condition == null || off(written)) {
            return null;
        }
        ItemPart priority = written.get("priority");
        return new RecordRule(String.valueOf(written.text("name")),
                priority != null && priority.value() instanceof Number number ? number.intValue() : 0,
                written.has("roles") ? names(written, "roles") : null, verdicts(written), conditions.read(condition),
                written.where());
    }

    private static Map<Operation, Boolean> verdicts(ItemPart written) {
        var verdicts = new EnumMap<Operation, Boolean>(Operation.class);
        ItemPart permissions = written.get("permissions");
        for (ItemPart word : written.elements("operations")) {
            if (word.text().equals("all")) {
                grantAll(verdicts);
            } else {
                Operation.named(word.text()).ifPresent(operation -> verdicts.put(operation, true));
            }
        }
        if (permissions != null) {
            permissions.entries().forEach((key, verdict) -> Operation.named(key).ifPresent(operation -> verdicts
                    .put(operation, Boolean.TRUE.equals(verdict.value()))));
        }
        if (!written.has("operations") && permissions == null) {
            grantAll(verdicts);
        }
        return verdicts;
    }

    private static void grantAll(Map<Operation, Boolean> verdicts) {
        for (Operation operation : Operation.values()) {
            verdicts.put(operation, true);
        }
    }

    private void rowSecurity(ItemPart all, ConditionReader conditions) {
        ItemPart written = all.get("row_level_security");
        if (written == null || written.isNull() || off(written)) {
            return;
        }
        ItemPart rule = written.get("default_rule");
        var exemptions = new ArrayList<RowSecurity.Exemption>();
        for (ItemPart exception : written.elements("exceptions")) {
            ItemPart condition = exception.get("condition");
            if (exception.flag("bypass") || condition != null) {
                exemptions.add(new RowSecurity.Exemption(names(exception, "role"),
                        exception.flag("bypass") || condition == null ? null : conditions.read(condition),
                        exception.where()));
            }
        }
        rowSecurity.add(new RowSecurity(rule == null ? null : conditions.read(rule), exemptions, written.where()));
    }

    /** Whether it says {@code enabled: false}. */
    static boolean off(ItemPart written) {
        ItemPart enabled = written.get("enabled");
        return enabled != null && Boolean.FALSE.equals(enabled.value());
    }

    private static Set<String> names(ItemPart part, String key) {
        ItemPart list = part.get(key);
        return list == null ? Set.of() : FieldReader.names(list);
    }
}
