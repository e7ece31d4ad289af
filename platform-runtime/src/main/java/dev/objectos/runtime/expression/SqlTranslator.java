package dev.objectos.runtime.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/**
 * Turns a checked expression into SQL that gives the same values as the {@link Evaluator}, and fails for no row: casts and
 * divisions are guarded.
 */
final class SqlTranslator {

    /** PostgreSQL's functions take at most 100 arguments. */
    private static final int MAX_ARGUMENTS = 90;

    private final SqlScope scope;
    private final ToDoubleFunction<Node.FieldRead> weights;

    /** @param weights how many parts a field has when it is written out; a formula has more than one */
    SqlTranslator(SqlScope scope, ToDoubleFunction<Node.FieldRead> weights) {
        this.scope = scope;
        this.weights = weights;
    }

    Sql value(Node node) {
        return switch (node) {
            case Node.Literal(Object value, ExpressionType type) -> Sql.constant(value, type);
            case Node.FieldRead read -> field(read);
            case Node.UserRead read -> new Sql(scope.currentUser(read.attribute()), 1,
                    read.type().equals(ExpressionType.INTEGER));
            case Node.ParamRead _ -> throw new IllegalStateException("params have no SQL form");
            case Node.Now _ -> new Sql(scope.now(), 1, false);
            case Node.Today _ -> new Sql(scope.today(), 1, false);
            case Node.Bound element -> new Sql(DSL.field(DSL.name(alias(element), "v")), 1, false);
            case Node.Arithmetic arithmetic -> arithmetic(arithmetic);
            case Node.Concatenation(List<Node> parts) -> concatenation(parts);
            case Node.Joined(String separator, List<Node> parts) -> joined(separator, parts);
            case Node.Equality equality -> equality(equality);
            case Node.Ordering ordering -> ordering(ordering);
            case Node.And(Node left, Node right) -> Sql.of("({0} and {1})", value(left), value(right));
            case Node.Or(Node left, Node right) -> Sql.of("({0} or {1})", value(left), value(right));
            case Node.Not(Node term) -> Sql.of("(not {0})", value(term));
            case Node.Conditional conditional -> {
                List<Sql> branches = alike(List.of(conditional.then(), conditional.otherwise()));
                Sql choice = Sql.of("case when {0} then {1} else {2} end", value(conditional.condition()),
                        branches.getFirst(), branches.getLast());
                yield branches.getFirst().whole() ? choice.asWhole() : choice;
            }
            case Node.Membership membership -> Sql.of("coalesce({0}, false)", member(membership));
            case Node.Present(Node value) -> Sql.of("({0} is not null)", value(value));
            case Node.Listing listing -> listing(listing);
            case Node.Element element -> element(element);
            case Node.Member(Node json, String name) ->
                Sql.of("nullif(({0} -> {1}), cast('null' as jsonb))", value(json), Sql.text(name));
            case Node.Quantified quantified -> quantified(quantified);
            case Node.Mapped mapped -> rebuilt(mapped.list(), mapped.element(), numeric(mapped.body()),
                    Sql.inline(true));
            case Node.Filtered filtered ->
                rebuilt(filtered.list(), filtered.element(), value(filtered.element()), value(filtered.condition()));
            case Node.Converted converted ->
                SqlConversions.convert(converted.conversion(), value(converted.value()));
            case Node.Call call -> new SqlFunctions(this, call).translate();
        };
    }

    /** Where unknown counts as false: equality takes the form that an index serves, if one side is never null. */
    Condition condition(Node node) {
        return switch (node) {
            case Node.And(Node left, Node right) -> condition(left).and(condition(right));
            case Node.Or(Node left, Node right) -> condition(left).or(condition(right));
            case Node.Equality(boolean negated, Node left, Node right) when !negated
                    && (neverNull(left) || neverNull(right)) && !TypeRules.isNull(left) && !TypeRules.isNull(right) -> {
                List<Sql> sides = compared(left, right);
                yield DSL.condition("{0} = {1}", sides.getFirst().field(), sides.getLast().field());
            }
            case Node.Membership membership -> DSL.condition("{0}", member(membership).field());
            default -> DSL.condition("{0}", value(node).field());
        };
    }

