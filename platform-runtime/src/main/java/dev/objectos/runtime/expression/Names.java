package dev.objectos.runtime.expression;

import dev.cel.common.ast.CelExpr;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out what the names of an expression mean: fields, paths through lookups, the acting user, the clock. */
final class Names {

    /** Lookups that a path may go through. */
    static final int MAX_LOOKUPS = 5;

    private static final Map<String, ExpressionType> USER = user();

    private final Catalog catalog;
    private final Scope scope;
    private final CelSyntax syntax;
    private final Map<String, Node.Bound> bound = new HashMap<>();

    Names(Catalog catalog, Scope scope, CelSyntax syntax) {
        this.catalog = catalog;
        this.scope = scope;
        this.syntax = syntax;
    }

    private static Map<String, ExpressionType> user() {
        var attributes = new LinkedHashMap<String, ExpressionType>();
        attributes.put("id", ExpressionType.reference(Catalog.USER));
        attributes.put("email", ExpressionType.TEXT);
        attributes.put("name", ExpressionType.TEXT);
        attributes.put("username", ExpressionType.TEXT);
        attributes.put("roles", ExpressionType.list(ExpressionType.TEXT));
        attributes.put("tenant", ExpressionType.reference(null));
        attributes.put("locale", ExpressionType.TEXT);
        attributes.put("timezone", ExpressionType.TEXT);
        return Map.copyOf(attributes);
    }

    /** How many elements are bound where we are. */
    int depth() {
        return bound.size();
    }

    /** Gives a name to an element; returns what the name meant before. */
    Node.@Nullable Bound bind(String name, Node.@Nullable Bound element) {
        return element == null ? bound.remove(name) : bound.put(name, element);
    }

    /** Whether the name means something by itself here. */
    boolean knows(String name) {
        return bound.containsKey(name) || root(name).isPresent() || field(name).isPresent();
    }

    /**
     * What a name, or a name with members after it, means.
     *
     * @return empty where what stands before the members is no name, but a call, say
     */
    Optional<Node> resolve(CelExpr part) {
        var members = new ArrayList<CelExpr>();
        CelExpr first = part;
        while (first.getKind() == CelExpr.ExprKind.Kind.SELECT) {
            members.addFirst(first);
            first = first.select().operand();
        }
        if (first.getKind() != CelExpr.ExprKind.Kind.IDENT) {
            return Optional.empty();
        }
        var chain = new ArrayList<Name>();
        chain.add(new Name(first.ident().name(), syntax.offset(first)));
        for (CelExpr member : members) {
            chain.add(new Name(member.select().field(), syntax.text().after(syntax.offset(member))));
        }
        return Optional.of(resolve(chain));
    }

    private record Name(String text, int offset) {}

    private Node resolve(List<Name> chain) {
        Name first = chain.getFirst();
        List<Name> rest = chain.subList(1, chain.size());
        Node.Bound element = bound.get(first.text);
        if (element != null) {
            return members(element, rest);
        }
        Optional<Variable> root = root(first.text);
        if (root.isEmpty() && field(first.text).isPresent()) {
            return path(chain, false);
        }
        if (root.isEmpty()) {
            throw unknown(first);
        }
        return switch (root.get()) {
            case RECORD -> path(required(first, rest, "name one of its fields: " + first.text + ".…"), false);
            case PREVIOUS -> path(required(first, rest, "name one of its fields: previous.…"), true);
            case CURRENT_USER -> userAttribute(required(first, rest, "write currentUser.id"));
            case PARAMS -> param(required(first, rest, "name one of them: params.…"));
            case NOW -> members(new Node.Now(), rest);
            case TODAY -> members(new Node.Today(), rest);
        };
    }

    /** {@code now()} and {@code today()}. */
    Node clock(Variable variable, int offset) {
        return resolve(List.of(new Name(variable.spelling(), offset)));
    }

    /** The read of a field before the change, where that is known. */
    Node previous(Node.FieldRead read, int offset) {
        if (!scope.variables().contains(Variable.PREVIOUS) || scope.translated()) {
            throw refusal(offset, "what the record was before is not known here", "");
        }
        return read;
    }

    private Optional<Variable> root(String name) {
        return Stream.of(Variable.values()).filter(root -> root.spelling().equals(name))
                .filter(root -> scope.variables().contains(root)).findFirst();
    }

    private Optional<FieldDefinition> field(String name) {
        return scope.variables().contains(Variable.RECORD)
                ? catalog.object(scope.object()).flatMap(object -> object.field(name))
                : Optional.empty();
    }

    private List<Name> required(Name root, List<Name> rest, String suggestion) {
        if (rest.isEmpty()) {
            throw refusal(root.offset, "'" + root.text + "' is not a value by itself", suggestion);
        }
        return rest;
    }

