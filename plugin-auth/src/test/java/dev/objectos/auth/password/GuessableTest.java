package dev.objectos.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GuessableTest {

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
}
