package dev.objectos.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommonPasswordsTest {

    private static List<String> list() throws IOException {
        try (var content = Objects
                .requireNonNull(CommonPasswords.class.getResourceAsStream("common-passwords.txt"))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "Password1", "PASSWORD123", "p@ssw0rd", "iloveyou", "Welcome1!", "summer2024",
            "Michael1", "1qaz2wsx", "letmein123", "admin123", "changeme", "qwerty123", "sunshine1", "passwort",
            "trustno1", "contraseña", "liverpool", "metallica1"})
    void knowWhatIsTriedFirstInAnyLetterCase(String password) {
        assertThat(CommonPasswords.contains(password)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse battery staple", "", "passwor", "passwords of mine", "\n", "~~~~~~~~~x",
            "\uffff"})
    void leaveOthersAlone(String password) {
        assertThat(CommonPasswords.contains(password)).isFalse();
    }

    @Test
    void areEachFoundAndTensOfThousandsAreLongEnoughToBeChosen() throws IOException {
        List<String> all = list();
        assertThat(all).allMatch(CommonPasswords::contains).allMatch(one -> one.equals(one.toLowerCase(Locale.ROOT)));
        assertThat(all.stream().filter(one -> one.length() >= PasswordPolicy.DEFAULT.minLength()).count())
                .isGreaterThan(20_000);
    }
}
