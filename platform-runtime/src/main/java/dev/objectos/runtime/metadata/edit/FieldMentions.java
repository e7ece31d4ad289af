package dev.objectos.runtime.metadata.edit;

import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.expression.ExpressionException;
import dev.objectos.runtime.expression.Expressions;
import dev.objectos.runtime.expression.Scope;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.DefaultValue;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.IndexDefinition;
import dev.objectos.runtime.metadata.ItemKey;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.ValidationRule;
import dev.objectos.runtime.spi.MetadataEditing.Reference;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What objects say of a field: expressions, wherever their lookups lead, summaries, indexes, rules, the name of a record. */
final class FieldMentions {

    private final Catalog catalog;
    private final String object;
    private final String field;
    private final Consumer<Reference> found;

    FieldMentions(Catalog catalog, String object, String field, Consumer<Reference> found) {
        this.catalog = catalog;
        this.object = object;
        this.field = field;
        this.found = found;
    }

    void find() {
        for (ObjectDefinition in : catalog.objects()) {
            in.fields().values().forEach(each -> inField(in, each));
            in.validations().forEach(rule -> inRule(in, rule));
            if (in.name().equals(object)) {
                in.indexes().stream().filter(index -> index.fields().contains(field))
                        .forEach(index -> inIndex(in, index));
                if (in.nameField().equals(field)) {
                    add(in, "name_field", "name_field", in.source());
                }
            }
        }
    }

    private void inField(ObjectDefinition in, FieldDefinition each) {
        String path = "fields." + each.name();
        if (in.name().equals(object) && each.name().equals(field)) {
            return;
        }
        switch (each.type()) {
            case FieldType.Formula _ -> {
                try {
                    expression(in, Expressions.of(catalog).formula(in.name(), each.name()), path + ".expression",
                            each.source());
                } catch (ExpressionException _) {
                    // Nobody can say what it names, and nobody uses it.
                }
            }
            case FieldType.Summary summary -> {
                if (summary.object().equals(object)
                        && (field.equals(summary.field()) || field.equals(summary.reference()))) {
                    add(in, path + ".summary", "summary", each.source());
                }
                ObjectDefinition child = catalog.object(summary.object()).orElse(in);
                expression(in, child, summary.filter(), Scope.formula(child.name()), path + ".summary.filter");
            }
            default -> {
                // Names no field by itself.
            }
        }
        Scope change = Scope.change(in.name());
        expression(in, in, each.rules().requiredWhen(), change, path + ".required_when");
        expression(in, in, each.rules().readonlyWhen(), change, path + ".readonly_when");
        expression(in, in, each.rules().visibleWhen(), change, path + ".visible_when");
        if (each.defaultValue() instanceof DefaultValue.Computed(ExpressionSource computed)) {
            expression(in, in, computed, Scope.creation(in.name()), path + ".default");
        }
    }

    private void inRule(ObjectDefinition in, ValidationRule rule) {
        String path = "validations." + rule.name();
        Scope change = Scope.change(in.name());
        expression(in, in, rule.condition(), change, path + ".condition");
        expression(in, in, rule.when(), change, path + ".when");
        if (in.name().equals(object) && rule.fields().contains(field)) {
            add(in, path + ".fields", "rule", rule.condition().where());
        }
    }

    private void inIndex(ObjectDefinition in, IndexDefinition index) {
        add(in, "indexes." + index.name(), "index", index.source());
    }

    /** @param about the object that the expression reads a record of */
    private void expression(ObjectDefinition in, ObjectDefinition about, @Nullable ExpressionSource source, Scope scope,
            String path) {
        if (source == null) {
            return;
        }
        try {
            expression(in, about, Expressions.of(catalog).compile(source, scope), path, source.where());
        } catch (ExpressionException _) {
            // Nobody can say what it names, and nobody uses it.
        }
    }

    private void expression(ObjectDefinition in, CompiledExpression expression, String path, SourceLocation where) {
        expression(in, in, expression, path, where);
    }

    private void expression(ObjectDefinition in, ObjectDefinition about, CompiledExpression expression, String path,
            SourceLocation where) {
        if (Stream.concat(expression.fields().stream(), expression.storedPreviousFields().stream())
                .anyMatch(read -> leadsHere(about, read))) {
            add(in, path, "expression", where);
        }
    }

    private boolean leadsHere(ObjectDefinition from, FieldPath read) {
        @Nullable
        ObjectDefinition at = from;
        for (String segment : read.segments()) {
            FieldDefinition step = at == null ? null : at.fields().get(segment);
            if (step == null) {
                return false;
            }
            if (Objects.requireNonNull(at).name().equals(object) && segment.equals(field)) {
                return true;
            }
            at = step.type() instanceof FieldType.Reference reference
                    ? catalog.object(reference.target()).orElse(null)
                    : null;
        }
        return false;
    }

    private void add(ObjectDefinition in, String path, String kind, SourceLocation where) {
        found.accept(new Reference(new ItemKey("object", in.name()), path, kind, where));
    }
}
