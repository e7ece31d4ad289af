package dev.objectos.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;

final class PasswordsTest {

    private static final String PBKDF2 = "pbkdf2@SpringSecurity_v5_8";

    private static final int MEMORY_KIB = 64;

    private final Passwords passwords = new Passwords(Passwords.encoder(MEMORY_KIB, 1), MEMORY_KIB, 1);

    @Test
    void comparesAnUnknownAccountWithAHashThatCostsAsMuchAsARealOne() {
        String real = passwords.encode("x");
        int parameters = real.indexOf("p=1$") + 4;
        assertThat(Passwords.hashOfNothing(MEMORY_KIB, 1)).hasSameSizeAs(real)
                .startsWith(real.substring(0, parameters));
        assertThat(passwords.matches("", null)).isFalse();
        assertThat(passwords.matches("", Passwords.hashOfNothing(MEMORY_KIB, 1))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {72, 73, 128, 1_024})
    void mindsEveryCharacterOfALongPassword(int length) {
        String password = "ä".repeat(length);
        String hash = passwords.encode(password);
        assertThat(passwords.matches(password, hash)).isTrue();
        assertThat(passwords.matches("ä".repeat(length - 1) + "a", hash)).isFalse();
        assertThat(passwords.matches("ä".repeat(length - 1), hash)).isFalse();
    }

    @Test
    void knowsHashesOfAnOlderForm() {
        String old = "{" + PBKDF2 + "}" + Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8().encode("secret");
        assertThat(passwords.matches("secret", old)).isTrue();
        assertThat(passwords.matches("Secret", old)).isFalse();
        assertThat(passwords.outdated(old)).isTrue();
        assertThat(passwords.outdated(passwords.encode("secret"))).isFalse();
    }
}
