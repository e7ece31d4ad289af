package dev.objectos.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BreachedPasswordsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("pwned.txt"), content);
    }

    private static String digest(String password) {
        try {
            return HexFormat.of().withUpperCase().formatHex(
                    MessageDigest.getInstance("SHA-1").digest(password.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Counts differ in their length, as those of real files do. */
    private static String ordered(int passwords, String lineEnd) {
        return IntStream.range(0, passwords).mapToObj(i -> digest("stolen " + i) + ":" + (i * 7919L)).sorted()
                .collect(Collectors.joining(lineEnd, "", lineEnd));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void areFoundInTheFileAndNoOthers(String lineEnd) throws IOException {
        for (int size : new int[]{1, 2, 3, 1_000}) {
            BreachedPasswords known = BreachedPasswords.in(file(ordered(size, lineEnd)));
            assertThat(IntStream.range(0, size).mapToObj(i -> "stolen " + i)).allMatch(known::contains);
            assertThat(IntStream.range(0, 200).mapToObj(i -> "own " + i)).noneMatch(known::contains);
        }
    }

    @Test
    void areFoundWhereTheLastLineHasNoEnd() throws IOException {
        BreachedPasswords known = BreachedPasswords.in(file(ordered(9, "\n").stripTrailing()));
        assertThat(IntStream.range(0, 9).mapToObj(i -> "stolen " + i)).allMatch(known::contains);
    }

    @Test
    void areRefusedWhereTheyAreChosen() {
        Person person = TestingPeople.somebody(TestingServer.guarded(), "member");
        Answer refused = person.post("/api/auth/change-password",
                Map.of("currentPassword", TestingPeople.PASSWORD, "newPassword", TestingServer.STOLEN));
        assertThat(refused.json().at("/fields/0/code").asString()).as("%s", refused.json()).isEqualTo("breached");
        assertThat(refused.json().toString()).doesNotContain(TestingServer.STOLEN);
    }

    @Test
    void areNoneWhereNoFileIsNamed() {
        assertThat(BreachedPasswords.in(null).contains("password")).isFalse();
    }

    @Test
    void areRefusedInAnotherForm() throws IOException {
        for (String wrong : List.of("", "password\n", digest("x").substring(8) + ":1\n",
                digest("x").toLowerCase(Locale.ROOT) + ":1\n")) {
            Path file = file(wrong);
            assertThatThrownBy(() -> BreachedPasswords.in(file)).hasMessageContaining("breached-file")
                    .hasMessageContaining("SHA-1");
        }
        assertThatThrownBy(() -> BreachedPasswords.in(folder.resolve("absent"))).hasMessageContaining("breached-file")
                .hasMessageContaining("absent");
    }
}
