package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldType.SummaryFunction;
import dev.objectos.runtime.metadata.OnDelete;
import dev.objectos.runtime.metadata.SelectOption;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads what a field holds from its attributes. Names of other objects are looked up later. */
final class TypeReader {

    /** Some authors call the digits after the point a precision; nobody means so few digits in all. */
    private static final int MOST_AFTER_THE_POINT = 4;

    private static final String DEFAULT_NUMBER = "{0000}";
    private static final Pattern NUMBER_SLOT = Pattern.compile("\\{0+}");
    private static final Pattern SLOTS = Pattern.compile("\\{(0+|YYYY|YY|MM|DD)}");
    private static final Set<String> FORMATS = Set.of("email", "url", "phone");

    private final String object;
    private final Findings findings;

    /**
     * @param object the object around the field, which a tree refers to by itself
     */
    TypeReader(String object, Findings findings) {
        this.object = object;
        this.findings = findings;
    }

    /** The canonical type name that the attributes give or imply, or null. */
    static @Nullable String typeName(Entries field) {
        String type = field.text("type");
        if (type != null) {
            return type;
        }
        if (field.has("reference_to")) {
            return "lookup";
        }
        return field.has("options") ? "select" : null;
    }

    @Nullable
    FieldType read(String type, Entries field, SourceLocation where) {
        TypeFamily family = Objects.requireNonNull(TypeFamily.of(type), type);
        unusedAttributes(type, family, field);
        return switch (family) {
            case TEXT -> field.flag("multiple") ? texts(type, field) : text(type, field);
            case PASSWORD -> {
                lengths(field);
                yield new FieldType.Password(field.whole("min_length"), field.whole("max_length"));
            }
            case SECRET -> new FieldType.Secret();
            case DECIMAL -> decimal(type, field);
            case WHOLE -> {
                bounds(field);
                Integer scale = field.whole("scale");
                if (scale != null && scale > 0) {
                    findings.error(field.valueWhere("scale"), "an integer has no digits after the point",
                            "write type: number");
                }
                yield new FieldType.Whole(field.number("min"), field.number("max"));
            }
            case BOOL -> new FieldType.Bool(type);
            case DATE -> new FieldType.Date();
            case TIME -> new FieldType.Time();
            case INSTANT -> new FieldType.Instant();
            case CHOICE -> choice(type, field, where);
            case CHOICES -> new FieldType.Choices(type, options(type, field, where, !type.equals("tags")));
            case REFERENCE -> reference(type, field, where);
            case FILE -> {
                Integer size = field.whole("max_size");
                yield new FieldType.File(type, field.flag("multiple"), size == null ? null : Long.valueOf(size));
            }
            case JSON -> new FieldType.Json(type, shape(field));
            case VECTOR -> new FieldType.Vector(field.whole("dimension"));
            case AUTONUMBER -> autonumber(field);
            case FORMULA -> formula(field, where);
            case SUMMARY -> summary(field, where);
        };
    }

    private void unusedAttributes(String type, TypeFamily family, Entries field) {
        field.entries().forEach((key, entry) -> {
            boolean off = entry.value() instanceof Scalar scalar && Boolean.FALSE.equals(scalar.value());
            if (!family.knows(key) && !off) {
                findings.warning(entry.keyWhere(), "'" + key + "' has no effect on a field of type " + type,
                        "remove it, or choose another type");
            }
        });
    }

    private FieldType text(String type, Entries field) {
        lengths(field);
        String pattern = field.text("pattern");
        if (pattern != null) {
            try {
                Pattern.compile(pattern);
            } catch (PatternSyntaxException e) {
                findings.error(field.valueWhere("pattern"), "the pattern is no regular expression: "
                        + e.getDescription(), "correct it at position " + (e.getIndex() + 1));
                pattern = null;
            }
        }
        // `validation: {format: email}` says of a plain text what the type email says.
        Entries validation = field.map("validation");
        String format = validation == null ? null : validation.text("format");
        String name = type.equals("text") && format != null && FORMATS.contains(format) ? format : type;
        return new FieldType.Text(name, field.whole("min_length"), field.whole("max_length"), pattern);
    }

