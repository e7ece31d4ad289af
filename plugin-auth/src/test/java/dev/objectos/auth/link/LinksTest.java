package dev.objectos.auth.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LinksTest {

    @Test
    void makesLinksOfTheSettings() {
        assertThat(new Links(URI.create("https://erp.example.com/base/"), () -> "1").to("/api", Map.of("a", "ü&/")))
                .isEqualTo("https://erp.example.com/base/api?a=%C3%BC%26%2F");
        assertThat(new Links(null, () -> "8081").to("/api", Map.of())).isEqualTo("http://localhost:8081/api");
    }

    @Test
    void addsToAQueryAndBeforeAFragment() {
        assertThat(Links.with("/x", Map.of("t", "1"))).isEqualTo("/x?t=1");
        assertThat(Links.with("/x?y=1#z", Map.of("t", "1"))).isEqualTo("/x?y=1&t=1#z");
        assertThat(Links.with("/x?y=1#z", Map.of())).isEqualTo("/x?y=1#z");
    }
}
