package dev.objectos.server.graphql.schema;

import graphql.execution.CoercedVariables;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.EnumValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Values as a document writes them, as Java has them: objects are maps in the written order, enum values their names. */
public final class Literals {

    private Literals() {}

    public static @Nullable Object java(Value<?> value, CoercedVariables variables) {
        return switch (value) {
            case NullValue _ -> null;
            case StringValue text -> text.getValue();
            case EnumValue name -> name.getName();
            case BooleanValue flag -> flag.isValue();
            case IntValue whole -> whole.getValue();
            case FloatValue number -> number.getValue();
            case VariableReference variable -> variables.get(variable.getName());
            case ArrayValue array -> {
                var list = new ArrayList<@Nullable Object>();
                array.getValues().forEach(element -> list.add(java(element, variables)));
                yield list;
            }
            case ObjectValue object -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                object.getObjectFields()
                        .forEach(field -> map.put(field.getName(), java(field.getValue(), variables)));
                yield map;
            }
            default -> null;
        };
    }
}
