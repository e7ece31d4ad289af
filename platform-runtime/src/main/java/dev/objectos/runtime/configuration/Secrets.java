package dev.objectos.runtime.configuration;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps secrets out of what people are shown of settings. */
final class Secrets {

    private static final String MASK = "******";
    private static final Pattern SECRET = Pattern
            .compile(
                    "(?i).*(password|passwd|secret|token|credential|private|api-?key|encryption-?key$|signing-?key$).*");
    /** {@code jdbc:postgresql://user:password@host?password=…} */
    private static final Pattern IN_ADDRESS = Pattern
            .compile("(?i)(?<=://)[^/@\\s]+:[^/@\\s]+(?=@)|(?<=password=)[^&;\\s]+");

    private Secrets() {}

    /** The value as it may be shown. */
    static String shown(String name, @Nullable Object value) {
        String text = String.valueOf(value);
        return SECRET.matcher(name).matches() && !text.isEmpty() ? MASK : IN_ADDRESS.matcher(text).replaceAll(MASK);
    }
}
