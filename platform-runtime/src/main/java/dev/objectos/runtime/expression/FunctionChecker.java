package dev.objectos.runtime.expression;

import static dev.objectos.runtime.expression.ExpressionType.BOOLEAN;
import static dev.objectos.runtime.expression.ExpressionType.DATE;
import static dev.objectos.runtime.expression.ExpressionType.DECIMAL;
import static dev.objectos.runtime.expression.ExpressionType.INSTANT;
import static dev.objectos.runtime.expression.ExpressionType.INTEGER;
import static dev.objectos.runtime.expression.ExpressionType.JSON;
import static dev.objectos.runtime.expression.ExpressionType.TEXT;
import static dev.objectos.runtime.expression.ExpressionType.TIME;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.math.BigDecimal;
import java.util.List;

/** The argument and result types of the functions. */
final class FunctionChecker {

    private static final int MAX_ROUNDING = 20;
    private static final int MAX_PATTERN = 1_000;

    private final TypeChecker checker;
    private final CallSite site;

    FunctionChecker(TypeChecker checker, CallSite site) {
        this.checker = checker;
        this.site = site;
    }

    Node check(Function function) {
        return switch (function) {
            case CONTAINS -> contains();
            case STARTS_WITH, ENDS_WITH -> call(function, BOOLEAN, TEXT, TEXT);
            case MATCHES -> matches();
            case SIZE -> size();
            case UPPER, LOWER, UPPER_ASCII, LOWER_ASCII, TRIM -> call(function, TEXT, TEXT);
            case SUBSTRING -> site.size() == 2
                    ? call(function, TEXT, TEXT, DECIMAL)
                    : call(function, TEXT, TEXT, DECIMAL, DECIMAL);
            case REPLACE -> call(function, TEXT, TEXT, TEXT, TEXT);
            case LEFT, RIGHT -> call(function, TEXT, TEXT, DECIMAL);
            case INDEX_OF -> call(function, INTEGER, TEXT, TEXT);
            case SPLIT -> split();
            case JOIN -> join();
            case IS_BLANK -> new Node.Call(function, site.only().nodes(), BOOLEAN);
            case COALESCE -> {
                site.arity(1, Integer.MAX_VALUE);
                yield same(function, checker.unified(site.parts(), site.nodes(), "'" + site.name() + "'"));
            }
            case GREATEST, LEAST -> extreme(function);
            case ABS -> new Node.Call(function, List.of(number(site.only())), number(site).type());
            case ROUND -> round();
            case FLOOR, CEIL -> new Node.Call(function, List.of(number(site.only())), INTEGER);
            case ADD_DAYS, ADD_MONTHS, ADD_YEARS -> {
                Node moment = moment(site.arity(2, 2), 0);
                yield new Node.Call(function, List.of(moment, site.number(1)), moment.type());
            }
            case ADD_HOURS, ADD_MINUTES -> call(function, INSTANT, INSTANT, DECIMAL);
            case ADD_SECONDS -> throw site.refusal(0, "'addSeconds' is not a function", "write + duration('30s')");
            case DAYS_BETWEEN ->
                new Node.Call(function, List.of(date(site.arity(2, 2), 0), date(site, 1)), INTEGER);
            case HOURS_BETWEEN, MINUTES_BETWEEN -> call(function, INTEGER, INSTANT, INSTANT);
            case SECONDS_BETWEEN -> call(function, DECIMAL, INSTANT, INSTANT);
            case YEAR, MONTH, MONTH_INDEX, DAY, DAY_INDEX, WEEKDAY ->
                new Node.Call(function, List.of(date(site.only(), 0)), INTEGER);
            case HOUR, MINUTE, SECOND -> {
                Node time = site.only().node(0).type().equals(TIME) ? site.node(0) : site.as(0, INSTANT);
                yield new Node.Call(function, List.of(time), INTEGER);
            }
        };
    }

