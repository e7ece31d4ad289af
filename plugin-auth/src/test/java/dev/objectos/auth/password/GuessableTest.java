package dev.objectos.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GuessableTest {

    private final CommonPasswords common = CommonPasswords.load();

    @ParameterizedTest
    @ValueSource(strings = {"aaaaaaaa", "12345678", "87654321", "abcdefghij", "zyxwvuts", "qwertyui", "poiuytrewq",
            "ASDFGHJK", "abababab", "abcabcabc", "abcdabcd", "xyz1xyz1xyz", "ääääääää", "09876543", "1234567890123",
            "qwertzui", "😀😀😀😀😀😀😀😀"})
    void knowsRowsAndRepetitions(String password) {
        assertThat(Guessable.patterned(password)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "correct horse battery staple", "aaaaaaab", "12345679", "qwertyuo",
            "abcdeabcde", "a rather long sentence"})
    void leavesOthersAlone(String password) {
        assertThat(Guessable.patterned(password)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "Password1", "PASSWORD123", "p@ssw0rd", "iloveyou", "Welcome1!", "summer2024",
            "Michael1", "1qaz2wsx", "letmein123", "admin123", "changeme", "qwerty123", "sunshine1", "passwort",
            "trustno1"})
    void knowsWhatIsTriedFirstInAnyLetterCase(String password) {
        assertThat(common.contains(password)).isTrue();
    }

    @Test
    void bringsThousandsOfThem() {
        assertThat(common.size()).isGreaterThan(5_000);
        assertThat(common.contains("correct horse battery staple")).isFalse();
        assertThat(common.contains("")).isFalse();
    }
}
