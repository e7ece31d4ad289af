package dev.objectos.server.analytics;

import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.server.metadata.CatalogView;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An object as something to be measured: its fields, and those behind its lookups, are dimensions, and what can be computed over
 * them are measures, called by both names ({@code amount_sum}). Says what names mean; who may use them is decided where
 * records are asked for them.
 */
record Cube(CatalogView view, ObjectDefinition object) {

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

    private Optional<FieldDefinition> field(String path) {
        return view.catalog().field(object, FieldPath.parse(path));
    }

    /** The field at the end of a path, where queries of the session find it. */
    Optional<FieldDefinition> seen(String path) {
        return seen(path, view.catalog()::object);
    }

    /** How a field is called in the language of the session; null where it does not come to know that. */
    @Nullable
    String label(String path) {
        return seen(path, view::object).map(FieldDefinition::label).orElse(null);
    }

    private Optional<FieldDefinition> seen(String path, Function<String, Optional<ObjectDefinition>> objects) {
        List<String> steps = FieldPath.parse(path).segments();
        Optional<ObjectDefinition> at = objects.apply(object.name());
        for (String step : steps.subList(0, steps.size() - 1)) {
            at = at.flatMap(from -> seen(from, step))
                    .flatMap(field -> field.type() instanceof FieldType.Reference reference
                            ? objects.apply(reference.target())
                            : Optional.empty());
        }
        return at.flatMap(from -> seen(from, steps.getLast()));
    }

    private Optional<FieldDefinition> seen(ObjectDefinition from, String field) {
        return from.field(field).filter(_ -> view.access(from).sees(field));
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

    /** Whether a field has days, of which spans are made. */
    static boolean dated(FieldType type) {
        FieldType yielded = FieldValues.yielded(type);
        return yielded instanceof FieldType.Date || yielded instanceof FieldType.Instant;
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
