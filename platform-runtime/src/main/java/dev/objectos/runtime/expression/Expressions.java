package dev.objectos.runtime.expression;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cel.common.ast.CelExpr;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The expressions of one catalog: compiles them, and keeps what it compiled. */
public final class Expressions {

    /** Parts that an expression's SQL form may have, formulas written out. */
    private static final double MAX_WEIGHT = 20_000;

    private static final int KEPT = 10_000;
    private static final int SECONDS_OF_DAY = 86_400;

    private final Catalog catalog;
    private final Cache<Key, CompiledExpression> compiled = Caffeine.newBuilder().maximumSize(KEPT).build();
    private final Map<FormulaId, Outcome> formulas = new ConcurrentHashMap<>();

    private Expressions(Catalog catalog) {
        this.catalog = catalog;
    }

    public static Expressions of(Catalog catalog) {
        return catalog.derive(Expressions.class, Expressions::new);
    }

    private record Key(String text, Scope scope, @Nullable ExpressionType expected) {}

    private record FormulaId(String object, String field) {

        @Override
        public String toString() {
            return object + "." + field;
        }
    }

    private record Outcome(@Nullable CompiledExpression expression, @Nullable ExpressionException failure) {}

    /** The expression, whatever its type. */
    public CompiledExpression compile(ExpressionSource source, Scope scope) throws ExpressionException {
        return kept(source, scope, null);
    }

    /**
     * The expression as a value of that type, widened where that loses nothing (integer to number, date to datetime, json
     * to a scalar).
     */
    public CompiledExpression compile(ExpressionSource source, Scope scope, ExpressionType expected)
            throws ExpressionException {
        return kept(source, scope, expected);
    }

    /** The same for {@link ExpressionType#BOOLEAN}. */
    public CompiledExpression condition(ExpressionSource source, Scope scope) throws ExpressionException {
        return compile(source, scope, ExpressionType.BOOLEAN);
    }

    /** A formula field of an object, in its declared type. */
    public CompiledExpression formula(String object, String field) throws ExpressionException {
        String name = catalog.object(object).map(ObjectDefinition::name).orElse(object);
        return formula(new FormulaId(name, field), List.of());
    }

    private CompiledExpression kept(ExpressionSource source, Scope scope, @Nullable ExpressionType expected) {
        var key = new Key(source.text(), scope, expected);
        CompiledExpression known = compiled.getIfPresent(key);
        if (known == null) {
            known = compile(source, scope, expected, List.of());
            compiled.put(key, known);
        }
        return known;
    }

    /** @param within the formulas that are being compiled, outermost first */
    private CompiledExpression formula(FormulaId id, List<FormulaId> within) {
        Outcome outcome = formulas.get(id);
        if (outcome == null) {
            outcome = outcome(id, within);
            formulas.put(id, outcome);
        }
        if (outcome.failure != null) {
            throw outcome.failure;
        }
        return Objects.requireNonNull(outcome.expression);
    }

    private Outcome outcome(FormulaId id, List<FormulaId> within) {
        try {
            return new Outcome(compileFormula(id, within), null);
        } catch (ExpressionException e) {
            return new Outcome(null, e);
        } catch (Cycle cycle) {
            // Thrown by the last formula of the circle; each that it passes on its way to the first belongs to it.
            ExpressionSource source = source(id).expression();
            var problem = new SourceText(source).problem(0, "the formula refers to itself: " + cycle.getMessage(),
                    "break the circle");
            var failure = new ExpressionException(source.text(), List.of(problem));
            if (!cycle.first().equals(id)) {
                formulas.put(id, new Outcome(null, failure));
                throw cycle;
            }
            return new Outcome(null, failure);
        }
    }

    private FieldType.Formula source(FormulaId id) {
        FieldDefinition field = catalog.object(id.object).flatMap(object -> object.field(id.field))
                .orElseThrow(() -> new IllegalArgumentException("there is no field " + id));
        if (field.type() instanceof FieldType.Formula formula) {
            return formula;
        }
        throw new IllegalArgumentException(id + " is not a formula");
    }

    /** Formulas that refer to each other in a circle. */
    private static final class Cycle extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient List<FormulaId> members;

        Cycle(List<FormulaId> members) {
            super(described(members), null, false, false);
            this.members = List.copyOf(members);
        }

        FormulaId first() {
            return members.getFirst();
        }