    private Refusal unknown(Name name) {
        for (Variable variable : Variable.values()) {
            if (variable.spelling().equals(name.text)) {
                return refusal(name.offset, "'" + name.text + "' is not available here", "use "
                        + scope.variables().stream().sorted().map(Variable::spelling)
                                .collect(Collectors.joining(", ")));
            }
        }
        var known = new ArrayList<>(scope.variables().stream().map(Variable::spelling).toList());
        known.addAll(bound.keySet());
        catalog.object(scope.object()).ifPresent(object -> known.addAll(object.fields().keySet()));
        return refusal(name.offset, "'" + name.text + "' is not a field of " + scope.object(),
                Spelling.suggestion(name.text, known));
    }

    private Node userAttribute(List<Name> rest) {
        Name name = rest.getFirst();
        String dotted = rest.stream().map(Name::text).collect(Collectors.joining("."));
        ExpressionType supplied = scope.userAttributes().get(dotted);
        if (supplied != null) {
            return new Node.UserRead(dotted, false, supplied);
        }
        ExpressionType known = USER.get(name.text);
        if (known == null) {
            var names = new ArrayList<>(USER.keySet());
            names.addAll(scope.userAttributes().keySet());
            throw refusal(name.offset, "'" + name.text + "' is not an attribute of currentUser",
                    Spelling.suggestion(name.text, names));
        }
        return members(new Node.UserRead(name.text, true, known), rest.subList(1, rest.size()));
    }

    private Node param(List<Name> rest) {
        Name name = rest.getFirst();
        ExpressionType type = scope.params().get(name.text);
        if (type == null) {
            throw refusal(name.offset, "'" + name.text + "' is not a parameter here",
                    Spelling.suggestion(name.text, scope.params().keySet()));
        }
        return members(new Node.ParamRead(name.text, type), rest.subList(1, rest.size()));
    }

    private Node path(List<Name> names, boolean previous) {
        ObjectDefinition object = catalog.object(scope.object()).orElseThrow(() -> refusal(names.getFirst().offset,
                "the object '" + scope.object() + "' does not exist", ""));
        var segments = new ArrayList<String>();
        for (int i = 0; i < names.size(); i++) {
            Name name = names.get(i);
            FieldDefinition field = field(object, name);
            segments.add(name.text);
            List<Name> rest = names.subList(i + 1, names.size());
            var read = new Node.FieldRead(previous, new FieldPath(segments), object.name(), field.type());
            if (!(field.type() instanceof FieldType.Reference reference) || rest.isEmpty() || isId(rest)) {
                return members(read, isId(rest) && field.type() instanceof FieldType.Reference ? List.of() : rest);
            }
            if (i == MAX_LOOKUPS) {
                throw refusal(name.offset, "a path goes through at most " + MAX_LOOKUPS + " lookups", "");
            }
            object = catalog.object(reference.target()).orElseThrow(() -> refusal(name.offset,
                    "'" + name.text + "' refers to the object '" + reference.target() + "', which does not exist", ""));
        }
        throw new IllegalStateException("a path has at least one name");
    }

    private static boolean isId(List<Name> rest) {
        return rest.size() == 1 && rest.getFirst().text.equals(SystemFields.ID);
    }

    private FieldDefinition field(ObjectDefinition object, Name name) {
        FieldDefinition field = object.field(name.text).orElseThrow(() -> refusal(name.offset,
                "'" + name.text + "' is not a field of " + object.name(),
                Spelling.suggestion(name.text, object.fields().keySet())));
        return switch (field.type()) {
            case FieldType.Password _,FieldType.Secret _ -> throw refusal(name.offset,
                    "'" + name.text + "' is a " + field.type().name() + ", which no expression may read", "");
            case FieldType.Vector _ -> throw refusal(name.offset,
                    "'" + name.text + "' is a vector, which no expression can use", "");
            case FieldType.Formula(var _, String type) when type.equals(FieldType.Formula.INFERRED) ->
                throw refusal(name.offset, "the type of '" + name.text + "' is not known", "add return_type to it");
            default -> field;
        };
    }

    /** Members of something that is not a record. */
    private Node members(Node owner, List<Name> rest) {
        Node value = owner;
        for (Name member : rest) {
            value = member(value, member.text, member.offset);
        }
        return value;
    }

    Node member(Node owner, String name, int offset) {
        if (owner.type().equals(ExpressionType.JSON)) {
            return new Node.Member(owner, name);
        }
        String what = owner instanceof Node.FieldRead read
                ? "'" + read.path() + "'"
                : "a value of type " + owner.type();
        String suggestion = owner.type() instanceof ExpressionType.ListOf
                ? "it is a list: use exists, all, map or filter"
                : owner.type() instanceof ExpressionType.Reference ? "only a lookup of the record can be followed" : "";
        throw refusal(offset, what + " is " + owner.type() + " and has no '" + name + "'", suggestion);
    }

    private Refusal refusal(int offset, String message, String suggestion) {
        return new Refusal(syntax.text().problem(offset, message, suggestion));
    }
}
