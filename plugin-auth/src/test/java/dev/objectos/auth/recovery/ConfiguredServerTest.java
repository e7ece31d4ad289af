package dev.objectos.auth.recovery;

import static dev.objectos.auth.TestingReader.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingReader;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.auth.tenant.Tenant;
import dev.objectos.auth.tenant.TenantSettings;
import dev.objectos.auth.tenant.TenantSettings.Registration;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What settings change about links, registration and passwords. */
final class ConfiguredServerTest {

    private static final TestingServer SERVER = TestingServer.named();

    @Test
    void makesLinksOfThePublicUrlWhateverTheRequestSaysOfTheServer() throws IOException {
        TestingReader person = TestingReader.on(SERVER);
        URI origin = URI.create(SERVER.origin());
        String body = json("email", person.email());
        try (var socket = new Socket(origin.getHost(), origin.getPort())) {
            socket.getOutputStream().write("""
                    POST /api/auth/request-password-reset HTTP/1.1\r
                    Host: evil.example\r
                    X-Forwarded-Host: evil.example\r
                    Forwarded: host=evil.example\r
                    Origin: https://evil.example\r
                    Content-Type: application/json\r
                    Connection: close\r
                    Content-Length: %d\r
                    \r
                    %s""".formatted(body.length(), body).getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200");
        }
        String text = TestingReader.text(TestingReader.mail(SERVER, person.email(), 1));
        assertThat(text).contains("https://erp.example.com/api/auth/reset-password/").doesNotContain("evil");
        assertThat(TestingReader.html(TestingReader.mail(SERVER, person.email(), 1)))
                .contains("href=\"https://erp.example.com/").doesNotContain("evil");
    }

    @Test
    void sendsPeopleOnToOriginsThatItTrusts() {
        TestingReader person = TestingReader.on(SERVER);
        assertThat(SERVER.post("/api/auth/request-password-reset",
                json("email", person.email(), "redirectTo", "https://app.example.com/new")).status()).isEqualTo(200);
        String token = TestingReader.mailedToken(SERVER, person.email(), 1);
        assertThat(SERVER
                .get("/api/auth/reset-password/" + token + "?callbackURL=https%3A%2F%2Fapp.example.com%2Fnew")
                .header("Location")).isEqualTo("https://app.example.com/new?token=" + token);
        assertThat(SERVER.post("/api/auth/request-password-reset",
                json("email", person.email(), "redirectTo", "https://app.example.com.evil.example/new")).status())
                .isEqualTo(400);
    }

    @Test
    void signsInWhoeverRegistersWhereNoAddressIsVerified() {
        Tenant tenant = TestingReader.tenant(SERVER,
                new TenantSettings(null, null, null, null, Registration.OPEN, null, null));
        String email = TestingReader.freshEmail();
        String body = json("name", "New", "email", email, "username", email.replaceAll("@.*", ""), "password",
                "my own long sentence", "organization", tenant.slug());
        Answer registered = SERVER.post("/api/auth/sign-up/email", body);
        assertThat(registered.status()).as("%s", registered.json()).isEqualTo(200);
        assertThat(registered.json().at("/user/emailVerified").asBoolean()).isFalse();
        assertThat(SERVER.get("/api/auth/get-session", "Authorization", "Bearer " + registered.token()).json()
                .at("/user/email").asString()).isEqualTo(email);
        assertThat(SERVER.post("/api/auth/sign-up/email", body).json().at("/fields/0/code").asString())
                .isEqualTo("taken");
    }

    @Test
    void confirmsAddressesOfDomainsAllTheSame() {
        Tenant tenant = TestingReader.tenant(SERVER, new TenantSettings(null, null, null, null, Registration.DOMAINS,
                Set.of("mail.example.org"), null));
        Answer registered = SERVER.post("/api/auth/sign-up/email", json("name", "New", "email",
                TestingReader.freshEmail(), "password", "my own long sentence", "organization", tenant.slug()));
        assertThat(registered.status()).isEqualTo(200);
        assertThat(registered.json().path("token").isNull()).isTrue();
    }

    @Test
    void asksForAnotherPasswordOnceItIsTooOld() {
        TestingReader person = TestingReader.on(SERVER);
        assertThat(read(person.token())).isNotEqualTo("PASSWORD_CHANGE_REQUIRED");
        SERVER.clock().advance(Duration.ofDays(90).plusSeconds(1));
        Answer signedIn = SERVER.signIn(person.email(), TestingReader.PASSWORD);
        assertThat(signedIn.status()).isEqualTo(200);
        assertThat(signedIn.json().at("/user/mustChangePassword").asBoolean()).isTrue();
        assertThat(read(signedIn.token())).isEqualTo("PASSWORD_CHANGE_REQUIRED");
        assertThat(change(signedIn.token(), TestingReader.PASSWORD, TestingReader.PASSWORD).json()
                .at("/fields/0/code").asString()).isEqualTo("reused");
        Answer changed = change(signedIn.token(), TestingReader.PASSWORD, "a second long sentence");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(read(changed.token())).isNotEqualTo("PASSWORD_CHANGE_REQUIRED");
        Answer third = change(changed.token(), "a second long sentence", "a third long sentence");
        assertThat(change(third.token(), "a third long sentence", TestingReader.PASSWORD).code())
                .as("one of the last two").isEqualTo("VALIDATION_FAILED");
        Answer fourth = change(third.token(), "a third long sentence", "a fourth long sentence");
        assertThat(change(fourth.token(), "a fourth long sentence", TestingReader.PASSWORD).status())
                .as("longer ago").isEqualTo(200);
    }

    private static String read(String token) {
        return SERVER.get("/api/data/user", "Authorization", "Bearer " + token).code();
    }

    private static Answer change(String token, String current, String next) {
        return TestingReader.post(SERVER, "/api/auth/change-password", token,
                json("currentPassword", current, "newPassword", next));
    }
}
