package dev.objectos.runtime.plan;

import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.expression.ExpressionType;
import dev.objectos.runtime.expression.Expressions;
import dev.objectos.runtime.expression.Scope;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.DefaultValue;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.IndexDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.ValidationRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The compiled rules of each object that a write must keep. */
final class WriteRules {

    private final Catalog catalog;
    private final Map<String, OfObject> objects = new ConcurrentHashMap<>();

    private WriteRules(Catalog catalog) {
        this.catalog = catalog;
    }

    static WriteRules of(Catalog catalog) {
        return catalog.derive(WriteRules.class, WriteRules::new);
    }

    OfObject object(ObjectDefinition object) {
        return objects.computeIfAbsent(object.name(), _ -> compile(object));
    }

    private OfObject compile(ObjectDefinition object) {
        var expressions = Expressions.of(catalog);
        Scope change = Scope.change(object.name());
        var defaults = new LinkedHashMap<String, CompiledExpression>();
        var conditions = new ArrayList<FieldCondition>();
        for (FieldDefinition field : object.fields().values()) {
            if (field.defaultValue() instanceof DefaultValue.Computed computed) {
                defaults.put(field.name(), expressions.compile(computed.expression(), Scope.creation(object.name()),
                        ExpressionType.of(field.type())));
            }
            var required = field.rules().requiredWhen();
            var readonly = field.rules().readonlyWhen();
            if (required != null || readonly != null) {
                conditions.add(new FieldCondition(field,
                        required == null ? null : expressions.condition(required, change),
                        readonly == null ? null : expressions.condition(readonly, change)));
            }
        }
        var rules = new ArrayList<Rule>();
        for (ValidationRule rule : object.validations()) {
            var when = rule.when();
            rules.add(new Rule(rule, expressions.condition(rule.condition(), change),
                    when == null ? null : expressions.condition(when, change)));
        }
        return new OfObject(defaults, conditions, rules, uniqueTexts(object));
    }

    private static List<List<FieldDefinition>> uniqueTexts(ObjectDefinition object) {
        Stream<List<FieldDefinition>> single = object.fields().values().stream().filter(FieldDefinition::unique)
                .map(List::of);
        Stream<List<FieldDefinition>> several = object.indexes().stream().filter(IndexDefinition::unique)
                .map(index -> index.fields().stream().map(object::field).flatMap(Optional::stream).toList());
        return Stream.concat(single, several).map(
                fields -> fields.stream().filter(field -> field.type() instanceof FieldType.Text).toList())
                .filter(fields -> !fields.isEmpty()).toList();
    }

    /**
     * What one object demands.
     *
     * @param uniqueTexts the texts among the fields of each unique index
     */
    record OfObject(Map<String, CompiledExpression> defaults, List<FieldCondition> conditions, List<Rule> rules,
            List<List<FieldDefinition>> uniqueTexts) {

        /** Whether an update of these fields can only be judged beside the rest of the stored record. */
        boolean needPrevious(Set<String> written) {
            return conditions.stream().anyMatch(condition -> condition.needsPrevious(written))
                    || rules.stream().anyMatch(rule -> rule.needsPrevious(written));
        }
    }

    /** When a field must, or must not, be filled in. */
    record FieldCondition(FieldDefinition field, @Nullable CompiledExpression requiredWhen,
            @Nullable CompiledExpression readonlyWhen) {

        private boolean needsPrevious(Set<String> written) {
            boolean locks = readonlyWhen != null && written.contains(field.name());
            return locks || (requiredWhen != null
                    && (!written.contains(field.name()) || readsBeside(requiredWhen, written)));
        }
    }

    /** A validation rule of the object. */
    record Rule(ValidationRule rule, CompiledExpression condition, @Nullable CompiledExpression when) {

        private boolean needsPrevious(Set<String> written) {
            return Stream.of(condition, when).filter(Objects::nonNull)
                    .anyMatch(expression -> readsBeside(Objects.requireNonNull(expression), written));
        }
    }

    private static boolean readsBeside(CompiledExpression expression, Set<String> written) {
        return expression.readsPrevious()
                || expression.storedFields().stream().map(FieldPath::first).anyMatch(name -> !written.contains(name));
    }
}
