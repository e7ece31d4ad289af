package dev.objectos.automation.trigger;

import dev.objectos.runtime.expression.CelText;
import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.expression.ExpressionException;
import dev.objectos.runtime.expression.ExpressionProblem;
import dev.objectos.runtime.expression.ExpressionType;
import dev.objectos.runtime.expression.Expressions;
import dev.objectos.runtime.expression.Scope;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SourceLocation;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles expressions, and texts that hold expressions, around changes of one object. */
final class TemplateTexts {

    private final Expressions expressions;
    private final Scope scope;
    private final @Nullable Pattern allowed;
    private final Problems problems;

    /** Takes what is wrong. */
    @FunctionalInterface
    interface Problems {

        void add(SourceLocation where, String message, String suggestion);
    }

    /** @param allowed what may stand in texts; null: any expression */
    TemplateTexts(Catalog catalog, ObjectDefinition object, @Nullable Pattern allowed, Problems problems) {
        this.expressions = Expressions.of(catalog);
        this.scope = Scope.change(object.name());
        this.allowed = allowed;
        this.problems = problems;
    }

    /** The text; null where something in it is wrong, which is then reported. */
    @Nullable
    TextTemplate template(String text, SourceLocation where) {
        var pieces = new ArrayList<TextTemplate.Piece>();
        boolean usable = true;
        for (CelText.Piece piece : CelText.pieces(text)) {
            String written = piece.expression();
            if (written == null) {
                pieces.add(new TextTemplate.Piece(piece.text(), null));
                continue;
            }
            CompiledExpression value = value(written, at(where, text, piece.offset()));
            usable &= value != null;
            pieces.add(new TextTemplate.Piece(piece.text(), value));
        }
        return usable ? new TextTemplate(pieces) : null;
    }

    /** An expression; null where it is wrong. */
    @Nullable
    CompiledExpression expression(String cel, SourceLocation where, @Nullable ExpressionType expected) {
        var source = new ExpressionSource(cel, where);
        try {
            return expected == null
                    ? expressions.compile(source, scope)
                    : expressions.compile(source, scope, expected);
        } catch (ExpressionException e) {
            for (ExpressionProblem problem : e.problems()) {
                problems.add(problem.where(), problem.message(), problem.suggestion());
            }
            return null;
        }
    }

    private @Nullable CompiledExpression value(String written, SourceLocation where) {
        if (allowed != null && !allowed.matcher(written).matches()) {
            problems.add(where, "a template holds names of fields only, not '" + written.strip() + "'",
                    "compute it in a formula field");
            return null;
        }
        return expression(CelText.cel(written), where, null);
    }

    private static SourceLocation at(SourceLocation start, String text, int offset) {
        // An expression that is all of the text begins at its place already; several lines are not counted.
        return text.contains("\n") || CelText.isWrapped(text)
                ? start
                : new SourceLocation(start.file(), start.line(), start.column() + offset);
    }
}
