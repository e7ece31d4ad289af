package dev.objectos.auth.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Pages of other origins, while what they may changes. */
final class CrossOriginTest {

    private final CrossOrigin cors = new CrossOrigin(allowing());

    private static CorsProperties allowing(String... origins) {
        return new CorsProperties(List.of(origins), true, List.of("Authorization"), List.of("ETag"),
                Duration.ofHours(1));
    }

    private MockHttpServletResponse ask(String origin) throws ServletException, IOException {
        var request = new MockHttpServletRequest("GET", "/api/data/accounts");
        request.addHeader("Origin", origin);
        var response = new MockHttpServletResponse();
        cors.filter().doFilter(request, response, new MockFilterChain());
        return response;
    }

    @Test
    void isAnsweredByWhatHoldsNow() throws ServletException, IOException {
        String friend = "https://app.example.com";
        assertThat(ask(friend).getHeader("Access-Control-Allow-Origin")).as("nothing is said where nobody is named")
                .isNull();
        cors.apply(allowing(friend));
        assertThat(ask(friend).getHeader("Access-Control-Allow-Origin")).isEqualTo(friend);
        cors.apply(allowing("https://other.example.com"));
        assertThatThrownBy(() -> ask(friend)).isInstanceOf(PlatformException.class);
        cors.apply(allowing());
        assertThat(ask(friend).getStatus()).isEqualTo(200);
    }
}
