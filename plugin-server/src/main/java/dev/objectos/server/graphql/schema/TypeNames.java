package dev.objectos.server.graphql.schema;

/**
 * Names of generated types. Objects and fields have no capital letters, so that no generated name is one of theirs.
 */
public final class TypeNames {

    public static final String DELETION = "Deletion";
    public static final String PAGE_INFO = "PageInfo";
    static final String DIRECTION = "Direction";
    static final String ACTION = "ChangeAction";

    private TypeNames() {}

    public static String where(String object) {
        return object + "_Where";
    }

    public static String orderBy(String object) {
        return object + "_OrderBy";
    }

    public static String createInput(String object) {
        return object + "_CreateInput";
    }

    public static String updateInput(String object) {
        return object + "_UpdateInput";
    }

    public static String connection(String object) {
        return object + "_Connection";
    }

    public static String edge(String object) {
        return object + "_Edge";
    }

    public static String aggregate(String object) {
        return object + "_Aggregate";
    }

    /** @param function as the field that has it is named: sum, avg, min, max */
    public static String computed(String object, String function) {
        return object + "_" + Character.toUpperCase(function.charAt(0)) + function.substring(1);
    }

    public static String change(String object) {
        return object + "_Change";
    }

    static String option(String object, String field) {
        return object + "_" + field + "_Option";
    }
}