        private static String described(List<FormulaId> members) {
            return members.stream().map(FormulaId::toString)
                    .collect(Collectors.joining(" → ", "", " → " + members.getFirst()));
        }
    }

    private CompiledExpression compileFormula(FormulaId id, List<FormulaId> within) {
        FieldType.Formula formula = source(id);
        var path = new ArrayList<>(within);
        path.add(id);
        return compile(formula.expression(), Scope.formula(id.object), ExpressionType.of(formula), path);
    }

    private CompiledExpression compile(ExpressionSource source, Scope scope, @Nullable ExpressionType expected,
            List<FormulaId> within) {
        var text = new SourceText(source);
        try {
            CelSyntax syntax = CelSyntax.parse(text);
            Node checked = TypeChecker.check(catalog, scope, syntax);
            Node node = expected == null ? checked : expected(syntax, checked, expected);
            ExpressionType type = expected == null ? checked.type() : expected;
            return measured(source, scope, syntax, node, type, within);
        } catch (Refusal refusal) {
            throw new ExpressionException(source.text(), refusal.problems());
        }
    }

    private static Node expected(CelSyntax syntax, Node node, ExpressionType expected) {
        CelExpr root = syntax.root();
        return TypeRules.fit(inDays(node, expected), expected)
                .orElseThrow(() -> new Refusal(syntax.text().problem(syntax.start(root),
                        "the expression gives " + node.type() + ", but " + expected + " is needed",
                        TypeChecker.hint(node.type(), expected))));
    }

    /** As a number, the time between two moments is counted in days like that between two dates. */
    private static Node inDays(Node node, ExpressionType expected) {
        if (!node.type().equals(ExpressionType.DURATION) || !TypeRules.isNumber(expected)) {
            return node;
        }
        Node days = new Node.Arithmetic(Node.Operation.DIVIDE, node,
                new Node.Literal(BigDecimal.valueOf(SECONDS_OF_DAY), ExpressionType.INTEGER), ExpressionType.DECIMAL);
        return expected.equals(ExpressionType.INTEGER)
                ? new Node.Converted(Conversion.NUMBER_TO_INTEGER, days, ExpressionType.INTEGER)
                : days;
    }

    private CompiledExpression measured(ExpressionSource source, Scope scope, CelSyntax syntax, Node node,
            ExpressionType type, List<FormulaId> within) {
        Map<Node.FieldRead, CompiledExpression> read = formulas(syntax, node, within);
        Magnitude magnitude = Magnitude.of(node, field -> {
            CompiledExpression formula = read.get(field);
            return formula == null ? Magnitude.of(field.fieldType()) : formula.magnitude();
        });
        if (magnitude.tooLarge()) {
            throw new Refusal(syntax.text().problem(0, "the value could become too large",
                    "multiply and join fewer fields, or limit their precision and max_length"));
        }
        boolean translatable = inSql(node);
        double weight = translatable ? weight(node, type, read) : 0;
        boolean light = weight <= MAX_WEIGHT;
        if (!light && scope.translated()) {
            throw new Refusal(
                    syntax.text().problem(0, "the expression is too long for the database once the formulas that it"
                            + " uses are written out", "use them less often, or simplify them"));
        }
        return new CompiledExpression(source.text(), type, node, read, translatable && light, weight, magnitude);
    }

    private Map<Node.FieldRead, CompiledExpression> formulas(CelSyntax syntax, Node node, List<FormulaId> within) {
        var found = new LinkedHashMap<Node.FieldRead, CompiledExpression>();
        Reads.each(node, part -> {
            if (part instanceof Node.FieldRead read && read.fieldType() instanceof FieldType.Formula) {
                found.computeIfAbsent(read, _ -> inner(syntax, read, within));
            }
        });
        return found;
    }

    private CompiledExpression inner(CelSyntax syntax, Node.FieldRead read, List<FormulaId> within) {
        var id = new FormulaId(read.object(), read.path().last());
        int again = within.indexOf(id);
        if (again >= 0) {
            throw new Cycle(within.subList(again, within.size()));
        }
        try {
            return formula(id, within);
        } catch (ExpressionException e) {
            throw new Refusal(syntax.text().problem(0, "it uses the formula " + id + ", which cannot be computed", ""));
        }
    }

    private static boolean inSql(Node node) {
        var possible = new boolean[]{true};
        Reads.each(node, part -> {
            boolean onlyInJvm = (part instanceof Node.FieldRead read && read.previous())
                    || part instanceof Node.ParamRead
                    || (part instanceof Node.Call call && call.function() == Function.MATCHES);
            possible[0] &= !onlyInJvm;
        });
        return possible[0];
    }

    private static double weight(Node node, ExpressionType type, Map<Node.FieldRead, CompiledExpression> formulas) {
        var translator = new SqlTranslator(Unbound.SCOPE, read -> {
            CompiledExpression formula = formulas.get(read);
            return formula == null ? 1 : formula.weight();
        });
        return translator.value(node).weight() + (type.equals(ExpressionType.INTEGER) ? 3 : 0);
    }

    /** Stands in for a statement, when only the shape of the SQL matters. */
    private static final class Unbound implements SqlScope {

        static final Unbound SCOPE = new Unbound();

        private static final Field<?> ANY = DSL.field("null");

        @Override
        public Field<?> record(FieldPath path) {
            return ANY;
        }

        @Override
        public Field<?> currentUser(String attribute) {
            return ANY;
        }

        @Override
        public Field<?> now() {
            return ANY;
        }

        @Override
        public Field<?> today() {
            return ANY;
        }
    }
}
