package dev.objectos.runtime.metadata.yaml;

import static dev.objectos.runtime.metadata.yaml.Value.any;
import static dev.objectos.runtime.metadata.yaml.Value.dictionary;
import static dev.objectos.runtime.metadata.yaml.Value.either;
import static dev.objectos.runtime.metadata.yaml.Value.expression;
import static dev.objectos.runtime.metadata.yaml.Value.flag;
import static dev.objectos.runtime.metadata.yaml.Value.list;
import static dev.objectos.runtime.metadata.yaml.Value.names;
import static dev.objectos.runtime.metadata.yaml.Value.nested;
import static dev.objectos.runtime.metadata.yaml.Value.oneOrMany;
import static dev.objectos.runtime.metadata.yaml.Value.text;
import static dev.objectos.runtime.metadata.yaml.Value.whole;
import static dev.objectos.runtime.metadata.yaml.Value.words;

import dev.objectos.runtime.session.SystemPermission;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys of permissions, in their own files and inside objects. An unknown key is an error everywhere in here. */
final class PermissionShapes {

    /** A comparison inside a set: a bare operator with its value, or operator and value written out. */
    static final Shape SET_CONDITION = Shape.strict("a condition of a permission set", //
            Key.of("field", text()), //
            Key.of("operator", text()), //
            Key.of("value", any()), //
            Key.of("condition", expression()), //
            Key.of("equals", any()), //
            Key.of("not_equals", any(), "notEquals"), //
            Key.of("greater_than", any(), "greaterThan", "gt"), //
            Key.of("less_than", any(), "lessThan", "lt"), //
            Key.of("gte", any()), //
            Key.of("lte", any()), //
            Key.of("contains", any()), //
            Key.of("starts_with", any(), "startsWith"), //
            Key.of("ends_with", any(), "endsWith"), //
            Key.of("in", any()), //
            Key.of("not_in", any(), "notIn"), //
            Key.of("is_null", any(), "isNull"));

    static final Shape SET = Shape.strict("a permission set", //
            Key.of("name", text()), //
            Key.of("label", text()), //
            Key.of("description", text()), //
            Key.of("inherits", names(), "extends"), //
            systemPermissions(), //
            assignableRoles(), //
            Key.of("allowRead", grant(), "allow_read", "read"), //
            Key.of("allowCreate", grant(), "allow_create", "create"), //
            Key.of("allowEdit", grant(), "allow_edit", "edit", "allowUpdate", "allow_update", "update"), //
            Key.of("allowDelete", grant(), "allow_delete", "delete"), //
            Key.of("viewAllRecords", flag(), "viewAll", "view_all", "view_all_records"), //
            Key.of("modifyAllRecords", flag(), "modifyAll", "modify_all", "modify_all_records"), //
            Key.of("fields", dictionary(nested(() -> PermissionShapes.FIELD)), "field_permissions",
                    "fieldPermissions"))
            .describing("ai_context");

    static final Shape ROLE = Shape.strict("a role", //
            Key.of("label", text()), //
            Key.of("description", text()), //
            Key.of("inherits", names(), "extends", "parent"), //
            Key.of("permission_sets", names(), "permissionSets", "sets"), //
            systemPermissions(), //
            assignableRoles()).describing("ai_context");

    static final Shape FIELD = Shape.strict("the permissions of a field", //
            Key.of("read", either(flag(), names()), "visible_to", "visibleTo", "readable"), //
            Key.of("update", either(flag(), names()), "edit", "editable_by", "editableBy", "editable", "write"),
            Key.of("create", either(flag(), names())), //
            Key.of("mask", any())).describing("description", "ai_context");

    static final Shape OPERATIONS = Shape.strict("permissions", //
            Key.of("create", flag()), //
            Key.of("read", flag()), //
            Key.of("update", flag(), "edit"), //
            Key.of("delete", flag()), //
            Key.of("share", flag()));

