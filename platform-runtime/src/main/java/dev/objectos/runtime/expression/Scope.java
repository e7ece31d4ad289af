package dev.objectos.runtime.expression;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What an expression may name, and what it must be good for.
 *
 * @param object name of the object that {@code record} and {@code previous} belong to
 * @param variables the names it may start from
 * @param params types of {@code params.…}
 * @param userAttributes types of further attributes of {@code currentUser} that the caller can supply
 * @param translated whether it must have a SQL form; what has none is then refused when it is compiled
 */
public record Scope(String object, Set<Variable> variables, Map<String, ExpressionType> params,
        Map<String, ExpressionType> userAttributes, boolean translated) {

    public Scope {
        variables = Set.copyOf(variables);
        params = Map.copyOf(params);
        userAttributes = Map.copyOf(userAttributes);
    }

    public Scope(String object, Set<Variable> variables) {
        this(object, variables, Map.of(), Map.of(), false);
    }

    /** A formula or summary filter: the record, the clock, in SQL. */
    public static Scope formula(String object) {
        return new Scope(object, Set.of(Variable.RECORD, Variable.NOW, Variable.TODAY)).inSql();
    }

    /** A filter on stored records for somebody, such as a record rule: in SQL. */
    public static Scope filter(String object) {
        return new Scope(object, Set.of(Variable.RECORD, Variable.CURRENT_USER, Variable.NOW, Variable.TODAY)).inSql();
    }

    /** A condition or value around a change: everything but {@code params}, in the JVM. */
    public static Scope change(String object) {
        return new Scope(object, EnumSet.complementOf(EnumSet.of(Variable.PARAMS)));
    }

    /** A default: as around a change, but there is nothing before. */
    public static Scope creation(String object) {
        return new Scope(object,
                Set.of(Variable.RECORD, Variable.CURRENT_USER, Variable.NOW, Variable.TODAY));
    }

    /** The same names, and a SQL form required. */
    public Scope inSql() {
        return new Scope(object, variables, params, userAttributes, true);
    }

    /** The same, and {@code params} of these types. */
    public Scope withParams(Map<String, ExpressionType> types) {
        var more = EnumSet.of(Variable.PARAMS);
        more.addAll(variables);
        return new Scope(object, more, types, userAttributes, translated);
    }

    /** The same, and one more attribute of {@code currentUser}. */
    public Scope withUserAttribute(String attribute, ExpressionType type) {
        var more = new HashMap<>(userAttributes);
        more.put(attribute, type);
        return new Scope(object, variables, params, more, translated);
    }
}
