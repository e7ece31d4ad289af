package dev.objectos.auth.scim;

import dev.objectos.auth.scim.Filter.Operator;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A filter of users in SQL, of {@code m} (the membership) and {@code a} (the account).
 *
 * @param values of the named parameters
 */
record UserFilter(String condition, Map<String, Object> values) {

    static final UserFilter ALL = new UserFilter("true", Map.of());

    /** Whether the member may work, in SQL. */
    static final String ACTIVE = "(NOT (m.banned_at IS NOT NULL AND (m.ban_ends_at IS NULL OR m.ban_ends_at > :now)))";

    UserFilter {
        values = Map.copyOf(values);
    }

    /** @throws ScimException {@code invalidFilter} for what is no attribute of users, or no value of it */
    static UserFilter of(Filter filter) {
        var values = new HashMap<String, Object>();
        return new UserFilter(sql(filter, values), values);
    }

    private static String sql(Filter filter, Map<String, Object> values) {
        return switch (filter) {
            case Filter.And(Filter left, Filter right) -> "(" + sql(left, values) + " AND " + sql(right, values) + ")";
            case Filter.Or(Filter left, Filter right) -> "(" + sql(left, values) + " OR " + sql(right, values) + ")";
            case Filter.Not(Filter operand) -> "(" + sql(operand, values) + ") IS NOT TRUE";
            case Filter.Present(String attribute) -> switch (attribute(attribute)) {
                case "roles", "groups" -> "cardinality(m.roles) > 0";
                case String known -> column(known) + " IS NOT NULL";
            };
            case Filter.Compare(String attribute, Operator operator, String value) ->
                compare(attribute(attribute), operator, value, values);
        };
    }

    /** Without the schema's URN, and without what follows from the attribute. */
    private static String attribute(String written) {
        String bare = written.substring(written.lastIndexOf(':') + 1);
        return switch (bare) {
            case "emails.value" -> "emails";
            case "name.formatted", "displayname" -> "displayname";
            case "groups.value", "roles.value" -> "roles";
            default -> bare;
        };
    }

    private static String column(String attribute) {
        return switch (attribute) {
            case "id" -> "m.user_id::text";
            case "username" -> "lower(coalesce(a.username, a.email))";
            case "externalid" -> "m.external_id";
            case "displayname" -> "lower(a.name)";
            case "emails" -> "lower(a.email)";
            case "active" -> ACTIVE;
            case "meta.created" -> "m.created_at";
            case "meta.lastmodified" -> "greatest(a.updated_at, m.created_at)";
            default -> throw ScimException.invalidFilter("'" + attribute + "' is no attribute that users are found by");
        };
    }

    private static String compare(String attribute, Operator operator, String value, Map<String, Object> values) {
        String name = "v" + values.size();
        if (attribute.equals("roles") || attribute.equals("groups")) {
            values.put(name, value);
            return switch (operator) {
                case EQ -> ":" + name + " = ANY (m.roles)";
                case NE -> ":" + name + " <> ALL (m.roles)";
                case CO, SW, EW, GT, GE, LT, LE -> throw unsuitable(attribute, operator);
            };
        }
        String column = column(attribute);
        boolean text = switch (attribute) {
            case "active", "meta.created", "meta.lastmodified" -> false;
            default -> true;
        };
        values.put(name, text ? pattern(attribute, operator, value) : typed(attribute, value));
        String parameter = ":" + name;
        return switch (operator) {
            case EQ -> column + " = " + parameter;
            case NE -> column + " IS DISTINCT FROM " + parameter;
            case GT -> column + " > " + parameter;
            case GE -> column + " >= " + parameter;
            case LT -> column + " < " + parameter;
            case LE -> column + " <= " + parameter;
            case CO, SW, EW -> {
                if (!text) {
                    throw unsuitable(attribute, operator);
                }
                yield column + " LIKE " + parameter;
            }
        };
    }

    private static String pattern(String attribute, Operator operator, String value) {
        boolean exact = attribute.equals("externalid") || attribute.equals("id");
        String compared = exact ? value : value.toLowerCase(Locale.ROOT);
        String literal = compared.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return switch (operator) {
            case CO -> "%" + literal + "%";
            case SW -> literal + "%";
            case EW -> "%" + literal;
            case EQ, NE, GT, GE, LT, LE -> compared;
        };
    }

    private static Object typed(String attribute, String value) {
        try {
            if (!attribute.equals("active")) {
                return Instant.parse(value).atOffset(ZoneOffset.UTC);
            }
        } catch (DateTimeParseException _) {
            throw ScimException.invalidFilter("\"" + value + "\" is no time");
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ScimException.invalidFilter("active is true or false");
        };
    }

    private static ScimException unsuitable(String attribute, Operator operator) {
        return ScimException.invalidFilter(attribute + " cannot be compared by " + operator);
    }
}
