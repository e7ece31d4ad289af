package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.Violation.Severity;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Entry;
import dev.objectos.runtime.metadata.yaml.Element.Items;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares what was written with a shape, reports the differences, and hands on the element in canonical spelling:
 * aliases replaced, wrong values removed, unknown keys kept.
 */
final class ShapeChecker {

    private final Findings findings;

    ShapeChecker(Findings findings) {
        this.findings = findings;
    }

    Entries check(Shape shape, Entries written) {
        var result = new LinkedHashMap<String, Entry>();
        var spelled = new LinkedHashMap<String, String>();
        written.entries().forEach((word, entry) -> {
            Key key = shape.key(word);
            if (key == null) {
                unknown(shape, word, entry);
                result.putIfAbsent(word, entry);
            } else if (key.role() == Key.Role.LIFTED && entry.value() instanceof Entries inner) {
                lift(shape, key, inner, entry, result, spelled);
            } else {
                take(shape, key, word, entry, result, spelled);
            }
        });
        for (Key key : shape.keys()) {
            if (key.mandatory() && !result.containsKey(key.name()) && !spelled.containsKey(key.name())) {
                findings.error(written.where(), shape.title() + " needs '" + key.name() + "'",
                        "add " + key.name() + ":" + example(key.value()));
            }
        }
        return new Entries(result, written.where());
    }

    private void take(Shape shape, Key key, String word, Entry entry, Map<String, Entry> result,
            Map<String, String> spelled) {
        String earlier = spelled.putIfAbsent(key.name(), word);
        if (earlier != null) {
            findings.error(entry.keyWhere(), "'" + earlier + "' and '" + word + "' of " + shape.title()
                    + " are the same thing", "keep one of them, best as '" + key.name() + "'");
            return;
        }
        if (entry.value().isNull() && !(key.value() instanceof Value.Any)) {
            spelled.remove(key.name());
            return;
        }
        Element value = convert(key.value(), word, entry.value());
        if (value != null) {
            result.put(key.name(), new Entry(entry.keyWhere(), value));
        }
    }

    private void lift(Shape shape, Key key, Entries inner, Entry entry, Map<String, Entry> result,
            Map<String, String> spelled) {
        if (!(key.value() instanceof Value.Nested(var nested))) {
            throw new IllegalStateException(key.name() + " is lifted but has no shape");
        }
        Shape innerShape = nested.get();
        var rest = new LinkedHashMap<String, Entry>();
        inner.entries().forEach((word, part) -> {
            Key innerKey = innerShape.key(word);
            if (innerKey == null) {
                unknown(innerShape, word, part);
                rest.put(word, part);
            } else if (innerKey.role() == Key.Role.DESCRIPTIVE) {
                rest.put(innerKey.name(), part);
            } else {
                take(shape, innerKey, key.name() + "." + word, part, result, spelled);
            }
        });
        if (!rest.isEmpty()) {
            result.put(key.name(), new Entry(entry.keyWhere(), new Entries(rest, inner.where())));
        }
    }

    private void unknown(Shape shape, String word, Entry entry) {
        Severity severity = shape.unknown();
        if (severity != null) {
            findings.report(severity, entry.keyWhere(), shape.title() + " has no key '" + word + "'",
                    Spelling.suggest(word, shape.words()));
        }
    }

