package dev.objectos.runtime.expression;

import static dev.objectos.runtime.expression.ExpressionType.BOOLEAN;
import static dev.objectos.runtime.expression.ExpressionType.DATE;
import static dev.objectos.runtime.expression.ExpressionType.DECIMAL;
import static dev.objectos.runtime.expression.ExpressionType.DURATION;
import static dev.objectos.runtime.expression.ExpressionType.INSTANT;
import static dev.objectos.runtime.expression.ExpressionType.INTEGER;
import static dev.objectos.runtime.expression.ExpressionType.JSON;
import static dev.objectos.runtime.expression.ExpressionType.NULL;
import static dev.objectos.runtime.expression.ExpressionType.TEXT;
import static dev.objectos.runtime.expression.ExpressionType.TIME;

import dev.cel.common.ast.CelExpr;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks what is written like a call: the forms that bind names or take conditions here, functions elsewhere. */
final class CallChecker {

    /** Lists inside lists that may be walked through, so that the time an evaluation takes stays bounded. */
    private static final int MAX_LISTS = 2;

    private final TypeChecker checker;
    private final Names names;
    private final CelSyntax syntax;

    CallChecker(TypeChecker checker, Names names, CelSyntax syntax) {
        this.checker = checker;
        this.names = names;
        this.syntax = syntax;
    }

    Node check(CelExpr part) {
        CelExpr.CelCall call = part.call();
        var parts = new ArrayList<CelExpr>();
        call.target().filter(target -> !isNamespace(target)).ifPresent(parts::add);
        parts.addAll(call.args());
        String form = Function.normalized(call.function());
        return switch (form) {
            case "has" -> has(part, parts);
            case "exists" -> quantified(part, parts, Node.Quantifier.EXISTS);
            case "all" -> quantified(part, parts, Node.Quantifier.ALL);
            case "existsone" -> quantified(part, parts, Node.Quantifier.EXISTS_ONE);
            case "map" -> mapped(part, parts);
            case "filter" -> filtered(part, parts);
            default -> form(part, form, parts);
        };
    }

    /** {@code math.greatest(…)}, {@code strings.…}: CEL's libraries, where nothing has that name. */
    private boolean isNamespace(CelExpr target) {
        return target.getKind() == CelExpr.ExprKind.Kind.IDENT && !names.knows(target.ident().name())
                && (target.ident().name().equals("math") || target.ident().name().equals("strings"));
    }

    private Node form(CelExpr part, String form, List<CelExpr> parts) {
        Optional<Function> function = Function.find(form);
        boolean known = function.isPresent()
                || Function.FORMS.stream().anyMatch(name -> Function.normalized(name).equals(form));
        if (!known) {
            String name = part.call().function();
            int offset = syntax.text().before(syntax.offset(part), name);
            throw new Refusal(syntax.text().problem(offset, "there is no function '" + name + "'",
                    Spelling.suggestion(name, Function.spellings())));
        }
        var site = new CallSite(checker, syntax, part, parts, checker.checkAll(parts));
        return function.isPresent() ? new FunctionChecker(checker, site).check(function.get()) : form(site, form);
    }

    private Node form(CallSite site, String form) {
        return switch (form) {
            case "if" -> {
                site.arity(2, 3);
                yield condition(site.truth(0), site, 1, site.size() > 2 ? site.node(2) : new Node.Literal(null, NULL));
            }
            case "case" -> choice(site);
            case "and", "or" -> folded(site, form.equals("and"));
            case "not" -> new Node.Not(site.only().truth(0));
            case "concat" -> {
                site.arity(1, Integer.MAX_VALUE);
                var texts = new ArrayList<Node>();
                for (int i = 0; i < site.size(); i++) {
                    texts.add(asText(site, i));
                }
                yield ArithmeticChecker.concatenation(texts);
            }
            case "today" -> {
                site.arity(0, 0);
                yield names.clock(Variable.TODAY, site.offset());
            }
            case "now" -> {
                site.arity(0, 0);
                yield names.clock(Variable.NOW, site.offset());
            }
            case "date" -> date(site);
            case "timestamp", "datetime" -> timestamp(site.only());
            case "duration" -> duration(site.only());
            case "string", "text" -> asText(site.only(), 0);
            case "int" -> integer(site.only());
            case "double", "number", "value" -> number(site.only());
            case "bool" -> site.only().truth(0);
            case "mod" -> {
                site.arity(2, 2);
                Node left = site.number(0);
                Node right = site.number(1);
                boolean whole = left.type().equals(INTEGER) && right.type().equals(INTEGER);
                yield new Node.Arithmetic(Node.Operation.REMAINDER, left, right, whole ? INTEGER : DECIMAL);
            }
            case "isnull" -> new Node.Not(new Node.Present(site.only().node(0)));
            case "ispickval" -> {
                site.arity(2, 2);
                TypeRules.Pair sides = checker.pair(site.part(1), site.node(0), site.node(1), site.name());
                yield new Node.Equality(false, sides.left(), sides.right());
            }
            case "ischanged" -> changed(site.only());
            default -> throw new IllegalStateException("a form that is not checked: " + form);
        };
    }

