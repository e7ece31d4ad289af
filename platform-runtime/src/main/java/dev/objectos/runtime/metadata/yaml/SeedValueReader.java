package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Items;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value of a seed record as its field means it, where YAML or the habits of authors have it otherwise: a post code
 * that looks like a number, one value where several may stand, a moment without a zone. What has no such meaning stays as it
 * is, for the field to refuse.
 */
final class SeedValueReader {

    private static final Pattern MOMENT = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})"
            + "(?:[T ](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?) ?(Z|[+-]\\d{2}:\\d{2})?)?");
    private static final Pattern MIDNIGHT = Pattern.compile("00:00(:00(\\.0+)?)?");

    private SeedValueReader() {}

    /** The value as JSON would have it; one that depends on the moment of loading as <code>${…}</code> around plain CEL. */
    static @Nullable Object read(FieldType type, Element written) {
        return switch (type) {
            case FieldType.Text _,FieldType.Password _,FieldType.Secret _,FieldType.Choice _,FieldType.Reference _ ->
                text(written);
            case FieldType.File file -> file.multiple() ? texts(written) : text(written);
            case FieldType.Choices _,FieldType.References _ -> texts(written);
            case FieldType.Bool _ -> truth(written);
            case FieldType.Date _,FieldType.Time _,FieldType.Instant _ -> moment(type, written);
            case FieldType.Decimal _,FieldType.Whole _,FieldType.Id _,FieldType.Json _,FieldType.Vector _,FieldType.AutoNumber _,FieldType.Formula _,FieldType.Summary _ ->
                written.plain();
        };
    }

    private static @Nullable Object text(Element written) {
        return written instanceof Scalar scalar && scalar.value() != null ? scalar.text() : written.plain();
    }

    private static @Nullable Object texts(Element written) {
        return switch (written) {
            case Items items -> items.elements().stream().map(SeedValueReader::text).toList();
            case Scalar scalar when scalar.value() != null -> List.of(scalar.text());
            case Scalar _,Entries _ -> written.plain();
        };
    }

    private static @Nullable Object truth(Element written) {
        String word = written instanceof Scalar scalar ? scalar.text().toLowerCase(Locale.ROOT) : "";
        return switch (word) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> written.plain();
        };
    }

    private static @Nullable Object moment(FieldType type, Element written) {
        if (!(written instanceof Scalar scalar) || !(scalar.value() instanceof String text)) {
            return written.plain();
        }
        String computed = DefaultReader.computed(type, text);
        if (computed != null) {
            return "${" + computed + "}";
        }
        Matcher parts = MOMENT.matcher(text.strip());
        if (!parts.matches()) {
            return text;
        }
        String time = parts.group(2);
        return switch (type) {
            case FieldType.Date _ when time != null && MIDNIGHT.matcher(time).matches() -> parts.group(1);
            case FieldType.Instant _ -> parts.group(1) + "T" + (time == null ? "00:00" : time)
                    + (parts.group(3) == null ? "Z" : parts.group(3));
            default -> text;
        };
    }
}