    /** Several texts, each of the form that the type asks for. */
    private FieldType texts(String type, Entries field) {
        for (String limit : List.of("min_length", "max_length", "pattern")) {
            if (field.has(limit)) {
                findings.warning(field.keyWhere(limit), "'" + limit + "' has no effect on a field with several texts",
                        "remove it");
            }
        }
        return new FieldType.Choices(type, List.of());
    }

    private void lengths(Entries field) {
        Integer min = field.whole("min_length");
        Integer max = field.whole("max_length");
        if (min != null && max != null && min > max) {
            findings.error(field.valueWhere("min_length"),
                    "min_length " + min + " is greater than max_length " + max, "exchange them");
        }
    }

    private void bounds(Entries field) {
        BigDecimal min = field.number("min");
        BigDecimal max = field.number("max");
        if (min != null && max != null && min.compareTo(max) > 0) {
            findings.error(field.valueWhere("min"),
                    "min " + min.toPlainString() + " is greater than max " + max.toPlainString(), "exchange them");
        }
    }

    private FieldType decimal(String type, Entries field) {
        bounds(field);
        Integer precision = field.whole("precision");
        Integer scale = field.whole("scale");
        if (precision != null && scale == null && precision <= MOST_AFTER_THE_POINT) {
            findings.warning(field.valueWhere("precision"), "precision without scale is taken for the digits after the "
                    + "point, since no number has just " + precision + " in all", "write scale: " + precision);
            scale = precision;
            precision = null;
        }
        if (precision != null && scale != null && scale > precision) {
            findings.error(field.valueWhere("scale"), "scale " + scale + " is greater than precision " + precision,
                    "precision counts all digits, those after the point included");
        }
        return new FieldType.Decimal(type, precision, scale, field.number("min"), field.number("max"));
    }

    private @Nullable FieldType choice(String type, Entries field, SourceLocation where) {
        if (!field.flag("multiple")) {
            return new FieldType.Choice(type, options(type, field, where, true));
        }
        if (type.equals("radio")) {
            findings.error(field.keyWhere("multiple"), "a radio field holds one value", "write type: checkboxes");
            return null;
        }
        return new FieldType.Choices(type, options(type, field, where, true));
    }

    private List<SelectOption> options(String type, Entries field, SourceLocation where, boolean needed) {
        Element written = field.get("options");
        List<SelectOption> options = written == null ? List.of() : new OptionReader(findings).read(written);
        if (options.isEmpty() && needed) {
            findings.error(where, "a field of type " + type + " needs options", "add options: [first, second]");
        }
        return options;
    }

    private @Nullable FieldType reference(String type, Entries field, SourceLocation where) {
        String target = field.text("reference_to");
        if (target == null) {
            target = switch (type) {
                case "user" -> Catalog.USER;
                case "tree" -> object;
                default -> null;
            };
        }
        if (target == null) {
            findings.error(where, "a field of type " + type + " needs reference_to",
                    "add reference_to: with the name of an object");
            return null;
        }
        boolean detail = type.equals("master_detail");
        String written = field.text("on_delete");
        if (field.flag("multiple")) {
            if (detail || type.equals("tree")) {
                findings.error(field.keyWhere("multiple"), "a field of type " + type + " has one parent",
                        "write type: lookup");
                return null;
            }
            if (written != null && !written.equals("set_null")) {
                findings.warning(field.keyWhere("on_delete"), "on_delete has no effect on a lookup with several values",
                        "remove it");
            }
            return new FieldType.References(type, target);
        }
        boolean required = detail || field.flag("required");
        if (required && "set_null".equals(written)) {
            findings.error(field.valueWhere("on_delete"), "a required lookup cannot be set to null",
                    "write on_delete: restrict or cascade");
        }
        OnDelete onDelete = written != null
                ? OnDelete.valueOf(written.toUpperCase(Locale.ROOT))
                : detail ? OnDelete.CASCADE : required ? OnDelete.RESTRICT : OnDelete.SET_NULL;
        return new FieldType.Reference(type, target, onDelete);
    }

