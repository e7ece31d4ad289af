package dev.objectos.runtime.storage;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What keys and namespaces may look like, and in which order keys come. */
public final class StorageNames {

    /** Bytes of a key in UTF-8. */
    public static final int KEY_BYTES = 512;

    /** The order of keys, the same with every driver: by code point. */
    public static final Comparator<String> ORDER = (left, right) -> Arrays.compareUnsigned(utf8(left), utf8(right));

    private static final Pattern NAMESPACE = Pattern.compile("[a-z][a-z0-9._-]{0,63}");

    private StorageNames() {}

    /** @throws PlatformException {@code INVALID_REQUEST} where it cannot be a namespace */
    public static String namespace(String name) {
        if (!NAMESPACE.matcher(name).matches()) {
            throw invalid("The namespace \"" + name + "\" cannot be used: write a lower-case letter, then up to 63 "
                    + "lower-case letters, digits, dots, dashes or underscores");
        }
        return name;
    }

    /** @throws PlatformException {@code INVALID_REQUEST} where it cannot be a key */
    public static String key(String key) {
        if (key.isEmpty()) {
            throw invalid("A key must not be empty");
        }
        return prefix(key);
    }

    /** @throws PlatformException {@code INVALID_REQUEST} where no key can begin so */
    public static String prefix(String prefix) {
        if (prefix.length() > KEY_BYTES || utf8(prefix).length > KEY_BYTES) {
            throw invalid("A key has at most " + KEY_BYTES + " bytes in UTF-8; this one begins with "
                    + prefix.substring(0, 40));
        }
        if (prefix.codePoints().anyMatch(StorageNames::unfit)) {
            throw invalid("A key must hold neither control characters nor halves of a surrogate pair");
        }
        return prefix;
    }

    /** The least text that is above all keys of that prefix; null where there is none. */
    public static @Nullable String after(String prefix) {
        int[] points = prefix.codePoints().toArray();
        int last = points.length - 1;
        while (last >= 0 && points[last] == Character.MAX_CODE_POINT) {
            last--;
        }
        if (last < 0) {
            return null;
        }
        boolean beforeSurrogates = points[last] == Character.MIN_SURROGATE - 1;
        points[last] = beforeSurrogates ? Character.MAX_SURROGATE + 1 : points[last] + 1;
        return new String(points, 0, last + 1);
    }

    private static boolean unfit(int point) {
        return Character.isISOControl(point) || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static PlatformException invalid(String message) {
        return new PlatformException(RuntimeError.INVALID_REQUEST, message);
    }
}
