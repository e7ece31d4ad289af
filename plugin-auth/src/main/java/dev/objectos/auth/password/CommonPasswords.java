package dev.objectos.auth.password;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Passwords that whoever guesses tries first, whatever their letter case. */
public final class CommonPasswords {

    private static final String LIST = "common-passwords.txt";

    private final Set<String> known;

    private CommonPasswords(Set<String> known) {
        this.known = known;
    }

    /** The list that comes with this plugin: one in each line, in lower case; lines that begin with {@code ##} say what follows. */
    public static CommonPasswords load() {
        try (var reader = new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(CommonPasswords.class.getResourceAsStream(LIST)),
                        StandardCharsets.UTF_8))) {
            return new CommonPasswords(reader.lines().filter(line -> !line.isEmpty() && !line.startsWith("##"))
                    .collect(Collectors.toUnmodifiableSet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean contains(String password) {
        return known.contains(password.toLowerCase(Locale.ROOT));
    }

    int size() {
        return known.size();
    }
}