    Sql numeric(Node node) {
        return value(node).numeric();
    }

    /** Numbers all whole, or all numeric. */
    List<Sql> alike(List<Node> nodes) {
        List<Sql> values = nodes.stream().map(this::value).toList();
        boolean whole = values.stream().allMatch(Sql::whole);
        return whole ? values : values.stream().map(Sql::numeric).toList();
    }

    private boolean neverNull(Node node) {
        boolean user = node instanceof Node.UserRead read && read.attribute().equals("id") && scope.userPresent();
        return user || !node.nullable();
    }

    private Sql field(Node.FieldRead read) {
        if (read.previous()) {
            throw new IllegalStateException("previous has no SQL form");
        }
        var column = new Sql(scope.record(read.path()), weights.applyAsDouble(read),
                read.type().equals(ExpressionType.INTEGER));
        return read.type().equals(ExpressionType.JSON)
                ? Sql.of("nullif({0}, cast('null' as jsonb))", column)
                : column;
    }

    private Sql arithmetic(Node.Arithmetic arithmetic) {
        Sql left = numeric(arithmetic.left());
        Sql right = numeric(arithmetic.right());
        return switch (arithmetic.operation()) {
            case ADD -> Sql.of("({0} + {1})", left, right);
            case SUBTRACT -> Sql.of("({0} - {1})", left, right);
            case MULTIPLY -> Sql.of("({0} * {1})", left, right);
            // PostgreSQL chooses the scale of a quotient by its size. Cut one digit after the twentieth, then rounded, it is
            // exactly the quotient rounded half up.
            case DIVIDE -> Sql.of("trim_scale(round(div({0} * 1000000000000000000000, nullif({1}, 0))"
                    + " * 0.000000000000000000001, " + Evaluator.DIVISION_SCALE + "))", left, right);
            case REMAINDER -> Sql.of("mod({0}, nullif({1}, 0))", left, right);
        };
    }

    private Sql concatenation(List<Node> parts) {
        Sql all = Sql.list(values(parts));
        if (parts.size() == 1) {
            return all;
        }
        boolean never = parts.stream().anyMatch(part -> !part.nullable());
        String text = parts.size() > MAX_ARGUMENTS ? "array_to_string(array[{0}], '')" : "concat({0})";
        return Sql.of(never ? text : "case when coalesce({0}) is not null then " + text + " end", all);
    }

    private Sql joined(String separator, List<Node> parts) {
        Sql texts = Sql.list(parts.stream().map(part -> Sql.of("nullif({0}, '')", value(part))).toList());
        String text = parts.size() > MAX_ARGUMENTS ? "array_to_string(array[{1}], {0})" : "concat_ws({0}, {1})";
        return Sql.of("nullif(" + text + ", '')", Sql.text(separator), texts);
    }

    private List<Sql> values(List<Node> nodes) {
        return nodes.stream().map(this::value).toList();
    }

    private Sql equality(Node.Equality equality) {
        boolean negated = equality.negated();
        if (TypeRules.isNull(equality.left()) || TypeRules.isNull(equality.right())) {
            Node other = TypeRules.isNull(equality.right()) ? equality.left() : equality.right();
            return Sql.of(negated ? "({0} is not null)" : "({0} is null)", value(other));
        }
        List<Sql> sides = compared(equality.left(), equality.right());
        boolean plain = neverNull(equality.left()) && neverNull(equality.right());
        String sign = plain ? negated ? "<>" : "=" : negated ? "is distinct from" : "is not distinct from";
        return Sql.of("({0} " + sign + " {1})", sides.getFirst(), sides.getLast());
    }

