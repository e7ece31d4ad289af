package dev.objectos.server.graphql.schema;

import java.util.Set;

/** Which types of numbers hold the values of which others, by their names. */
public final class NumberTypes {

    private static final String BIG_INT = PlatformScalars.BIG_INT.getName();
    private static final String DECIMAL = PlatformScalars.DECIMAL.getName();

    private static final Set<String> WHOLE = Set.of("Int", BIG_INT);
    private static final Set<String> NUMBERS = Set.of("Int", "Float", BIG_INT);

    private NumberTypes() {}

    /** Whether the type has more digits than GraphQL's own. */
    public static boolean wide(String type) {
        return type.equals(BIG_INT) || type.equals(DECIMAL);
    }

    /** Of two wide types the one whose values the other one holds too. */
    public static String narrower(String one, String other) {
        return one.equals(BIG_INT) ? one : other;
    }

    /** Whether values of a type are values of a wide one. */
    public static boolean fits(String type, String wide) {
        return (wide.equals(BIG_INT) ? WHOLE : NUMBERS).contains(type);
    }
}