    static final Shape CONDITION = Shape.strict("a condition", //
            Key.of("type", words("simple", "complex", "formula", "lookup", "expression")), //
            Key.of("field", text()), //
            Key.of("operator", text(), "op"), //
            Key.of("value", any(), "values"), //
            Key.of("compare_to", text()), //
            Key.of("expression", either(list(either(nested(() -> PermissionShapes.CONDITION), words("and", "or"))),
                    expression())), //
            Key.of("formula", expression()), //
            Key.of("object", text()), //
            Key.of("via", text()), //
            Key.of("all_of", list(nested(() -> PermissionShapes.CONDITION)), "and"), //
            Key.of("any_of", list(nested(() -> PermissionShapes.CONDITION)), "or"), //
            Key.of("condition", condition()));

    static final Shape RECORD_RULE = Shape.strict("a record rule", //
            Key.of("name", text()).needed(), //
            Key.of("label", text()), //
            Key.of("description", text()), //
            Key.of("priority", whole(null, null)), //
            Key.of("roles", names(), "role", "permission_sets"), //
            Key.of("operations", oneOrMany(words("create", "read", "update", "delete", "all"))), //
            Key.of("condition", condition(), "when").needed(), //
            Key.of("permissions", nested(() -> OPERATIONS)), //
            Key.of("enabled", flag(), "active")).describing("ai_context");

    static final Shape SHARED_WITH = Shape.strict("'shared_with'", //
            Key.of("type", words("role", "user", "team", "group", "field")), //
            Key.of("roles", names(), "role"), //
            Key.of("users", names(), "user"), //
            Key.of("teams", names(), "team"), //
            Key.of("groups", names(), "group"), //
            Key.of("field", text()));

    static final Shape SHARING_RULE = Shape.strict("a sharing rule", //
            Key.of("name", text()).needed(), //
            Key.of("label", text()), //
            Key.of("description", text()), //
            Key.of("type", words("manual", "criteria", "team", "owner")), //
            Key.of("enabled", flag(), "active"), //
            Key.of("condition", condition(), "criteria"), //
            Key.of("shared_with", nested(() -> SHARED_WITH), "share_with", "sharedWith", "shareWith"), //
            Key.of("access", words("read", "read_write", "full")), //
            Key.of("team_field", text()), //
            Key.of("permissions", nested(() -> OPERATIONS))).describing("ai_context");

    static final Shape SHARING = Shape.strict("'sharing'", //
            Key.of("default", words("private", "read", "read_write", "controlled_by_parent"), "default_access",
                    "model"), //
            Key.of("parent", text(), "controlled_by"));

    static final Shape OBJECT_PERMISSIONS = Shape.strict("'object_permissions'", //
            Key.of("create", names()), //
            Key.of("read", names()), //
            Key.of("update", names(), "edit"), //
            Key.of("delete", names()), //
            Key.of("view_all", names(), "viewAll"), //
            Key.of("modify_all", names(), "modifyAll"));

    static final Shape RATE_LIMIT = Shape.strict("a rate limit", //
            Key.of("requests_per_minute", whole(1, null)), //
            Key.of("requests_per_hour", whole(1, null)), //
            Key.of("requests_per_day", whole(1, null)));

    static final Shape ACTION = Shape.strict("the permissions of an action", //
            Key.of("execute", names(), "roles").needed(), //
            Key.of("conditions", oneOrMany(nested(() -> CONDITION)), "condition"), //
            Key.of("rate_limit", nested(() -> RATE_LIMIT), "rateLimit")).describing("description", "ai_context");

    static final Shape VIEW_FIELD = Shape.strict("a field restriction", //
            Key.of("visible_to", names(), "visibleTo").needed());

    static final Shape VIEW = Shape.strict("the permissions of a view", //
            Key.of("access", names(), "roles"), //
            Key.of("field_restrictions", dictionary(nested(() -> VIEW_FIELD)), "fieldRestrictions"))
            .describing("description", "ai_context");

