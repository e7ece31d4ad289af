package dev.objectos.server.declared;

import dev.objectos.runtime.expression.CompiledExpression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A JSON value with places that a call fills. */
sealed interface Template {

    /** What stands in the place of a parameter that may be left out and was. */
    Object LEFT_OUT = new Object();

    /** The value for a call; {@link #LEFT_OUT} where nothing is left of it. */
    @Nullable
    Object fill(EndpointCall call);

    /** The same for every call. */
    record Constant(@Nullable Object value) implements Template {

        @Override
        public @Nullable Object fill(EndpointCall call) {
            return value;
        }
    }

    /** A parameter, and nothing beside it. */
    record Parameter(String name) implements Template {

        @Override
        public @Nullable Object fill(EndpointCall call) {
            return call.gave(name) ? Plain.value(call.param(name)) : LEFT_OUT;
        }
    }

    /** What an expression gives. */
    record Computed(CompiledExpression expression) implements Template {

        @Override
        public @Nullable Object fill(EndpointCall call) {
            return Plain.value(expression.evaluate(call));
        }
    }

    /** Text with expressions in it. */
    record Filled(List<Piece> pieces) implements Template {

        public Filled {
            pieces = List.copyOf(pieces);
        }

        @Override
        public Object fill(EndpointCall call) {
            var text = new StringBuilder();
            for (Piece piece : pieces) {
                text.append(piece.text());
                Object value = piece.expression() == null ? null : piece.expression().evaluate(call);
                if (value != null) {
                    text.append(Plain.value(value));
                }
            }
            return text.toString();
        }
    }

    /** @param text what stands before the expression, or at the end */
    record Piece(String text, @Nullable CompiledExpression expression) {}

    /** An object. One of whose members nothing is left is left out, with the field that it would have compared. */
    record Members(Map<String, Template> members) implements Template {

        public Members {
            members = new LinkedHashMap<>(members);
        }

        @Override
        public Object fill(EndpointCall call) {
            var filled = new LinkedHashMap<String, @Nullable Object>();
            members.forEach((name, template) -> {
                Object value = template.fill(call);
                if (value != LEFT_OUT) {
                    filled.put(name, value);
                }
            });
            return filled.isEmpty() && !members.isEmpty() ? LEFT_OUT : filled;
        }
    }

    /** An array. */
    record Elements(List<Template> elements) implements Template {

        public Elements {
            elements = List.copyOf(elements);
        }

        @Override
        public Object fill(EndpointCall call) {
            var filled = new ArrayList<@Nullable Object>();
            for (Template element : elements) {
                Object value = element.fill(call);
                if (value != LEFT_OUT) {
                    filled.add(value);
                }
            }
            return filled.isEmpty() && !elements.isEmpty() ? LEFT_OUT : filled;
        }
    }

    /** A value that is never left out. */
    static @Nullable Object whole(Template template, EndpointCall call) {
        Object value = template.fill(call);
        return Objects.equals(value, LEFT_OUT) ? null : value;
    }
}
