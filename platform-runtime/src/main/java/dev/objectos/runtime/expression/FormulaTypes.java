package dev.objectos.runtime.expression;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.LinkedHashMap;
import java.util.function.BiFunction;

/** Gives formulas whose author named no return type the type of their expression. */
public final class FormulaTypes {

    private static final String FALLBACK = "text";

    private FormulaTypes() {}

    /** The catalog in which every formula has a type; text where the expression cannot be understood. */
    public static Catalog inferred(Catalog catalog) {
        Catalog known = catalog;
        long open = open(known);
        while (open > 0) {
            // A formula that reads another one has to wait for that one's type.
            var expressions = Expressions.of(known);
            Catalog next = retyped(known, (object, formula) -> typeOf(expressions, object, formula));
            long left = open(next);
            known = left < open ? next : retyped(next, (_, _) -> FALLBACK);
            open = open(known);
        }
        return known;
    }

    private static long open(Catalog catalog) {
        return catalog.objects().stream().flatMap(object -> object.fields().values().stream())
                .filter(FormulaTypes::isOpen).count();
    }

    private static boolean isOpen(FieldDefinition field) {
        return field.type() instanceof FieldType.Formula formula
                && formula.returnType().equals(FieldType.Formula.INFERRED);
    }

    private static Catalog retyped(Catalog catalog, BiFunction<ObjectDefinition, FieldType.Formula, String> types) {
        var objects = new LinkedHashMap<String, ObjectDefinition>();
        for (ObjectDefinition object : catalog.objects()) {
            var fields = new LinkedHashMap<>(object.fields());
            fields.replaceAll((_, field) -> isOpen(field) && field.type() instanceof FieldType.Formula formula
                    ? field.withType(new FieldType.Formula(formula.expression(), types.apply(object, formula)))
                    : field);
            objects.put(object.name(), fields.equals(object.fields()) ? object : object.withFields(fields));
        }
        return catalog.withObjects(objects);
    }

    private static String typeOf(Expressions expressions, ObjectDefinition object, FieldType.Formula formula) {
        try {
            return name(expressions.compile(formula.expression(), Scope.formula(object.name())).type());
        } catch (ExpressionException e) {
            return FieldType.Formula.INFERRED; // reported when the catalog is checked, unless another turn settles it
        }
    }

    private static String name(ExpressionType type) {
        return switch (type) {
            case ExpressionType.Scalar(String name) -> switch (name) {
                case "number", "integer", "boolean", "date", "time", "datetime" -> name;
                default -> FALLBACK;
            };
            case ExpressionType.Reference _,ExpressionType.ListOf _ -> FALLBACK;
        };
    }
}