    /** The value in canonical form, or null where it is of the wrong kind, which is then reported. */
    @Nullable
    Element convert(Value expected, String word, Element written) {
        return switch (expected) {
            case Value.Any _ -> written;
            case Value.Text _ ->
                written instanceof Scalar && !written.isNull() ? written : wrong(expected, word, written);
            case Value.Flag _ ->
                written instanceof Scalar(Boolean _, _, _, _) ? written : wrong(expected, word, written);
            case Value.Decimal _ -> written instanceof Scalar scalar && scalar.isNumber()
                    ? written
                    : wrong(expected, word, written);
            case Value.Whole whole -> whole(whole, word, written);
            case Value.Expression _ -> written instanceof Scalar scalar && scalar.value() != null
                    ? new Scalar(scalar.text(), scalar.text(), scalar.lead(), scalar.where())
                    : wrong(expected, word, written);
            case Value.Word choice -> word(choice, word, written);
            case Value.Many many -> many(many, word, written);
            case Value.Dictionary(Value element) -> written instanceof Entries map
                    ? each(element, map)
                    : wrong(expected, word, written);
            case Value.Named named -> named(named, word, written);
            case Value.Nested(var shape) -> written instanceof Entries map
                    ? check(shape.get(), map)
                    : wrong(expected, word, written);
            case Value.Either(var alternatives) -> {
                for (Value alternative : alternatives) {
                    if (fits(alternative, written)) {
                        yield convert(alternative, word, written);
                    }
                }
                yield wrong(expected, word, written);
            }
        };
    }

    private static boolean fits(Value value, Element written) {
        return switch (value) {
            case Value.Any _ -> true;
            case Value.Text _,Value.Expression _ -> written instanceof Scalar && !written.isNull();
            case Value.Word(var words) -> written instanceof Scalar scalar && words.containsKey(scalar.text());
            case Value.Flag _ -> written instanceof Scalar(Boolean _, _, _, _);
            case Value.Whole _,Value.Decimal _ -> written instanceof Scalar scalar && scalar.isNumber();
            case Value.Many many -> written instanceof Items || (many.single() && fits(many.element(), written));
            case Value.Dictionary _,Value.Nested _ -> written instanceof Entries;
            case Value.Named(_, boolean keyedOnly) ->
                written instanceof Entries || (!keyedOnly && written instanceof Items);
            case Value.Either(var alternatives) -> alternatives.stream().anyMatch(one -> fits(one, written));
        };
    }

    private @Nullable Element whole(Value.Whole expected, String word, Element written) {
        BigDecimal number = written instanceof Scalar scalar ? scalar.number() : null;
        if (number == null) {
            return wrong(expected, word, written);
        }
        int value;
        try {
            value = number.intValueExact();
        } catch (ArithmeticException e) {
            return wrong(expected, word, written);
        }
        Integer min = expected.min();
        Integer max = expected.max();
        if ((min != null && value < min) || (max != null && value > max)) {
            findings.error(written.where(), "'" + word + "' is " + value + ", out of bounds", bounds(min, max));
            return null;
        }
        return new Scalar(value, number.toPlainString(), 0, written.where());
    }

    private static String bounds(@Nullable Integer min, @Nullable Integer max) {
        if (max == null) {
            return "write " + min + " or more";
        }
        return min == null ? "write " + max + " or less" : "write a number from " + min + " to " + max;
    }

    private @Nullable Element word(Value.Word expected, String word, Element written) {
        if (!(written instanceof Scalar scalar)) {
            return wrong(expected, word, written);
        }
        String canonical = expected.words().get(scalar.text());
        if (canonical == null) {
            String near = Spelling.suggest(scalar.text(), expected.words().keySet());
            findings.error(written.where(), "'" + word + "' does not know '" + scalar.text() + "'",
                    near.isEmpty() ? "write " + wordsOf(expected) : near);
            return null;
        }
        return Scalar.of(canonical, scalar.where());
    }

    private @Nullable Element many(Value.Many expected, String word, Element written) {
        if (written instanceof Items items) {
            var list = new ArrayList<Element>(items.elements().size());
            for (Element item : items.elements()) {
                Element converted = convert(expected.element(), word, item);
                if (converted != null) {
                    list.add(converted);
                }
            }
            return new Items(list, items.where());
        }
        if (expected.single() && fits(expected.element(), written)) {
            Element converted = convert(expected.element(), word, written);
            return converted == null ? null : new Items(List.of(converted), written.where());
        }
        return expected.single() && expected.element() instanceof Value.Word && written instanceof Scalar
                ? convert(expected.element(), word, written)
                : wrong(expected, word, written);
    }

