package dev.objectos.server.record;

import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.expression.Expressions;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.RecordQuery;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which fields of which objects depend on the record's row alone. Only then does an unchanged version mean an unchanged
 * answer: a summary moves with the children, a formula that reads the clock or other records with these.
 *
 * @param fields by object
 * @param whole the objects of which that is all fields
 */
record Stability(Map<String, Set<String>> fields, Set<String> whole) {

    static Stability of(Catalog catalog) {
        return catalog.derive(Stability.class, Stability::derive);
    }

    /** Whether 304 may answer a question about a version that the caller holds. */
    boolean answersByVersion(ObjectDefinition object, RecordQuery query) {
        return query.expand().isEmpty()
                && (query.fields().isEmpty() ? whole.contains(object.name()) : selectsOfRow(object, query.fields()));
    }

    private boolean selectsOfRow(ObjectDefinition object, List<FieldPath> paths) {
        Set<String> ofRow = fields.getOrDefault(object.name(), Set.of());
        return paths.stream().allMatch(path -> path.isDirect() && ofRow.contains(path.first()));
    }

    private static Stability derive(Catalog catalog) {
        var fields = new HashMap<String, Set<String>>();
        var whole = new HashSet<String>();
        for (ObjectDefinition object : catalog.objects()) {
            Set<String> ofRow = object.fields().values().stream().filter(field -> ofRow(field, object, catalog))
                    .map(FieldDefinition::name).collect(Collectors.toUnmodifiableSet());
            fields.put(object.name(), ofRow);
            if (ofRow.size() == object.fields().size()) {
                whole.add(object.name());
            }
        }
        return new Stability(Map.copyOf(fields), Set.copyOf(whole));
    }

    private static boolean ofRow(FieldDefinition field, ObjectDefinition object, Catalog catalog) {
        return switch (field.type()) {
            case FieldType.Summary _ -> false;
            case FieldType.Formula _ -> computedOfRow(
                    Expressions.of(catalog).formula(object.name(), field.name()), object);
            default -> true;
        };
    }

    private static boolean computedOfRow(CompiledExpression formula, ObjectDefinition object) {
        return !formula.readsClock() && formula.storedFields().stream()
                .allMatch(path -> path.isDirect() && object.field(path.first())
                        .filter(field -> !(field.type() instanceof FieldType.Summary)).isPresent());
    }
}