    static final Shape EXCEPTION = Shape.strict("an exception", //
            Key.of("role", names(), "roles").needed(), //
            Key.of("bypass", flag()), //
            Key.of("condition", condition())).describing("description");

    static final Shape ROW_LEVEL_SECURITY = Shape.strict("'row_level_security'", //
            Key.of("enabled", flag()), //
            Key.of("default_rule", condition(), "defaultRule"), //
            Key.of("exceptions", list(nested(() -> EXCEPTION))));

    static final Shape MASK = Shape.strict("a field mask", //
            Key.of("mask_format", text(), "maskFormat", "format", "mask"), //
            Key.of("visible_to", names(), "visibleTo")).describing("description");

    static final Shape ALERT = Shape.strict("an alert", //
            Key.of("event", text()).needed(), //
            Key.of("threshold", whole(1, null)), //
            Key.of("window_minutes", whole(1, null)), //
            Key.of("notify", names())).describing("description");

    static final Shape AUDIT = Shape.strict("'audit'", //
            Key.of("enabled", flag()), //
            Key.of("events", names()), //
            Key.of("retention_days", whole(1, null), "retentionDays"), //
            Key.of("alerts", list(nested(() -> ALERT)))).describing("description");

    /** {@code *.permission.yml}. */
    static final Shape FILE = Shape.strict("a permission file", //
            Key.of("name", text()), //
            Key.of("label", text()), //
            Key.of("description", text()), //
            Key.of("object", text(), "object_name", "objectName"), //
            systemPermissions(), //
            assignableRoles(), //
            Key.of("audit", nested(() -> AUDIT))).and(objectKeys()).describing("ai_context", "ai", "version", "icon");

    private static final Set<String> OBJECT_KEYS = objectKeys().stream().map(Key::name).collect(Collectors.toSet());

    private PermissionShapes() {}

    /** What an object file may say about permissions as well. */
    static List<Key> objectKeys() {
        return List.of(Key.of("roles", either(new Value.Dictionary(nested(() -> ROLE)), names())), //
                Key.of("permission_sets", dictionary(nested(() -> SET)), "permissionSets", "permissions"), //
                Key.of("object_permissions", nested(() -> OBJECT_PERMISSIONS), "objectPermissions"), //
                Key.of("field_permissions", dictionary(nested(() -> FIELD)), "fieldPermissions"), //
                Key.of("record_rules", list(nested(() -> RECORD_RULE)), "recordRules"), //
                Key.of("sharing", either(nested(() -> SHARING),
                        words("private", "read", "read_write", "controlled_by_parent"))), //
                Key.of("sharing_rules", list(nested(() -> SHARING_RULE)), "sharingRules"), //
                Key.of("action_permissions", dictionary(nested(() -> ACTION)), "actionPermissions"), //
                Key.of("view_permissions", dictionary(nested(() -> VIEW)), "viewPermissions"), //
                Key.of("row_level_security", nested(() -> ROW_LEVEL_SECURITY), "rowLevelSecurity"), //
                Key.of("field_masking", dictionary(nested(() -> MASK)), "fieldMasking"));
    }

    /** Whether a key of an object belongs to the permissions. */
    static boolean isObjectKey(String name) {
        return OBJECT_KEYS.contains(name);
    }

    private static Key systemPermissions() {
        return Key.of("system_permissions",
                oneOrMany(words(Arrays.stream(SystemPermission.values()).map(SystemPermission::word)
                        .toArray(String[]::new))),
                "systemPermissions").says("What holders may do beyond records");
    }

    private static Key assignableRoles() {
        return Key.of("assignable_roles", names(), "assignableRoles")
                .says("The roles that holders may give, as far as they hold them themselves");
    }

    private static Value grant() {
        return either(flag(), oneOrMany(nested(() -> SET_CONDITION)), expression());
    }

    private static Value condition() {
        return either(nested(() -> CONDITION), expression());
    }
}
