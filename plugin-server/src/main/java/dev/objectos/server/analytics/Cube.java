package dev.objectos.server.analytics;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object as something to be measured: its fields, and those behind its lookups, are dimensions, and what can be computed over
 * them are measures, called by both names ({@code amount_sum}). Says what names mean, not who may use them.
 */
record Cube(Catalog catalog, ObjectDefinition object) {

    /** The functions of measures, the longest names first. */
    static final List<String> FUNCTIONS = List.of("count_distinct", "count", "sum", "avg", "min", "max");

    /**
     * A measure.
     *
     * @param field null: the records themselves
     */
    record Measure(String function, @Nullable String field) {}

    /** The name of a member without that of the cube, which may stand before it. */
    String bare(String member) {
        String prefix = object.name() + ".";
        return member.startsWith(prefix) && object.field(object.name()).isEmpty()
                ? member.substring(prefix.length())
                : member;
    }

    /** What a name means; empty where it is none of a measure. */
    Optional<Measure> measure(String member) {
        String name = bare(member);
        if (name.equals("count")) {
            return Optional.of(new Measure("count", null));
        }
        Measure possible = null;
        for (String function : FUNCTIONS) {
            for (String field : Arrays.asList(behind(name, "_" + function), behind(name, "." + function),
                    name.startsWith(function + "_") ? name.substring(function.length() + 1) : null)) {
                if (field != null && !field.isEmpty()) {
                    if (field(field).isPresent()) {
                        return Optional.of(new Measure(function, field));
                    }
                    // Named to whoever may not see the field as to whoever has made it up.
                    possible = possible == null ? new Measure(function, field) : possible;
                }
            }
        }
        return Optional.ofNullable(possible);
    }

    private static @Nullable String behind(String name, String ending) {
        return name.endsWith(ending) ? name.substring(0, name.length() - ending.length()) : null;
    }

    /** The field at the end of a path. */
    Optional<FieldDefinition> field(String path) {
        return catalog.field(object, FieldPath.parse(path));
    }

    /** How a column of an answer is described: its name, its type in the words of charts, and a label. */
    Map<String, Object> column(String name, String type, @Nullable String label) {
        var column = new LinkedHashMap<String, Object>();
        column.put("name", name);
        column.put("type", type);
        if (label != null) {
            column.put("label", label);
        }
        return column;
    }

    /** Of a dimension: {@code string}, {@code number}, {@code boolean} or {@code time}. */
    static String kind(FieldType type) {
        return switch (type) {
            case FieldType.Decimal _,FieldType.Whole _ -> "number";
            case FieldType.Bool _ -> "boolean";
            case FieldType.Date _,FieldType.Time _,FieldType.Instant _ -> "time";
            case FieldType.Formula formula -> kind(FieldValues.scalar(formula.returnType()));
            case FieldType.Summary summary -> kind(FieldValues.scalar(summary.returnType()));
            case FieldType.Text _,FieldType.Password _,FieldType.Secret _,FieldType.AutoNumber _,FieldType.Choice _,FieldType.Choices _,FieldType.Id _,FieldType.Reference _,FieldType.References _,FieldType.File _,FieldType.Json _,FieldType.Vector _ ->
                "string";
        };
    }
}