    private Node call(Function function, ExpressionType result, ExpressionType... parameters) {
        site.arity(parameters.length, parameters.length);
        var arguments = new Node[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            arguments[i] = site.as(i, parameters[i]);
        }
        return new Node.Call(function, List.of(arguments), result);
    }

    private static Node same(Function function, List<Node> arguments) {
        return new Node.Call(function, arguments, arguments.getFirst().type());
    }

    private static Node number(CallSite site) {
        return site.number(0);
    }

    private Node contains() {
        site.arity(2, 2);
        if (site.node(0).type() instanceof ExpressionType.ListOf) {
            return checker.membership(site.parts().reversed(), site.nodes().reversed());
        }
        return call(Function.CONTAINS, BOOLEAN, TEXT, TEXT);
    }

    private Node matches() {
        Node call = call(Function.MATCHES, BOOLEAN, TEXT, TEXT);
        if (!(site.node(1) instanceof Node.Literal literal && literal.value() instanceof String pattern)) {
            throw site.refusal(1, "'matches' needs a constant pattern", "");
        }
        if (pattern.length() > MAX_PATTERN) {
            throw site.refusal(1, "the pattern has more than " + MAX_PATTERN + " characters", "");
        }
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw site.refusal(1, "the pattern is not valid: " + e.getDescription(), "");
        }
        return call;
    }

    private Node size() {
        ExpressionType type = site.only().node(0).type();
        Node counted = type instanceof ExpressionType.ListOf
                ? site.node(0)
                : type.equals(JSON) ? site.as(0, ExpressionType.list(JSON)) : site.text(0);
        return new Node.Call(Function.SIZE, List.of(counted), INTEGER);
    }

    private Node split() {
        Node call = call(Function.SPLIT, ExpressionType.list(TEXT), TEXT, TEXT);
        boolean constant = site.node(1) instanceof Node.Literal literal && literal.value() instanceof String text
                && !text.isEmpty();
        if (!constant) {
            throw site.refusal(1, "'split' needs a constant separator that is not empty", "");
        }
        return call;
    }

    private Node join() {
        site.arity(1, 2);
        Node list = site.as(0, ExpressionType.list(TEXT));
        Node separator = site.size() == 2 ? site.text(1) : new Node.Literal("", TEXT);
        return new Node.Call(Function.JOIN, List.of(list, separator), TEXT);
    }

    private Node extreme(Function function) {
        site.arity(1, Integer.MAX_VALUE);
        List<Node> values = site.size() == 1 && site.node(0) instanceof Node.Listing listing
                ? listing.elements()
                : checker.unified(site.parts(), site.nodes(), "'" + site.name() + "'");
        if (values.isEmpty() || !TypeRules.isOrdered(values.getFirst().type())) {
            throw site.refusal(0, "'" + site.name() + "' needs numbers, texts, dates or times", "");
        }
        return same(function, values);
    }

    private Node round() {
        site.arity(1, 2);
        if (site.size() == 1) {
            return new Node.Call(Function.ROUND, List.of(site.number(0)), INTEGER);
        }
        boolean constant = site.node(1) instanceof Node.Literal literal
                && literal.value() instanceof BigDecimal digits && digits.stripTrailingZeros().scale() <= 0
                && Numbers.within(digits, MAX_ROUNDING);
        if (!constant) {
            throw site.refusal(1, "'round' needs a constant number of digits, at most " + MAX_ROUNDING, "");
        }
        return new Node.Call(Function.ROUND, List.of(site.number(0), site.number(1)), DECIMAL);
    }

    /** A date or an instant, also one that a constant text spells. */
    private Node moment(CallSite call, int index) {
        ExpressionType type = call.node(index).type();
        return type.equals(INSTANT) ? call.node(index) : call.as(index, DATE);
    }

    private Node date(CallSite call, int index) {
        Node moment = moment(call, index);
        return moment.type().equals(INSTANT)
                ? new Node.Converted(Conversion.INSTANT_TO_DATE, moment, DATE)
                : moment;
    }
}
