package dev.objectos.auth.administration;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which users of a tenant are wanted, in which order.
 *
 * @param condition in SQL, of {@code m} (the membership) and {@code a} (the account); its values are named parameters
 * @param order in SQL
 */
record UserList(String condition, Map<String, Object> values, String order, int limit, int offset) {

    private static final int MOST = 1_000;
    private static final List<String> NAMES = List.of("searchValue", "searchField", "searchOperator", "filterField",
            "filterOperator", "filterValue", "sortBy", "sortDirection", "limit", "offset");

    UserList {
        values = Map.copyOf(values);
    }

    /** What a list may be searched, filtered and sorted by. */
    private enum Column {

        ID("m.user_id", UUID::fromString), //
        EMAIL("lower(a.email)", value -> value.toLowerCase(Locale.ROOT)), //
        USERNAME("lower(a.username)", value -> value.toLowerCase(Locale.ROOT)), //
        NAME("lower(a.name)", value -> value.toLowerCase(Locale.ROOT)), //
        ROLE("m.roles", value -> value), //
        BANNED(TenantUsers.BANNED, Column::truth), //
        EMAILVERIFIED("(a.email_verified_at IS NOT NULL)", Column::truth), //
        CREATEDAT("m.created_at", value -> java.sql.Timestamp.from(Instant.parse(value)));

        private final String sql;
        private final Function<String, Object> reader;

        Column(String sql, Function<String, Object> reader) {
            this.sql = sql;
            this.reader = reader;
        }

        private static Object truth(String value) {
            return switch (value) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException(value);
            };
        }

        boolean text() {
            return this == EMAIL || this == USERNAME || this == NAME;
        }
    }

    /**
     * Reads the parameters of better-auth's list: {@code searchValue}, {@code searchField}, {@code searchOperator},
     * {@code filterField}, {@code filterOperator}, {@code filterValue}, {@code sortBy}, {@code sortDirection}, {@code limit},
     * {@code offset}.
     *
     * @throws PlatformException {@code VALIDATION_FAILED} with everything that is wrong with them
     */
    static UserList read(Map<String, String> parameters) {
        var reading = new Reading(parameters);
        reading.names();
        UserList list = reading.list();
        if (!reading.wrong.isEmpty()) {
            throw PlatformException.validation(reading.wrong);
        }
        return list;
    }

    /** One reading, with what was wrong. */
    private static final class Reading {

        private final Map<String, String> parameters;
        private final List<FieldError> wrong = new ArrayList<>();
        private final Map<String, Object> values = new java.util.HashMap<>();
        private final StringBuilder condition = new StringBuilder("true");

        Reading(Map<String, String> parameters) {
            this.parameters = parameters;
        }

        void names() {
            parameters.keySet().stream().filter(name -> !NAMES.contains(name))
                    .forEach(name -> wrong(name, "is none of " + String.join(", ", NAMES)));
        }

        UserList list() {
            search();
            filter();
            Column sorted = column("sortBy", "createdAt");
            String direction = word("sortDirection", "asc", List.of("asc", "desc"));
            String order = (sorted == null ? "m.created_at" : sorted.sql) + " " + direction + ", m.user_id";
            return new UserList(condition.toString(), values, order, number("limit", 100, 1, MOST),
                    number("offset", 0, 0, Integer.MAX_VALUE));
        }

        private void search() {
            String wanted = parameters.get("searchValue");
            if (wanted == null || wanted.isBlank()) {
                return;
            }
            String operator = word("searchOperator", "contains", List.of("contains", "starts_with", "ends_with"));
            values.put("search", pattern(wanted, operator));
            if (parameters.containsKey("searchField")) {
                Column column = column("searchField", "email");
                if (column != null && column.text()) {
                    condition.append(" AND ").append(column.sql).append(" LIKE :search");
                } else if (column != null) {
                    wrong("searchField", "is email, name or username");
                }
                return;
            }
            condition.append(" AND (").append(Column.EMAIL.sql).append(" LIKE :search OR ").append(Column.NAME.sql)
                    .append(" LIKE :search OR ").append(Column.USERNAME.sql).append(" LIKE :search)");
        }

        private void filter() {
            String value = parameters.get("filterValue");
            Column column = parameters.containsKey("filterField") ? column("filterField", "") : null;
            if (column == null || value == null) {
                if (value != null || parameters.containsKey("filterField")) {
                    wrong(value == null ? "filterValue" : "filterField", "is needed beside the other");
                }
                return;
            }
            String operator = word("filterOperator", "eq",
                    List.of("eq", "ne", "lt", "lte", "gt", "gte", "contains", "starts_with", "ends_with"));
            boolean matching = operator.equals("contains") || operator.endsWith("_with");
            try {
                values.put("filter", matching ? pattern(value, operator) : column.reader.apply(value));
            } catch (IllegalArgumentException | DateTimeParseException _) {
                wrong("filterValue", "does not suit " + parameters.get("filterField"));
                return;
            }
            condition.append(" AND ").append(switch (operator) {
                case "eq" -> column == Column.ROLE ? ":filter = ANY (m.roles)" : column.sql + " = :filter";
                case "ne" -> column == Column.ROLE
                        ? ":filter <> ALL (m.roles)"
                        : column.sql + " IS DISTINCT FROM :filter";
                case "lt" -> column.sql + " < :filter";
                case "lte" -> column.sql + " <= :filter";
                case "gt" -> column.sql + " > :filter";
                case "gte" -> column.sql + " >= :filter";
                default -> column.sql + " LIKE :filter";
            });
            if ((matching && !column.text()) || (column == Column.ROLE && !operator.matches("eq|ne"))) {
                wrong("filterOperator", "does not suit " + parameters.get("filterField"));
            }
        }

        private static String pattern(String wanted, String operator) {
            String literal = wanted.toLowerCase(Locale.ROOT).replace("\\", "\\\\").replace("%", "\\%").replace("_",
                    "\\_");
            return (operator.equals("starts_with") ? "" : "%") + literal + (operator.equals("ends_with") ? "" : "%");
        }

        private @Nullable Column column(String parameter, String otherwise) {
            String name = parameters.getOrDefault(parameter, otherwise);
            for (Column column : Column.values()) {
                if (column.name().equalsIgnoreCase(name)) {
                    return column;
                }
            }
            wrong(parameter, "is one of id, email, username, name, role, banned, emailVerified, createdAt");
            return null;
        }

        private String word(String parameter, String otherwise, List<String> known) {
            String word = parameters.getOrDefault(parameter, otherwise).toLowerCase(Locale.ROOT);
            if (!known.contains(word)) {
                wrong(parameter, "is one of " + String.join(", ", known));
                return otherwise;
            }
            return word;
        }

        private int number(String parameter, int otherwise, int least, int most) {
            String given = parameters.get(parameter);
            try {
                int number = given == null ? otherwise : Integer.parseInt(given);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException _) {
                // Answered below like a number out of range.
            }
            wrong(parameter, "is a number from " + least + " to " + most);
            return otherwise;
        }

        private void wrong(String parameter, String what) {
            wrong.add(new FieldError(parameter, "invalid", parameter + " " + what));
        }
    }
}
