package dev.objectos.server.declared;

import dev.objectos.runtime.expression.CelText;
import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.expression.ExpressionException;
import dev.objectos.runtime.expression.Expressions;
import dev.objectos.runtime.expression.ItemProblems;
import dev.objectos.runtime.expression.Scope;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads values with expressions in them out of an item, and compiles these. */
final class TemplateReader {

    private static final Pattern PARAMETER = Pattern.compile("params\\.([a-z][a-z0-9_]*)");

    private final MetadataItem item;
    private final Expressions expressions;
    private final Scope scope;
    private final ItemProblems problems;
    private final Set<CompiledExpression> compiled = new LinkedHashSet<>();

    TemplateReader(MetadataItem item, Expressions expressions, Scope scope, ItemProblems problems) {
        this.item = item;
        this.expressions = expressions;
        this.scope = scope;
        this.problems = problems;
    }

    /** A value in which <code>${…}</code> is an expression, and anything else is as it is written. */
    Template value(@Nullable Object written, String path) {
        return switch (written) {
            case String text when CelText.isWrapped(text) -> parameterOr(text, path);
            case String text when CelText.mentionsExpression(text) -> filled(text, path);
            case Map<?, ?> map -> members(map, path, this::value);
            case List<?> list -> elements(list, path, this::value);
            case null, default -> new Template.Constant(written);
        };
    }

    /** A value in which every text is an expression. */
    Template shape(@Nullable Object written, String path) {
        return switch (written) {
            case String text -> computed(text, item.where(path));
            case Map<?, ?> map -> members(map, path, this::shape);
            case List<?> list -> elements(list, path, this::shape);
            case null, default -> new Template.Constant(written);
        };
    }

    /** Every expression read so far. */
    Set<CompiledExpression> compiled() {
        return compiled;
    }

    /** Reads the parts of a value. */
    private interface Part {

        Template read(@Nullable Object written, String path);
    }

    private static Template members(Map<?, ?> map, String path, Part part) {
        var members = new LinkedHashMap<String, Template>();
        map.forEach((key, value) -> members.put(String.valueOf(key), part.read(value, path + "/" + key)));
        return new Template.Members(members);
    }

    private static Template elements(List<?> list, String path, Part part) {
        var elements = new ArrayList<Template>();
        for (int i = 0; i < list.size(); i++) {
            elements.add(part.read(list.get(i), path + "/" + i));
        }
        return new Template.Elements(elements);
    }

    private Template parameterOr(String text, String path) {
        Template computed = computed(text, item.where(path));
        Matcher parameter = PARAMETER.matcher(CelText.unwrap(text));
        return parameter.matches() ? new Template.Parameter(parameter.group(1)) : computed;
    }

    private Template computed(String text, SourceLocation where) {
        CompiledExpression expression = compile(CelText.cel(text), where);
        return expression == null ? new Template.Constant(null) : new Template.Computed(expression);
    }

    private Template filled(String text, String path) {
        var pieces = new ArrayList<Template.Piece>();
        for (CelText.Piece piece : CelText.pieces(text)) {
            pieces.add(new Template.Piece(piece.text(), piece.expression() == null
                    ? null
                    : compile(CelText.cel(piece.expression()), item.where(path))));
        }
        return new Template.Filled(pieces);
    }

    private @Nullable CompiledExpression compile(String cel, SourceLocation where) {
        try {
            CompiledExpression expression = expressions.compile(new ExpressionSource(cel, where), scope);
            compiled.add(expression);
            return expression;
        } catch (ExpressionException e) {
            problems.expression("the expression", e);
            return null;
        }
    }
}