    private Node condition(Node condition, CallSite site, int then, Node otherwise) {
        CelExpr part = site.part(Math.min(then + 1, site.size() - 1));
        TypeRules.Pair branches = checker.pair(part, site.node(then), otherwise, site.name());
        return new Node.Conditional(condition, branches.left(), branches.right(), branches.type());
    }

    /** {@code case(x, a, 1, b, 2, 3)}: 1 where x is a, 2 where it is b, else 3. */
    private Node choice(CallSite site) {
        site.arity(4, 100);
        if (site.size() % 2 != 0) {
            throw checker.refusal(site.part(0),
                    "case needs a value, pairs of a value and a result, and a result for the rest",
                    "");
        }
        Node result = site.node(site.size() - 1);
        for (int i = site.size() - 3; i > 0; i -= 2) {
            TypeRules.Pair sides = checker.pair(site.part(i), site.node(0), site.node(i), site.name());
            result = condition(new Node.Equality(false, sides.left(), sides.right()), site, i + 1, result);
        }
        return result;
    }

    private static Node folded(CallSite site, boolean and) {
        site.arity(1, Integer.MAX_VALUE);
        Node result = site.truth(0);
        for (int i = 1; i < site.size(); i++) {
            result = and ? new Node.And(result, site.truth(i)) : new Node.Or(result, site.truth(i));
        }
        return result;
    }

    private Node asText(CallSite site, int index) {
        Node value = site.node(index);
        ExpressionType type = value.type();
        Conversion conversion = conversionToText(type);
        if (type.equals(TEXT)) {
            return value;
        }
        if (type.equals(NULL)) {
            return new Node.Literal(null, TEXT);
        }
        if (conversion == null) {
            throw checker.refusal(site.part(index), type + " cannot be turned into text", "");
        }
        return new Node.Converted(conversion, value, TEXT);
    }

    private static @Nullable Conversion conversionToText(ExpressionType type) {
        if (type instanceof ExpressionType.Reference) {
            return Conversion.ID_TO_TEXT;
        }
        if (TypeRules.isNumber(type)) {
            return Conversion.NUMBER_TO_TEXT;
        }
        if (type.equals(BOOLEAN)) {
            return Conversion.BOOLEAN_TO_TEXT;
        }
        if (type.equals(DATE)) {
            return Conversion.DATE_TO_TEXT;
        }
        if (type.equals(INSTANT)) {
            return Conversion.INSTANT_TO_TEXT;
        }
        return type.equals(TIME) ? Conversion.TIME_TO_TEXT : type.equals(JSON) ? Conversion.JSON_SCALAR_TO_TEXT : null;
    }

    private Node number(CallSite site) {
        Node value = site.node(0);
        if (!value.type().equals(TEXT)) {
            return site.number(0);
        }
        if (value instanceof Node.Literal literal && literal.value() instanceof String text) {
            Object number = Conversions.number(text);
            if (number == null) {
                throw checker.refusal(site.part(0), "'" + text + "' is not a number", "");
            }
            return new Node.Literal(number, DECIMAL);
        }
        return new Node.Converted(Conversion.TEXT_TO_NUMBER, value, DECIMAL);
    }

    private Node integer(CallSite site) {
        Node number = number(site);
        return number.type().equals(INTEGER)
                ? number
                : new Node.Converted(Conversion.NUMBER_TO_INTEGER, number, INTEGER);
    }

    private Node date(CallSite site) {
        if (site.size() == 3) {
            return dateOf(site);
        }
        Node value = site.only().node(0);
        if (value.type().equals(INSTANT)) {
            return new Node.Converted(Conversion.INSTANT_TO_DATE, value, DATE);
        }
        return fromText(site, value, DATE, Conversion.TEXT_TO_DATE);
    }

    private Node dateOf(CallSite site) {
        var parts = new Object[3];
        for (int i = 0; i < parts.length; i++) {
            if (!(site.node(i) instanceof Node.Literal literal && literal.value() instanceof BigDecimal number)) {
                throw checker.refusal(site.part(i), "date(year, month, day) needs constants",
                        "write addDays or addMonths for dates that depend on the record");
            }
            parts[i] = number.longValue();
        }
        String text = String.format(Locale.ROOT, "%04d-%02d-%02d", parts);
        Object date = Conversions.fromText(text, DATE);
        if (date == null) {
            throw checker.refusal(site.part(0), "there is no date " + text, "");
        }
        return new Node.Literal(date, DATE);
    }