    private List<FieldDefinition> shape(Entries field) {
        Entries written = field.map("fields");
        if (written == null) {
            return List.of();
        }
        var shape = new ArrayList<FieldDefinition>();
        var reader = new FieldReader(object, findings, false);
        for (var part : written.entries().entrySet()) {
            FieldDefinition inner = reader.read(part.getKey(), part.getValue());
            if (inner == null) {
                continue;
            }
            if (inner.type().derived()) {
                findings.error(part.getValue().keyWhere(), "a part of a composite cannot be of type "
                        + inner.type().name(), "move it to the object's own fields");
            } else {
                shape.add(inner);
            }
        }
        return shape;
    }

    private FieldType autonumber(Entries field) {
        String format = field.text("format");
        if (format == null) {
            Integer digits = field.whole("digits");
            String prefix = field.text("prefix");
            return new FieldType.AutoNumber((prefix == null ? "" : prefix)
                    + (digits == null ? DEFAULT_NUMBER : "{" + "0".repeat(digits) + "}"));
        }
        if (!NUMBER_SLOT.matcher(format).find()) {
            findings.error(field.valueWhere("format"), "the format has no place for the number",
                    "write one such as INV-{YYYY}-{0000}");
        } else if (SLOTS.matcher(format).replaceAll("").matches(".*[{}].*")) {
            findings.error(field.valueWhere("format"), "the format has a placeholder that is not known",
                    "use {0000}, {YYYY}, {YY}, {MM} and {DD}");
        }
        return new FieldType.AutoNumber(format);
    }

    private @Nullable FieldType formula(Entries field, SourceLocation where) {
        if (!(field.get("expression") instanceof Scalar expression)) {
            findings.error(where, "a formula needs an expression",
                    "add expression: \"record.price * record.quantity\"");
            return null;
        }
        String type = field.text("return_type");
        return new FieldType.Formula(Expressions.source(expression), type == null ? FieldType.Formula.INFERRED : type);
    }

    private @Nullable FieldType summary(Entries field, SourceLocation where) {
        Entries written = field.map("summary");
        String child = either(field, "summary_object", written, "object");
        String function = either(field, "summary_type", written, "function");
        String of = either(field, "summary_field", written, "field");
        if (child == null || function == null) {
            findings.error(where, "a summary needs a child object and a function",
                    "add summary: {object: lines, field: amount, function: sum}");
            return null;
        }
        var folding = SummaryFunction.valueOf(function.toUpperCase(Locale.ROOT));
        if (of == null && folding != SummaryFunction.COUNT) {
            findings.error(where, "a summary by " + function + " needs a field of " + child,
                    "add field: to the summary");
            return null;
        }
        Element filter = field.get("summary_filters");
        if (filter == null && written != null) {
            filter = written.get("filter");
        }
        ExpressionSource condition = filter == null || filter.isNull()
                ? null
                : new ConditionTranslator(findings, _ -> null).condition(filter);
        return new FieldType.Summary(child, written == null ? null : written.text("reference"), folding,
                folding == SummaryFunction.COUNT ? null : of, condition);
    }

    private @Nullable String either(Entries field, String flat, @Nullable Entries nested, String inner) {
        String outside = field.text(flat);
        String inside = nested == null ? null : nested.text(inner);
        if (outside != null && inside != null) {
            findings.error(field.keyWhere(flat), "'" + flat + "' and 'summary." + inner + "' are the same thing",
                    "keep one of them");
        }
        return inside != null ? inside : outside;
    }
}
