package dev.objectos.server.graphql;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import graphql.language.Definition;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses documents that are too large before they are validated, which would take long. Each fragment is measured once,
 * however often it is used.
 */
final class DocumentGuard {

    /** The depth of introspection, which ends by itself. */
    private static final int INTROSPECTION_DEPTH = 25;

    private final GraphQlProperties limits;
    private final Map<String, FragmentDefinition> fragments = new HashMap<>();
    private final Map<String, Size> measured = new HashMap<>();
    private long directives;

    private DocumentGuard(GraphQlProperties limits) {
        this.limits = limits;
    }

    /**
     * @param fields with those of fragments each time they are used; saturated
     * @param top those of the fields that lie in no other
     * @param depth of fields other than introspection
     */
    private record Size(long fields, long top, long aliases, int depth, int introspection) {

        static final Size NOTHING = new Size(0, 0, 0, 0, 0);

        /** Side by side. */
        Size and(Size other) {
            return new Size(sum(fields, other.fields), sum(top, other.top), sum(aliases, other.aliases),
                    Math.max(depth, other.depth),
                    Math.max(introspection, other.introspection));
        }

        private static long sum(long one, long other) {
            return Math.min(one + other, Integer.MAX_VALUE);
        }
    }

    static void check(Document document, GraphQlProperties limits) {
        new DocumentGuard(limits).check(document.getDefinitions());
    }

    private void check(List<Definition> definitions) {
        for (Definition<?> definition : definitions) {
            if (definition instanceof FragmentDefinition fragment) {
                fragments.put(fragment.getName(), fragment);
            }
        }
        Size whole = Size.NOTHING;
        for (Definition<?> definition : definitions) {
            switch (definition) {
                case OperationDefinition operation -> {
                    count(operation.getDirectives());
                    operation.getVariableDefinitions().forEach(variable -> count(variable.getDirectives()));
                    Size size = of(operation.getSelectionSet());
                    most("root fields", size.top(), limits.maxRootFields());
                    whole = whole.and(size);
                }
                case FragmentDefinition fragment -> {
                    count(fragment.getDirectives());
                    fragment(fragment.getName());
                }
                default -> {
                }
            }
        }
        most("directives", directives, limits.maxDirectives());
        most("fields", whole.fields(), limits.maxFields());
        most("aliases", whole.aliases(), limits.maxAliases());
        most("levels of fields", whole.depth(), limits.maxDepth());
        most("levels of introspection", whole.introspection(), INTROSPECTION_DEPTH);
    }

    private Size of(@Nullable SelectionSet selections) {
        Size size = Size.NOTHING;
        if (selections != null) {
            for (Selection<?> selection : selections.getSelections()) {
                size = size.and(of(selection));
            }
        }
        return size;
    }

    private Size of(Selection<?> selection) {
        return switch (selection) {
            case Field field -> {
                count(field.getDirectives());
                Size within = of(field.getSelectionSet());
                boolean introspection = field.getName().startsWith("__") && !field.getName().equals("__typename");
                long aliases = within.aliases() + (field.getAlias() == null ? 0 : 1);
                yield introspection
                        ? new Size(within.fields() + 1, 1, aliases, 1,
                                Math.max(within.depth(), within.introspection()) + 1)
                        : new Size(within.fields() + 1, 1, aliases, within.depth() + 1, within.introspection());
            }
            case InlineFragment inline -> {
                count(inline.getDirectives());
                yield of(inline.getSelectionSet());
            }
            case FragmentSpread spread -> {
                count(spread.getDirectives());
                yield fragment(spread.getName());
            }
            default -> Size.NOTHING;
        };
    }

    /** One that uses itself is left to validation, which refuses it. */
    private Size fragment(String name) {
        Size known = measured.get(name);
        FragmentDefinition fragment = fragments.get(name);
        if (known != null || fragment == null) {
            return known == null ? Size.NOTHING : known;
        }
        measured.put(name, Size.NOTHING);
        Size size = of(fragment.getSelectionSet());
        measured.put(name, size);
        return size;
    }

    private void count(List<Directive> used) {
        directives += used.size();
    }

    static void most(String what, long number, long most) {
        if (number > most) {
            throw new PlatformException(RuntimeError.INVALID_QUERY,
                    "The document has too many " + what + "; the most is " + most);
        }
    }
}
