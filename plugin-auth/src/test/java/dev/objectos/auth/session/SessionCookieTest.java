package dev.objectos.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The cookie, behind a proxy that ends TLS and without one. */
final class SessionCookieTest {

    private static final TestingServer SERVER = TestingServer.guarded();

    private static Answer signIn(String... headers) {
        Answer answer = SERVER.post("/api/auth/sign-in/email",
                JsonMapper.shared().writeValueAsString(
                        Map.of("email", TestingServer.EMAIL, "password", TestingServer.PASSWORD)),
                headers);
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        return answer;
    }

    @Test
    void isForThisHostAndForHttpsAlone() {
        Answer signedIn = signIn("X-Forwarded-Proto", "https");
        assertThat(signedIn.header("Set-Cookie")).startsWith("__Host-objectos.session_token=")
                .contains("; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/").doesNotContain("Domain");
        String cookie = signedIn.cookie();
        assertThat(SERVER.get("/api/data/user", "Cookie", cookie, "X-Forwarded-Proto", "https").status())
                .isEqualTo(200);
        assertThat(SERVER.get("/api/data/user", "Cookie", cookie.replace("__Host-", ""), "X-Forwarded-Proto", "https")
                .status()).as("one that another host may have set").isEqualTo(401);
    }

    @Test
    void isAPlainOneWhereThereIsNoTls() {
        Answer signedIn = signIn();
        assertThat(signedIn.header("Set-Cookie")).startsWith("objectos.session_token=").doesNotContain("Secure");
        assertThat(SERVER.get("/api/data/user", "Cookie", signedIn.cookie()).status()).isEqualTo(200);
    }
}
