package dev.objectos.workflow.definition;

import dev.objectos.runtime.expression.CelText;
import dev.objectos.runtime.expression.ItemProblems;
import dev.objectos.runtime.metadata.DefaultValue;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.InvalidValueException;
import dev.objectos.runtime.metadata.ItemPart;
import dev.objectos.runtime.metadata.SelectOption;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.workflow.definition.WorkflowDefinition.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads values of actions: constants, expressions, people, and texts with expressions in them. */
final class ValueReader {

    /** {@code $now}, {@code $currentUser.id}: other languages' way of writing an expression. */
    private static final Pattern VARIABLE = Pattern.compile("\\$[a-zA-Z_][\\w.]*");

    private final ItemProblems problems;

    ValueReader(ItemProblems problems) {
        this.problems = problems;
    }

    /** A value for a field, constants in the field's Java form; null where it does not fit, which is then reported. */
    @Nullable
    DefaultValue of(FieldDefinition field, ItemPart written) {
        if (written.value() instanceof String text && isExpression(text)) {
            return expression(written);
        }
        Object raw = written.value();
        if (raw == null) {
            return null;
        }
        if (raw instanceof String text && CelText.mentionsExpression(text)) {
            problems.error(written.where(), "the value mixes text and ${…}",
                    "write the whole of it as one ${expression}");
            return null;
        }
        try {
            Object value = FieldValues.parse(field.type(),
                    field.type() instanceof FieldType.Choice && !written.isContainer() ? written.text() : raw);
            if (field.type() instanceof FieldType.Choice(_, List<SelectOption> options) && !options.isEmpty()
                    && options.stream().noneMatch(option -> option.value().equals(value))) {
                problems.error(written.where(), "'" + value + "' is none of the options of " + field.name(),
                        ItemProblems.oneOf(options.stream().map(SelectOption::value).toList()));
                return null;
            }
            return new DefaultValue.Literal(value);
        } catch (InvalidValueException e) {
            problems.error(written.where(), "the value of " + field.name() + " " + e.message(),
                    "write a value of type " + field.type().name() + ", or an ${expression}");
            return null;
        }
    }

    /** A person: an expression, or an id, user name or e-mail address. */
    DefaultValue recipient(ItemPart written) {
        String text = written.text();
        if (isExpression(text) || text.strip().startsWith("record.")) {
            return expression(written);
        }
        if (text.isBlank() || CelText.mentionsExpression(text)) {
            problems.error(written.where(), "this names nobody",
                    "write ${record.owner}, or a user's id, user name or e-mail address");
        }
        return new DefaultValue.Literal(text.strip());
    }

    /** Text with <code>${…}</code> in it; null where there is none. */
    @Nullable
    Text text(@Nullable ItemPart written) {
        if (written == null || written.isContainer()) {
            return null;
        }
        var parts = new ArrayList<DefaultValue>();
        SourceLocation where = written.where();
        for (CelText.Piece piece : CelText.pieces(written.text())) {
            if (!piece.text().isEmpty()) {
                parts.add(new DefaultValue.Literal(piece.text()));
            }
            String expression = piece.expression();
            if (expression != null) {
                parts.add(new DefaultValue.Computed(new ExpressionSource(CelText.cel(expression), where)));
            }
        }
        return new Text(parts);
    }

    private static boolean isExpression(String text) {
        return CelText.isWrapped(text) || VARIABLE.matcher(text.strip()).matches();
    }

    private static DefaultValue expression(ItemPart written) {
        return new DefaultValue.Computed(new ExpressionSource(CelText.cel(written.text()), written.where()));
    }
}
