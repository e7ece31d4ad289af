package dev.objectos.auth.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LinksTest {

    private static final LinkProperties PROPERTIES = new LinkProperties(URI.create("https://erp.example.com/base/"),
            List.of(URI.create("https://app.example.com"), URI.create("http://localhost:3000"),
                    URI.create("myapp://home")));
    private final TrustedOrigins origins = new TrustedOrigins(PROPERTIES);

    @ParameterizedTest
    @ValueSource(strings = {"/", "/welcome?a=b#c", "https://app.example.com/x", "HTTPS://APP.EXAMPLE.COM:443/",
            "http://localhost:3000/?x", "myapp://home/done", "https://erp.example.com/y"})
    void letsPathsAndTrustedOriginsPass(String url) {
        assertThat(origins.require(url, "redirectTo")).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "https://app.example.com.evil.example", "http://app.example.com",
            "https://app.example.com:8443/", "https://app.example.com@evil.example", "https://x@app.example.com",
            "//app.example.com", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "data:text/html,x",
            "welcome", "https:/app.example.com", "/a\nb", "/ b", "http://localhost:3001/", "myapp://other"})
    void refusesEverythingElse(String url) {
        assertThatThrownBy(() -> origins.require(url, "redirectTo")).isInstanceOfSatisfying(PlatformException.class,
                refusal -> assertThat(refusal.fields().getFirst().field()).isEqualTo("redirectTo"));
    }

    @Test
    void takesNothingForNothing() {
        assertThat(origins.require(null, "redirectTo")).isNull();
        assertThat(origins.require(" ", "redirectTo")).isNull();
    }

    @Test
    void makesLinksOfTheSettings() {
        assertThat(new Links(PROPERTIES, () -> "1").to("/api", Map.of("a", "ü&/")))
                .isEqualTo("https://erp.example.com/base/api?a=%C3%BC%26%2F");
        assertThat(new Links(new LinkProperties(null, List.of()), () -> "8081").to("/api", Map.of()))
                .isEqualTo("http://localhost:8081/api");
        assertThat(Links.with("/x?y=1#z", Map.of("t", "1"))).isEqualTo("/x?y=1&t=1#z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"erp.example.com", "https:", "https://user@erp.example.com", "/path",
            "https://erp.example.com?x"})
    void refusesSettingsThatAreNoAddress(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> new LinkProperties(URI.create(url), List.of()));
    }

    @Test
    void trustsNoPartOfAnOrigin() {
        assertThatIllegalArgumentException().isThrownBy(
                () -> new LinkProperties(null, List.of(URI.create("https://app.example.com/only/this"))));
    }
}