    /** Whole numbers stay whole when both are, for comparisons of bigint may use an index where numeric may not. */
    private List<Sql> compared(Node left, Node right) {
        return alike(List.of(left, right));
    }

    private Sql ordering(Node.Ordering ordering) {
        String sign = switch (ordering.order()) {
            case LESS -> "<";
            case LESS_OR_EQUAL -> "<=";
            case GREATER -> ">";
            case GREATER_OR_EQUAL -> ">=";
        };
        List<Sql> sides = compared(ordering.left(), ordering.right());
        String collation = ordering.left().type().equals(ExpressionType.TEXT) ? " collate \"C\"" : "";
        return Sql.of("({0}" + collation + " " + sign + " {1}" + collation + ")", sides.getFirst(), sides.getLast());
    }

    /** Null only where it is not: false is meant. */
    private Sql member(Node.Membership membership) {
        Node element = membership.element();
        boolean number = TypeRules.isNumber(element.type());
        Sql value = number ? numeric(element) : value(element);
        Sql list = value(membership.list());
        if (membership.list() instanceof Node.Listing(List<Node> elements, ExpressionType _)) {
            if (elements.isEmpty()) {
                return Sql.inline(false);
            }
            if (elements.stream().noneMatch(Node::nullable)) {
                List<Node> sides = new ArrayList<>(elements);
                sides.addFirst(element);
                List<Sql> alike = alike(sides);
                return Sql.of("({0} in ({1}))", alike.getFirst(), Sql.list(alike.subList(1, alike.size())));
            }
        } else if (membership.list() instanceof Node.FieldRead || membership.list() instanceof Node.UserRead) {
            return Sql.of("({0} = any({1}))", value, list); // lists of fields hold no null
        }
        return Sql.of("exists (select 1 from unnest({1}) as \"expr_m\"(\"v\")"
                + " where \"expr_m\".\"v\" is not distinct from {0})", value, list);
    }

    private Sql listing(Node.Listing listing) {
        boolean empty = listing.elements().isEmpty();
        Sql elements = empty ? Sql.inline("{}") : Sql.list(values(listing.elements()));
        return Sql.of((empty ? "cast({0} as " : "cast(array[{0}] as ") + Sql.typeName(listing.type()) + ")", elements);
    }

    private Sql element(Node.Element element) {
        Sql list = value(element.list());
        Sql index = SqlFunctions.position(element.index(), this, -1, Texts.MAX_POSITION);
        return element.type().equals(ExpressionType.JSON) && element.list().type().equals(ExpressionType.JSON)
                ? Sql.of("case when jsonb_typeof({0}) = 'array' and {1} >= 0"
                        + " then nullif(({0} -> {1}), cast('null' as jsonb)) end", list, index)
                : Sql.of("({0})[{1} + 1]", list, index);
    }

    private Sql quantified(Node.Quantified quantified) {
        Sql list = value(quantified.list());
        Sql condition = value(quantified.condition());
        String elements = " from unnest({0}) as \"" + alias(quantified.element()) + "\"(\"v\") where ";
        return switch (quantified.quantifier()) {
            case EXISTS -> Sql.of("exists (select 1" + elements + "{1})", list, condition);
            case ALL -> Sql.of("(not exists (select 1" + elements + "({1}) is not true))", list, condition);
            case EXISTS_ONE -> Sql.of("((select count(*)" + elements + "{1}) = 1)", list, condition);
        };
    }

    private Sql rebuilt(Node listNode, Node.Bound element, Sql each, Sql condition) {
        Sql list = value(listNode);
        String alias = "\"" + alias(element) + "\"";
        String array = "array(select {1} from unnest({0}) with ordinality as " + alias
                + "(\"v\", \"n\") where {2} order by "
                + alias + ".\"n\")";
        return listNode.nullable()
                ? Sql.of("case when {0} is not null then " + array + " end", list, each, condition)
                : Sql.of(array, list, each, condition);
    }

    private static String alias(Node.Bound element) {
        return "expr_e" + element.number();
    }
}
