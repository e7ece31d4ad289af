package dev.objectos.server.query;

import dev.objectos.runtime.ErrorCode;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.metadata.FieldPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words of a query: names, paths and lists of them. */
public final class Words {

    private static final int MAX_PATH = 255;
    private static final int SHOWN = 60;

    private Words() {}

    /** Somebody else's text as a refusal shows it: quoted, and cut where it is long. */
    public static String quote(@Nullable Object text) {
        String whole = String.valueOf(text);
        return "\"" + (whole.length() <= SHOWN ? whole : whole.substring(0, SHOWN) + "…") + "\"";
    }

    static FieldPath path(@Nullable Object given, ErrorCode code, String what) {
        if (given instanceof String text && !text.isBlank() && text.length() <= MAX_PATH) {
            return FieldPath.parse(text.strip());
        }
        throw new PlatformException(code, what + " names a field by a text, not " + describe(given));
    }

    /** The elements of a list, or of a text with commas between them. */
    static List<?> list(Object given, ErrorCode code, String what) {
        return switch (given) {
            case List<?> list -> list;
            case String text when text.isBlank() -> List.of();
            case String text -> split(text);
            default -> throw new PlatformException(code,
                    what + " is a list or a text with commas, not " + describe(given));
        };
    }

    /** What was given in place of something else, as a refusal shows it. */
    public static String describe(@Nullable Object given) {
        return switch (given) {
            case null -> "null";
            case String text -> quote(text);
            case Number number -> "the number " + quote(number).replace("\"", "");
            case Boolean bool -> bool.toString();
            case List<?> _ -> "a list";
            default -> "an object";
        };
    }

    private static List<String> split(String text) {
        var parts = new ArrayList<String>();
        for (String part : text.split(",", -1)) {
            parts.add(part.strip());
        }
        return parts;
    }
}