    private Entries each(Value element, Entries map) {
        var result = new LinkedHashMap<String, Entry>();
        map.entries().forEach((name, entry) -> {
            Element converted = convert(element, name, entry.value());
            if (converted != null) {
                result.put(name, new Entry(entry.keyWhere(), converted));
            }
        });
        return new Entries(result, map.where());
    }

    private @Nullable Element named(Value.Named expected, String word, Element written) {
        if (written instanceof Entries map) {
            return each(expected.element(), nullsAsMaps(map));
        }
        if (expected.keyedOnly() || !(written instanceof Items items)) {
            return wrong(expected, word, written);
        }
        var result = new LinkedHashMap<String, Entry>();
        int number = 0;
        for (Element item : items.elements()) {
            number++;
            Element converted = convert(expected.element(), word, item);
            if (converted == null) {
                continue;
            }
            String name = converted instanceof Entries map ? map.text("name") : null;
            SourceLocation where = name == null ? item.where() : ((Entries) converted).valueWhere("name");
            String key = name == null ? word + "_" + number : name;
            if (result.putIfAbsent(key, new Entry(where, converted)) != null) {
                findings.error(where, "two of '" + word + "' are named '" + key + "'", "give each its own name");
            }
        }
        return new Entries(result, items.where());
    }

    /** A name with nothing behind it is an element with nothing said about it. */
    private static Entries nullsAsMaps(Entries map) {
        var result = new LinkedHashMap<String, Entry>();
        map.entries().forEach((name, entry) -> result.put(name, entry.value().isNull()
                ? new Entry(entry.keyWhere(), Entries.empty(entry.value().where()))
                : entry));
        return new Entries(result, map.where());
    }

    private @Nullable Element wrong(Value expected, String word, Element written) {
        findings.error(written.where(), "'" + word + "' must be " + describe(expected) + ", not " + written.kind(),
                "write " + word + ":" + hint(expected, written));
        return null;
    }

    private static String hint(Value expected, Element written) {
        if (expected instanceof Value.Flag && written instanceof Scalar scalar) {
            return switch (scalar.text().toLowerCase(Locale.ROOT)) {
                case "true", "yes", "on", "1" -> " true";
                case "false", "no", "off", "0" -> " false";
                default -> " true or false, without quotes";
            };
        }
        if ((expected instanceof Value.Whole || expected instanceof Value.Decimal) && written instanceof Scalar scalar
                && scalar.value() instanceof String && CoreSchema.resolve(scalar.text()) instanceof Number) {
            return " " + scalar.text() + ", without quotes";
        }
        return example(expected);
    }

    private static String describe(Value value) {
        return switch (value) {
            case Value.Text _ -> "text";
            case Value.Flag _ -> "true or false";
            case Value.Whole _ -> "a whole number";
            case Value.Decimal _ -> "a number";
            case Value.Any _ -> "anything";
            case Value.Expression _ -> "an expression";
            case Value.Word choice -> "one of " + wordsOf(choice);
            case Value.Many(_, boolean single) -> single ? "one value or a list" : "a list";
            case Value.Dictionary _,Value.Nested _ -> "a map";
            case Value.Named(_, boolean keyedOnly) -> keyedOnly ? "a map" : "a map or a list";
            case Value.Either(var alternatives) -> String.join(" or ",
                    alternatives.stream().map(ShapeChecker::describe).distinct().toList());
        };
    }

    private static String example(Value value) {
        return switch (value) {
            case Value.Text _ -> " some text";
            case Value.Flag _ -> " true";
            case Value.Whole _,Value.Decimal _ -> " 10";
            case Value.Any _ -> " …";
            case Value.Expression _ -> " \"record.amount > 0\"";
            case Value.Word(var words) -> " " + words.values().iterator().next();
            case Value.Many(Value element, _) -> " [" + example(element).strip() + "]";
            case Value.Dictionary _,Value.Nested _,Value.Named _ -> " {…}";
            case Value.Either(var alternatives) -> example(alternatives.getFirst());
        };
    }

    private static String wordsOf(Value.Word choice) {
        return String.join(", ", choice.words().values().stream().distinct().toList());
    }
}
