package dev.objectos.server.analytics;

import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.spi.ObjectAccess;
import dev.objectos.server.metadata.CatalogView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The measures and dimensions of an object, as one session sees it. */
final class CubeDescription {

    private CubeDescription() {}

    static Map<String, Object> of(ObjectDefinition object, CatalogView view) {
        ObjectAccess access = view.access(object);
        List<Object> measures = new ArrayList<>(List.of(member(object, "count", "count", "Count")));
        List<Object> dimensions = new ArrayList<>();
        view.fields(object).filter(field -> !access.masked().contains(field.name())).filter(CubeDescription::groups)
                .forEach(field -> {
                    String kind = Cube.kind(field.type());
                    dimensions.add(member(object, field.name(), kind, field.label()));
                    functions(kind).forEach(function -> measures
                            .add(member(object, field.name() + "_" + function, function, field.label())));
                });
        var cube = new LinkedHashMap<String, Object>();
        cube.put("name", object.name());
        cube.put("title", object.pluralLabel());
        cube.put("measures", measures);
        cube.put("dimensions", dimensions);
        return cube;
    }

    private static boolean groups(FieldDefinition field) {
        return switch (field.type()) {
            case FieldType.Json _,FieldType.Vector _,FieldType.Secret _,FieldType.Password _,FieldType.File _,FieldType.Choices _,FieldType.References _ ->
                false;
            default -> true;
        };
    }

    private static List<String> functions(String kind) {
        return switch (kind) {
            case "number" -> List.of("sum", "avg", "min", "max");
            case "time" -> List.of("min", "max");
            default -> List.of("count_distinct");
        };
    }

    private static Map<String, Object> member(ObjectDefinition object, String name, String type, String title) {
        var member = new LinkedHashMap<String, Object>();
        member.put("name", object.name() + "." + name);
        member.put("type", type);
        member.put("title", title);
        return member;
    }
}
