package dev.objectos.auth.scim;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Judges groups by a filter; a tenant has few. */
final class GroupFilter {

    private GroupFilter() {}

    /** @throws ScimException {@code invalidFilter} for what is no attribute of groups */
    static boolean matches(Filter filter, ScimGroup group) {
        return switch (filter) {
            case Filter.And(Filter left, Filter right) -> {
                // Both are looked at, so that what is wrong with the second is said whatever the first says.
                boolean second = matches(right, group);
                yield matches(left, group) && second;
            }
            case Filter.Or(Filter left, Filter right) -> {
                boolean second = matches(right, group);
                yield matches(left, group) || second;
            }
            case Filter.Not(Filter operand) -> !matches(operand, group);
            case Filter.Present(String attribute) -> !values(attribute, group).isEmpty();
            case Filter.Compare(String attribute, Filter.Operator operator, String value) ->
                compare(values(attribute, group), operator, value);
        };
    }

    private static List<String> values(String attribute, ScimGroup group) {
        return switch (attribute.substring(attribute.lastIndexOf(':') + 1)) {
            case "id", "displayname" -> List.of(group.name());
            case "externalid" -> Stream.ofNullable(group.externalId()).toList();
            case "members", "members.value" -> group.members().stream().map(member -> member.id().toString()).toList();
            default ->
                throw ScimException.invalidFilter("'" + attribute + "' is no attribute that groups are found by");
        };
    }

    private static boolean compare(List<String> values, Filter.Operator operator, String wanted) {
        String sought = wanted.toLowerCase(Locale.ROOT);
        return switch (operator) {
            case NE -> values.stream().noneMatch(wanted::equalsIgnoreCase);
            case EQ -> values.stream().anyMatch(wanted::equalsIgnoreCase);
            case CO -> values.stream().anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(sought));
            case SW -> values.stream().anyMatch(value -> value.toLowerCase(Locale.ROOT).startsWith(sought));
            case EW -> values.stream().anyMatch(value -> value.toLowerCase(Locale.ROOT).endsWith(sought));
            case GT -> values.stream().anyMatch(value -> value.compareToIgnoreCase(wanted) > 0);
            case GE -> values.stream().anyMatch(value -> value.compareToIgnoreCase(wanted) >= 0);
            case LT -> values.stream().anyMatch(value -> value.compareToIgnoreCase(wanted) < 0);
            case LE -> values.stream().anyMatch(value -> value.compareToIgnoreCase(wanted) <= 0);
        };
    }
}