    private Node timestamp(CallSite site) {
        Node value = site.node(0);
        return fromText(site, value, INSTANT, Conversion.TEXT_TO_INSTANT);
    }

    private Node fromText(CallSite site, Node value, ExpressionType type, Conversion conversion) {
        if (value.type().equals(TEXT) && !(value instanceof Node.Literal)) {
            return new Node.Converted(conversion, value, type);
        }
        return TypeRules.fit(value, type).orElseThrow(() -> {
            boolean text = value.type().equals(TEXT);
            String example = type.equals(DATE) ? "'2026-01-31'" : "'2026-01-31T14:30:00Z'";
            return checker.refusal(site.part(0),
                    text ? "the text is not a " + type : site.name() + " cannot take " + value.type(),
                    text ? "write it like " + example : "");
        });
    }

    private Node duration(CallSite site) {
        Object seconds = site.node(0) instanceof Node.Literal literal && literal.value() instanceof String text
                ? Spans.parse(text)
                : null;
        if (seconds == null) {
            throw checker.refusal(site.part(0), "duration needs a constant text such as '1h30m' or '3d'", "");
        }
        return new Node.Literal(seconds, DURATION);
    }

    private Node changed(CallSite site) {
        if (!(site.node(0) instanceof Node.FieldRead read) || read.previous()) {
            throw checker.refusal(site.part(0), "isChanged needs a field of the record", "isChanged(record.status)");
        }
        var before = new Node.FieldRead(true, read.path(), read.object(), read.fieldType());
        return new Node.Equality(true, read, names.previous(before, site.offset()));
    }

    private Node has(CelExpr part, List<CelExpr> parts) {
        boolean named = parts.size() == 1 && (parts.getFirst().getKind() == CelExpr.ExprKind.Kind.SELECT
                || parts.getFirst().getKind() == CelExpr.ExprKind.Kind.IDENT);
        if (!named) {
            throw checker.refusal(part, "has needs a field", "has(record.name)");
        }
        return new Node.Present(checker.check(parts.getFirst()));
    }

    private Node quantified(CelExpr part, List<CelExpr> parts, Node.Quantifier quantifier) {
        Walk walk = walk(part, parts, 3);
        Node condition = within(walk, () -> checker.fit(parts.get(2), checker.check(parts.get(2)), BOOLEAN,
                "'" + part.call().function() + "'"));
        return new Node.Quantified(quantifier, walk.element, walk.list, condition);
    }

    private Node mapped(CelExpr part, List<CelExpr> parts) {
        Walk walk = walk(part, parts, parts.size() == 4 ? 4 : 3);
        return within(walk, () -> {
            Node list = walk.list;
            if (parts.size() == 4) {
                Node condition = checker.fit(parts.get(2), checker.check(parts.get(2)), BOOLEAN, "'map'");
                list = new Node.Filtered(walk.element, list, condition);
            }
            CelExpr last = parts.getLast();
            Node body = checker.check(last);
            if (body.type() instanceof ExpressionType.ListOf || body.type().equals(NULL)) {
                throw checker.refusal(last, "a list of " + body.type() + " is not supported", "");
            }
            return new Node.Mapped(walk.element, list, body, ExpressionType.list(body.type()));
        });
    }

    private Node filtered(CelExpr part, List<CelExpr> parts) {
        Walk walk = walk(part, parts, 3);
        Node condition = within(walk,
                () -> checker.fit(parts.get(2), checker.check(parts.get(2)), BOOLEAN, "'filter'"));
        return new Node.Filtered(walk.element, walk.list, condition);
    }

    private record Walk(String name, Node.Bound element, Node list) {}

    private Walk walk(CelExpr part, List<CelExpr> parts, int arity) {
        if (parts.size() != arity || parts.get(1).getKind() != CelExpr.ExprKind.Kind.IDENT) {
            String name = part.call().function();
            throw checker.refusal(part, "'" + name + "' needs a list, a name for its elements, and an expression",
                    "list." + name + "(x, …)");
        }
        if (names.depth() >= MAX_LISTS) {
            throw checker.refusal(part, "lists are walked through more than " + MAX_LISTS + " deep", "");
        }
        Node list = checker.check(parts.getFirst());
        if (list.type().equals(JSON)) {
            list = checker.fit(parts.getFirst(), list, ExpressionType.list(JSON), part.call().function());
        }
        if (!(list.type() instanceof ExpressionType.ListOf(ExpressionType type))) {
            throw checker.refusal(parts.getFirst(), "'" + part.call().function() + "' needs a list, not " + list.type(),
                    "");
        }
        return new Walk(parts.get(1).ident().name(), new Node.Bound(names.depth(), type), list);
    }

    private Node within(Walk walk, Supplier<Node> body) {
        Node.Bound hidden = names.bind(walk.name, walk.element);
        try {
            return body.get();
        } finally {
            names.bind(walk.name, hidden);
        }
    }
}
