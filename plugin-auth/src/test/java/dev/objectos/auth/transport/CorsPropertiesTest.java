package dev.objectos.auth.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which settings of origins are taken. */
final class CorsPropertiesTest {

    @Test
    void neverLetEveryPageActAsWhoeverIsSignedIn() {
        assertThatThrownBy(() -> properties("*", true)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("credentials");
        assertThat(properties("*", false).trusted()).isEmpty();
        assertThat(properties("https://app.example.com", true).trusted()).containsExactly("https://app.example.com");
        assertThat(properties("https://app.example.com", false).trusted()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.example.com", "https://app.example.com/", "https://*.example.com/x", "null",
            "ftp://x.y",
            "https://", "https://a@b.c", "javascript:alert(1)"})
    void refuseWhatIsNoOrigin(String origin) {
        assertThatThrownBy(() -> properties(origin, true)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("objectos.auth.cors.origins");
    }

    private static CorsProperties properties(String origin, boolean credentials) {
        return new CorsProperties(List.of(origin), credentials, List.of(), List.of(), Duration.ofHours(1));
    }
}
