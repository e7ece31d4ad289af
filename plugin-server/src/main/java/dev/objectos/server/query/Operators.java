package dev.objectos.server.query;

import dev.objectos.runtime.query.Operator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The spellings of the operators: any letter case, with or without <code>$</code>, words run together or not. */
final class Operators {

    private static final Map<String, Operator> BY_WORD = byWord();

    private Operators() {}

    /** The operator that a text spells; null: none. */
    static @Nullable Operator of(String spelling) {
        return BY_WORD.get(word(spelling));
    }

    static String word(String spelling) {
        String word = spelling.startsWith("$") ? spelling.substring(1) : spelling;
        return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "").replace(" ", "");
    }

    private static Map<String, Operator> byWord() {
        var words = new HashMap<String, Operator>();
        add(words, Operator.EQ, "=", "==", "eq", "equals", "equal");
        add(words, Operator.NE, "!=", "<>", "ne", "neq", "notequals", "notequal");
        add(words, Operator.GT, ">", "gt", "greaterthan", "after");
        add(words, Operator.GTE, ">=", "gte", "greaterthanorequal", "greaterorequal");
        add(words, Operator.LT, "<", "lt", "lessthan", "before");
        add(words, Operator.LTE, "<=", "lte", "lessthanorequal", "lessorequal");
        add(words, Operator.IN, "in");
        add(words, Operator.NOT_IN, "nin", "notin");
        add(words, Operator.CONTAINS, "contains");
        add(words, Operator.NOT_CONTAINS, "notcontains");
        add(words, Operator.ICONTAINS, "icontains");
        add(words, Operator.STARTS_WITH, "startswith");
        add(words, Operator.ENDS_WITH, "endswith");
        add(words, Operator.LIKE, "like");
        add(words, Operator.ILIKE, "ilike");
        add(words, Operator.BETWEEN, "between");
        add(words, Operator.IS_NULL, "null", "isnull", "isempty");
        add(words, Operator.IS_NOT_NULL, "notnull", "isnotnull", "isnotempty", "exist", "exists");
        return Map.copyOf(words);
    }

    private static void add(Map<String, Operator> words, Operator operator, String... spellings) {
        for (String spelling : spellings) {
            words.put(spelling, operator);
        }
    }
}
