package dev.objectos.server.graphql;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Aggregation;
import dev.objectos.runtime.query.GroupSelection;
import dev.objectos.runtime.query.Grouping;
import dev.objectos.runtime.query.Page;
import dev.objectos.server.graphql.schema.TypeNames;
import graphql.execution.MergedField;
import graphql.schema.GraphQLObjectType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads groups of records and what is computed over each. */
final class AggregateReader {

    private final Fields fields;
    private final WhereReader where;
    private final List<Aggregation> aggregations = new ArrayList<>();

    AggregateReader(Fields fields, WhereReader where) {
        this.fields = fields;
        this.where = where;
    }

    /** All groups, or where a limit is given those that it leaves. */
    GroupSelection read(ObjectDefinition object, Arguments arguments, MergedField field) {
        List<Grouping> keys = keys(arguments.value("group_by"));
        GraphQLObjectType type = fields.type(TypeNames.aggregate(object.name()));
        List<GroupSelection.Part> parts = fields.of(type, field).stream().map(part -> part(object, type, part, keys))
                .toList();
        Integer limit = arguments.whole("limit");
        if (aggregations.isEmpty() && keys.isEmpty()) {
            count();
        }
        return new GroupSelection(where.where(arguments.value("where")), keys, aggregations,
                limit == null ? Page.MAXIMUM : limit, arguments.offset(), limit == null, parts);
    }

    private static List<Grouping> keys(@Nullable Object groupBy) {
        var keys = new ArrayList<Grouping>();
        List<?> entries = groupBy instanceof List<?> list ? list : List.of();
        for (Object entry : entries) {
            keys.add(key(entry, "k" + keys.size()));
        }
        return keys;
    }

    private static Grouping key(@Nullable Object entry, String alias) {
        return switch (entry) {
            case String name -> new Grouping(FieldPath.parse(name), null, alias);
            case Map<?, ?> map when map.get("field") instanceof String name
                    && (map.size() == 1 || map.size() == 2 && map.get("granularity") instanceof String) ->
                new Grouping(FieldPath.parse(name), granularity(map.get("granularity")), alias);
            case null, default -> throw new PlatformException(RuntimeError.INVALID_QUERY,
                    "group_by takes names of fields, or {field, granularity}");
        };
    }

    private static Grouping.@Nullable Granularity granularity(@Nullable Object word) {
        if (word == null) {
            return null;
        }
        for (Grouping.Granularity known : Grouping.Granularity.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(word)) {
                return known;
            }
        }
        throw new PlatformException(RuntimeError.INVALID_QUERY,
                "The granularity is day, week, month, quarter or year, not " + word);
    }

    private GroupSelection.Part part(ObjectDefinition object, GraphQLObjectType type, MergedField field,
            List<Grouping> keys) {
        String key = field.getResultKey();
        return switch (field.getName()) {
            case "group" -> new GroupSelection.Part.Nested(key, named(keys));
            case "count" -> new GroupSelection.Part.Value(key, count());
            case "sum" -> computed(object, Aggregation.Function.SUM, field);
            case "avg" -> computed(object, Aggregation.Function.AVG, field);
            case "min" -> computed(object, Aggregation.Function.MIN, field);
            case "max" -> computed(object, Aggregation.Function.MAX, field);
            default -> new GroupSelection.Part.Text(key, type.getName());
        };
    }

    private static List<GroupSelection.Part> named(List<Grouping> keys) {
        var parts = new LinkedHashMap<String, GroupSelection.Part>();
        keys.forEach(key -> parts.put(key.field().toString(),
                new GroupSelection.Part.Value(key.field().toString(), key.alias())));
        return List.copyOf(parts.values());
    }

    private GroupSelection.Part computed(ObjectDefinition object, Aggregation.Function function, MergedField field) {
        GraphQLObjectType type = fields.type(TypeNames.computed(object.name(), field.getName()));
        return new GroupSelection.Part.Nested(field.getResultKey(),
                fields.of(type, field).stream().<GroupSelection.Part>map(part -> {
                    String name = SelectionReader.typeName(part, type);
                    return name != null
                            ? new GroupSelection.Part.Text(part.getResultKey(), name)
                            : new GroupSelection.Part.Value(part.getResultKey(), alias(function, part.getName()));
                }).toList());
    }

    private String count() {
        return add(new Aggregation(Aggregation.Function.COUNT, null, "a" + aggregations.size()));
    }

    private String alias(Aggregation.Function function, String field) {
        return add(new Aggregation(function, FieldPath.of(field), "a" + aggregations.size()));
    }

    private String add(Aggregation aggregation) {
        aggregations.add(aggregation);
        return aggregation.alias();
    }
}
