package dev.objectos.auth.password;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/** Passwords that whoever guesses tries first, whatever their letter case. */
public final class CommonPasswords {

    private CommonPasswords() {}

    /** Read when somebody chooses the first password: in lower case, one in each line, in the order of their bytes. */
    private static final class Known {

        static final SortedLines LINES = load("common-passwords.txt");

        private static SortedLines load(String list) {
            try (var content = Objects.requireNonNull(CommonPasswords.class.getResourceAsStream(list))) {
                return new SortedLines(MemorySegment.ofArray(content.readAllBytes()), '\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public static boolean contains(String password) {
        return Known.LINES.contains(password.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }
}
