package dev.objectos.server.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.execution.MergedField;
import graphql.language.Argument;
import graphql.language.Field;
import graphql.language.Node;
import graphql.language.VariableReference;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The values of arguments in which no variable stands: the same each time that a document is executed, and so found once. They go
 * with their document.
 */
final class SettledArguments {

    private final Cache<Field, Map<String, Object>> known = Caffeine.newBuilder().weakKeys().build();

    /** @param finder finds the values that the arguments have now */
    Map<String, Object> of(MergedField field, Supplier<Map<String, Object>> finder) {
        Field place = field.getSingleField();
        Map<String, Object> settled = known.getIfPresent(place);
        if (settled != null) {
            return settled;
        }
        return field.getArguments().stream().map(Argument::getValue).anyMatch(SettledArguments::varies)
                ? finder.get()
                : Objects.requireNonNull(known.get(place, _ -> finder.get()));
    }

    private static boolean varies(Node<?> value) {
        return value instanceof VariableReference || value.getChildren().stream().anyMatch(SettledArguments::varies);
    }
}
