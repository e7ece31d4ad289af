package dev.objectos.automation.trigger;

import dev.objectos.runtime.expression.CompiledExpression;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Text with the values of expressions in it. */
public record TextTemplate(List<Piece> pieces) {

    /**
     * Some text and what follows on it.
     *
     * @param value null at the end
     */
    public record Piece(String text, @Nullable CompiledExpression value) {}

    public TextTemplate {
        pieces = List.copyOf(pieces);
    }

    /** Whether it is the same for every record. */
    public boolean constant() {
        return pieces.stream().allMatch(piece -> piece.value() == null);
    }

    /** Gives the values of expressions. */
    @FunctionalInterface
    public interface Values {

        @Nullable
        Object of(CompiledExpression expression);
    }

    /** The whole text; a value that is not there leaves nothing. */
    public String render(Values values) {
        return render(values, UnaryOperator.identity());
    }

    /** @param escape applied to values, not to the text around them */
    public String render(Values values, UnaryOperator<String> escape) {
        var rendered = new StringBuilder();
        for (Piece piece : pieces) {
            rendered.append(piece.text());
            CompiledExpression value = piece.value();
            if (value != null) {
                rendered.append(escape.apply(text(values.of(value))));
            }
        }
        return rendered.toString();
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case BigDecimal number -> number.toPlainString();
            case List<?> values -> values.stream().map(TextTemplate::text).collect(Collectors.joining(", "));
            default -> Objects.toString(value);
        };
    }
}
