package dev.objectos.runtime.metadata.publish;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.expression.CelText;
import dev.objectos.runtime.expression.EvaluationContext;
import dev.objectos.runtime.expression.ExpressionException;
import dev.objectos.runtime.expression.ExpressionType;
import dev.objectos.runtime.expression.Expressions;
import dev.objectos.runtime.expression.Scope;
import dev.objectos.runtime.expression.Variable;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Computes the dates of seed records that are meant relative to when they are loaded, such as <code>${today + 7}</code>. */
record SeedMoment(Catalog catalog, Session session, Instant now) implements EvaluationContext {

    /** The same record with constants in their place. */
    SeedFile.Seed fix(ObjectDefinition object, SeedFile.Seed seed) {
        var values = new LinkedHashMap<String, @Nullable Object>(seed.values());
        values.replaceAll((name, value) -> value instanceof String text && CelText.isWrapped(text)
                && isMoment(object.field(name).orElseThrow().type())
                        ? computed(object, name, text, seed)
                        : value);
        return new SeedFile.Seed(seed.key(), values, seed.where());
    }

    private static boolean isMoment(FieldType type) {
        return type instanceof FieldType.Date || type instanceof FieldType.Time || type instanceof FieldType.Instant;
    }

    private @Nullable Object computed(ObjectDefinition object, String field, String text, SeedFile.Seed seed) {
        var scope = new Scope(object.name(), Set.of(Variable.NOW, Variable.TODAY));
        var type = ExpressionType.of(object.field(field).orElseThrow().type());
        try {
            return FieldValues.json(Expressions.of(catalog)
                    .compile(new ExpressionSource(CelText.unwrap(text), seed.where()), scope, type).evaluate(this));
        } catch (ExpressionException e) {
            var problem = e.problems().getFirst();
            throw PlatformException.validation(object.name(), List.of(new FieldError(field, "invalid_expression",
                    field + ": " + problem.message()
                            + (problem.suggestion().isEmpty() ? "" : "; " + problem.suggestion()))));
        }
    }

    @Override
    public @Nullable Object record(FieldPath path) {
        throw new IllegalStateException("seed values read no fields: " + path);
    }

    @Override
    public @Nullable Object previous(FieldPath path) {
        throw new IllegalStateException("seed values read no fields: " + path);
    }
}
