package dev.objectos.server.openapi;

import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.ArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What every object has at its paths, as {@code object.yml} describes it: {@code {object}}, {@code {label}},
 * {@code {plural}} and {@code {description}} in it stand for those of one.
 */
final class ObjectPart {

    private final @Nullable Object template;
    private final ApiPart pattern;

    private ObjectPart(@Nullable Object template) {
        this.template = template;
        this.pattern = ApiPart.read(template);
    }

    static ObjectPart read(@Nullable Object template) {
        return new ObjectPart(template);
    }

    /** With the words that stand for names. */
    Stream<DescribedOperation> operations() {
        return pattern.operations().stream();
    }

    /** @param mapped whether something answers at the path of an operation */
    ApiPart of(ObjectDefinition object, Predicate<PathOperation> mapped) {
        ApiPart filled = ApiPart.read(Tree.rewritten(template, text -> filled(text, object)));
        var answered = new ArrayList<DescribedOperation>();
        for (int i = 0; i < filled.operations().size(); i++) {
            if (mapped.test(pattern.operations().get(i).operation())) {
                answered.add(filled.operations().get(i));
            }
        }
        return new ApiPart(filled.tags(), answered, filled.components());
    }

    private static String filled(String text, ObjectDefinition object) {
        if (text.indexOf('{') < 0) {
            return text;
        }
        String description = object.description();
        return text.replace("{object}", object.name()).replace("{label}", object.label())
                .replace("{plural}", object.pluralLabel())
                .replace("{description}", description == null ? object.label() : description);
    }
}
