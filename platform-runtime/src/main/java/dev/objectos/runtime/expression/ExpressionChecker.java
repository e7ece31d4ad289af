package dev.objectos.runtime.expression;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.DefaultValue;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SelectOption;
import dev.objectos.runtime.metadata.ValidationRule;
import dev.objectos.runtime.metadata.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with the expressions of a catalog. */
public final class ExpressionChecker {

    private final Catalog catalog;
    private final Expressions expressions;
    private final List<Violation> violations = new ArrayList<>();

    private final Predicate<ExpressionSource> wanted;

    private ExpressionChecker(Catalog catalog, Predicate<ExpressionSource> wanted) {
        this.catalog = catalog;
        this.wanted = wanted;
        this.expressions = Expressions.of(catalog);
    }

    /**
     * Every formula, validation, default, field rule and summary filter that cannot be used, as errors; comparisons with a
     * text that is none of a field's options, as warnings.
     */
    public static List<Violation> check(Catalog catalog) {
        var checker = new ExpressionChecker(catalog, _ -> true);
        catalog.objects().forEach(checker::check);
        return List.copyOf(checker.violations);
    }

    /**
     * The same for one object.
     *
     * @param wanted which of its expressions to look at
     */
    public static List<Violation> check(Catalog catalog, ObjectDefinition object, Predicate<ExpressionSource> wanted) {
        var checker = new ExpressionChecker(catalog, wanted);
        checker.check(object);
        return List.copyOf(checker.violations);
    }

    private void check(ObjectDefinition object) {
        Scope change = Scope.change(object.name());
        for (FieldDefinition field : object.fields().values()) {
            String name = object.name() + "." + field.name();
            switch (field.type()) {
                case FieldType.Formula formula -> check(object, "the formula of " + name, formula.expression(),
                        () -> expressions.formula(object.name(), field.name()));
                case FieldType.Summary summary -> checkSummary(object, field, summary);
                default -> checkDefault(object, name, field);
            }
            condition(object, "required_when of " + name, field.rules().requiredWhen(), change);
            condition(object, "readonly_when of " + name, field.rules().readonlyWhen(), change);
            condition(object, "visible_when of " + name, field.rules().visibleWhen(), change);
        }
        for (ValidationRule rule : object.validations()) {
            String name = object.name() + "." + rule.name();
            condition(object, "the condition of " + name, rule.condition(), change);
            condition(object, "when of " + name, rule.when(), change);
        }
    }

    private void checkDefault(ObjectDefinition object, String name, FieldDefinition field) {
        if (field.defaultValue() instanceof DefaultValue.Computed(ExpressionSource source)) {
            check(object, "the default of " + name, source, () -> expressions.compile(source,
                    Scope.creation(object.name()), ExpressionType.of(field.type())));
        }
    }

    private void checkSummary(ObjectDefinition object, FieldDefinition field, FieldType.Summary summary) {
        String name = object.name() + "." + field.name();
        ObjectDefinition child = catalog.object(summary.object()).orElse(null);
        if (child != null) {
            checkSummarized(object, field, summary, child);
            condition(object, "the filter of " + name, summary.filter(), Scope.formula(child.name()));
        }
    }

    /** The types of formulas that name none are known only now. */
    private void checkSummarized(ObjectDefinition object, FieldDefinition field, FieldType.Summary summary,
            ObjectDefinition child) {
        FieldDefinition summed = summary.field() == null ? null : child.field(summary.field()).orElse(null);
        if (summed == null || !(summed.type() instanceof FieldType.Formula formula)) {
            return;
        }
        ExpressionType type = ExpressionType.of(formula);
        if (!TypeRules.isNumber(type)) {
            violations.add(new Violation(Violation.Severity.ERROR, field.source(), "object", object.name(),
                    "the summary " + object.name() + "." + field.name() + ": the formula " + child.name() + "."
                            + summed.name() + " gives " + type + ", which has no "
                            + summary.function().name().toLowerCase(Locale.ROOT),
                    "name a field that holds numbers"));
        }
    }

    private void condition(ObjectDefinition object, String what, @Nullable ExpressionSource source, Scope scope) {
        if (source != null) {
            check(object, what, source, () -> expressions.condition(source, scope));
        }
    }

    private void check(ObjectDefinition object, String what, ExpressionSource source,
            Supplier<CompiledExpression> compilation) {
        if (!wanted.test(source)) {
            return;
        }
        try {
            CompiledExpression compiled = compilation.get();
            Reads.each(compiled.node(), part -> checkOptions(object, what, source, part));
        } catch (ExpressionException e) {
            for (ExpressionProblem problem : e.problems()) {
                violations.add(new Violation(Violation.Severity.ERROR, problem.where(), "object", object.name(),
                        what + ": " + problem.message(), problem.suggestion()));
            }
        }
    }

    private void checkOptions(ObjectDefinition object, String what, ExpressionSource source, Node part) {
        switch (part) {
            case Node.Equality(boolean _, Node.FieldRead read, Node.Literal literal) ->
                checkOption(object, what, source, read, literal);
            case Node.Equality(boolean _, Node.Literal literal, Node.FieldRead read) ->
                checkOption(object, what, source, read, literal);
            case Node.Membership(Node.FieldRead read, Node.Listing(List<Node> elements, ExpressionType _)) ->
                elements.forEach(element -> checkOption(object, what, source, read, element));
            case Node.Membership(Node.Literal literal, Node.FieldRead read) ->
                checkOption(object, what, source, read, literal);
            default -> {
                // compares no field with a constant
            }
        }
    }

    private void checkOption(ObjectDefinition object, String what, ExpressionSource source, Node.FieldRead read,
            Node compared) {
        List<SelectOption> options = switch (read.fieldType()) {
            case FieldType.Choice choice -> choice.options();
            case FieldType.Choices choices -> choices.options();
            default -> List.of();
        };
        List<String> values = options.stream().map(SelectOption::value).toList();
        if (compared instanceof Node.Literal literal && literal.value() instanceof String text && !values.isEmpty()
                && !values.contains(text)) {
            violations.add(new Violation(Violation.Severity.WARNING, source.where(), "object", object.name(),
                    what + ": '" + text + "' is none of the options of " + read.path(),
                    Spelling.suggestion(text, values)));
        }
    }
}
