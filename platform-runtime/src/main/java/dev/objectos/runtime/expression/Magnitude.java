package dev.objectos.runtime.expression;

import dev.objectos.runtime.metadata.FieldType;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The most that an expression's value can hold, found without a record, so that no row makes the database fail with a number
 * or a text that is too large.
 *
 * @param whole digits before the point
 * @param fraction digits after the point
 * @param text characters
 */
record Magnitude(long whole, long fraction, long text) {

    /** PostgreSQL's numeric takes 131,072 digits before and 16,383 after the point. */
    private static final long MAX_WHOLE = 100_000;
    private static final long MAX_FRACTION = 16_000;
    private static final long MAX_TEXT = 100_000_000;

    private static final long UNLIMITED_DIGITS = 1_000;
    private static final long UNLIMITED_TEXT = 1_000_000;

    /** More than any option or number has. */
    private static final long SHORT_TEXT = 10_000;

    private static final Magnitude SMALL = new Magnitude(20, 20, 100);

    boolean tooLarge() {
        return whole > MAX_WHOLE || fraction > MAX_FRACTION || text > MAX_TEXT;
    }

    private Magnitude max(Magnitude other) {
        return new Magnitude(Math.max(whole, other.whole), Math.max(fraction, other.fraction),
                Math.max(text, other.text));
    }

    private static Magnitude digits(long whole, long fraction) {
        return new Magnitude(whole, fraction, whole + fraction + 3);
    }

    private static Magnitude characters(long count) {
        return new Magnitude(0, 0, count);
    }

    /** What a stored field can hold. */
    static Magnitude of(FieldType type) {
        return switch (type) {
            case FieldType.Decimal decimal -> {
                Integer scale = decimal.scale();
                Integer precision = decimal.precision();
                long fraction = scale == null ? UNLIMITED_DIGITS : Math.max(scale, 0);
                yield digits(scale == null || precision == null ? UNLIMITED_DIGITS : precision, fraction);
            }
            case FieldType.Text text -> {
                Integer length = text.maxLength();
                yield characters(length == null ? UNLIMITED_TEXT : length);
            }
            case FieldType.Summary _,FieldType.Json _ -> new Magnitude(UNLIMITED_DIGITS + 20, UNLIMITED_DIGITS,
                    UNLIMITED_TEXT);
            case FieldType.Choice _,FieldType.AutoNumber _ -> characters(SHORT_TEXT);
            case FieldType.File _,FieldType.Choices _ -> characters(UNLIMITED_TEXT);
            default -> SMALL;
        };
    }

    /** What the expression can hold, given what its fields can. */
    static Magnitude of(Node node, Function<Node.FieldRead, Magnitude> fields) {
        return switch (node) {
            case Node.Literal literal -> switch (literal.value()) {
                case BigDecimal number -> digits(Math.max(number.precision() - number.scale(), 1L),
                        Math.max(number.scale(), 0));
                case String text -> characters(text.length());
                case null, default -> SMALL;
            };
            case Node.FieldRead read -> fields.apply(read);
            case Node.UserRead _,Node.ParamRead _,Node.Bound _,Node.Member _,Node.Element _ ->
                new Magnitude(UNLIMITED_DIGITS, UNLIMITED_DIGITS, UNLIMITED_TEXT);
            case Node.Arithmetic arithmetic -> arithmetic(arithmetic, fields);
            case Node.Concatenation(List<Node> parts) -> sum(parts, fields);
            case Node.Joined(String separator, List<Node> parts) ->
                characters(sum(parts, fields).text + (long) separator.length() * parts.size());
            case Node.Conditional conditional ->
                max(Stream.of(conditional.condition(), conditional.then(), conditional.otherwise()), fields);
            case Node.Converted converted -> of(converted.value(), fields).max(converted(converted.conversion()));
            case Node.Call call -> call(call, fields);
            case Node.Listing(List<Node> elements, ExpressionType _) -> max(elements.stream(), fields);
            case Node.Mapped mapped -> max(Stream.of(mapped.list(), mapped.body()), fields);
            case Node.Filtered filtered -> max(Stream.of(filtered.list(), filtered.condition()), fields);
            case Node.Equality equality -> max(Stream.of(equality.left(), equality.right()), fields);
            case Node.Ordering ordering -> max(Stream.of(ordering.left(), ordering.right()), fields);
            case Node.And(Node left, Node right) -> max(Stream.of(left, right), fields);
            case Node.Or(Node left, Node right) -> max(Stream.of(left, right), fields);
            case Node.Not(Node term) -> of(term, fields);
            case Node.Membership membership -> max(Stream.of(membership.element(), membership.list()), fields);
            case Node.Present(Node value) -> of(value, fields);
            case Node.Quantified quantified -> max(Stream.of(quantified.list(), quantified.condition()), fields);
            case Node.Now _,Node.Today _ -> SMALL;
        };
    }

    private static Magnitude max(Stream<Node> nodes, Function<Node.FieldRead, Magnitude> fields) {
        return nodes.map(node -> of(node, fields)).reduce(SMALL, Magnitude::max);
    }

    private static Magnitude sum(List<Node> parts, Function<Node.FieldRead, Magnitude> fields) {
        Magnitude widest = max(parts.stream(), fields);
        long text = parts.stream().mapToLong(part -> of(part, fields).text).sum();
        return new Magnitude(widest.whole, widest.fraction, text);
    }

    private static Magnitude arithmetic(Node.Arithmetic arithmetic, Function<Node.FieldRead, Magnitude> fields) {
        Magnitude a = of(arithmetic.left(), fields);
        Magnitude b = of(arithmetic.right(), fields);
        return switch (arithmetic.operation()) {
            case ADD, SUBTRACT -> digits(Math.max(a.whole, b.whole) + 1, Math.max(a.fraction, b.fraction));
            case MULTIPLY -> digits(a.whole + b.whole, a.fraction + b.fraction);
            case DIVIDE -> digits(a.whole + b.fraction + 21, Math.max(a.fraction + 1, 20));
            case REMAINDER -> digits(Math.max(a.whole, b.whole), Math.max(a.fraction, b.fraction));
        };
    }

    private static Magnitude converted(Conversion conversion) {
        return switch (conversion) {
            case TEXT_TO_NUMBER -> digits(400, 400);
            case JSON_TO_NUMBER -> digits(Conversions.MAX_JSON_NUMBER, Conversions.MAX_JSON_NUMBER);
            default -> SMALL;
        };
    }

    private static Magnitude call(Node.Call call, Function<Node.FieldRead, Magnitude> fields) {
        Magnitude widest = max(call.arguments().stream(), fields);
        return switch (call.function()) {
            case REPLACE -> new Magnitude(widest.whole, widest.fraction, Math.max(widest.text, Texts.MAX_REPLACED));
            case JOIN -> new Magnitude(widest.whole, widest.fraction, widest.text * 10);
            case ROUND, FLOOR, CEIL -> digits(widest.whole + 21, widest.fraction);
            default -> widest;
        };
    }
}
