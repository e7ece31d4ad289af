package dev.objectos.permissions.conformance;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is written about who may do what with one object.
 *
 * @param objectPermissions sets by {@code create}, {@code read}, {@code update}, {@code delete}, {@code view_all}, {@code
 *        modify_all}
 * @param separate whether it stands in a file of its own beside the object
 */
record ObjectRules(Map<String, SetRules> sets, Map<String, List<String>> objectPermissions, Map<String, Role> roles,
        Map<String, FieldRules> fields, List<RecordRule> recordRules, @Nullable Sharing sharing,
        List<SharingRule> sharingRules, @Nullable RowSecurity rowSecurity, boolean separate) {

    static final ObjectRules NONE = new ObjectRules(Map.of(), Map.of(), Map.of(), Map.of(), List.of(), null, List.of(),
            null, false);

    /** All conditions that it names anywhere. */
    Stream<Condition> conditions() {
        Stream<Condition> grants = sets.values().stream().flatMap(set -> set.grants().values().stream())
                .flatMap(grant -> grant.conditions().stream());
        Stream<Condition> rules = Stream.concat(recordRules.stream().map(RecordRule::condition),
                sharingRules.stream().map(SharingRule::condition));
        Stream<Condition> security = rowSecurity == null
                ? Stream.empty()
                : Stream.concat(Stream.of(rowSecurity.defaultRule()), rowSecurity.exceptions().stream()
                        .map(Exemption::condition).filter(Objects::nonNull));
        return Stream.of(grants, rules, security).flatMap(all -> all);
    }

    /** What one permission set says of the object. */
    record SetRules(Map<Operation, Grant> grants, boolean viewAll, boolean modifyAll, List<String> inherits,
            Map<String, SetField> fields) {}

    /**
     * What a set says of an operation.
     *
     * @param conditions all of them must hold; empty: the operation is granted, or not, without conditions
     */
    record Grant(boolean granted, List<Condition.Compare> conditions) {}

    /** What a set allows with a field; null: it says nothing. */
    record SetField(@Nullable Boolean read, @Nullable Boolean update, @Nullable Boolean create) {}

    /** What a role brings along. */
    record Role(List<String> inherits, List<String> permissionSets) {}

    /** Restrictions of a field, in the object's file and under {@code field_permissions}; null: none. */
    record FieldRules(@Nullable List<String> visibleTo, @Nullable List<String> editableBy, @Nullable List<String> read,
            @Nullable List<String> update, @Nullable List<String> create, @Nullable Mask mask) {}

    /** Where a mask is written. */
    enum MaskPlace {
        FIELD, FIELD_MASKING, FIELD_PERMISSIONS
    }

    /** @param visibleTo null: shown in clear to whoever may write the field */
    record Mask(MaskPlace place, String format, @Nullable List<String> visibleTo) {}

    /**
     * A record rule; it has operations or permissions or neither.
     *
     * @param roles empty: for nobody in particular
     * @param cel whether the condition is written as an expression
     */
    record RecordRule(String name, @Nullable Integer priority, List<String> roles, List<Operation> operations,
            Map<Operation, Boolean> permissions, Condition condition, boolean cel) {}

    /** @param parent null: it is not said which lookup leads to the parent */
    record Sharing(Default byDefault, @Nullable String parent) {}

    /** {@code sharing.default}. */
    enum Default {
        PRIVATE, READ, READ_WRITE, CONTROLLED_BY_PARENT
    }

    /** @param access {@code read}, {@code read_write} or {@code full}; null: the permissions say what it is about */
    record SharingRule(String name, Condition condition, List<String> roles, List<String> users,
            @Nullable String access, Map<Operation, Boolean> permissions, boolean cel) {}

    /** {@code row_level_security}. */
    record RowSecurity(boolean enabled, Condition defaultRule, List<Exemption> exceptions, boolean cel) {}

    /**
     * An exception of row level security.
     *
     * @param condition null: it bypasses
     */
    record Exemption(String set, @Nullable Condition condition) {}
}
