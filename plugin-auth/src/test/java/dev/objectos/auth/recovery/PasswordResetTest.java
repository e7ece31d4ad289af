package dev.objectos.auth.recovery;

import static dev.objectos.auth.TestingReader.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingReader;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.runtime.Eventually;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A forgotten password, over HTTP and by mail. */
final class PasswordResetTest {

    private static final String NEW = "another quite long sentence";

    private final TestingServer server = TestingServer.shared();
    private final TestingReader person = TestingReader.on(server);

    @Test
    void givesANewPasswordToWhoeverReadsTheMail() {
        String session = person.token();
        assertThat(ask(person.email()).json().path("status").asBoolean()).isTrue();
        String token = TestingReader.mailedToken(server, person.email(), 1);
        assertThat(reset(token, NEW).status()).isEqualTo(200);
        assertThat(server.signIn(person.email(), NEW).status()).isEqualTo(200);
        assertThat(server.signIn(person.email(), TestingReader.PASSWORD).status()).isEqualTo(401);
        assertThat(server.get("/api/data/user", "Authorization", "Bearer " + session).code())
                .as("all sessions have ended").isEqualTo("UNAUTHENTICATED");
        assertThat(subject(2)).isEqualTo("Your password was changed");
    }

    @Test
    void worksOnceOnly() {
        ask(person.email());
        String token = TestingReader.mailedToken(server, person.email(), 1);
        assertThat(reset(token, NEW).status()).isEqualTo(200);
        Answer again = reset(token, NEW + "!");
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.code()).isEqualTo("INVALID_TOKEN");
        assertThat(server.signIn(person.email(), NEW).status()).isEqualTo(200);
    }

    @Test
    void isWorthNothingOnceAnotherTokenWasUsed() {
        ask(person.email());
        String first = TestingReader.mailedToken(server, person.email(), 1);
        ask(person.email());
        String second = TestingReader.mailedToken(server, person.email(), 2);
        assertThat(reset(first, NEW).status()).isEqualTo(200);
        assertThat(reset(second, NEW + "!").code()).isEqualTo("INVALID_TOKEN");
    }

    @Test
    void isWorthNothingAfterAnHour() {
        ask(person.email());
        String token = TestingReader.mailedToken(server, person.email(), 1);
        server.clock().advance(Duration.ofHours(1));
        assertThat(reset(token, NEW).code()).isEqualTo("INVALID_TOKEN");
    }

    @Test
    void servesOneOfManyWhoUseItAtOnce() throws Exception {
        ask(person.email());
        String token = TestingReader.mailedToken(server, person.email(), 1);
        List<Callable<Integer>> tries = List.of(() -> reset(token, NEW + " 1").status(),
                () -> reset(token, NEW + " 2").status(), () -> reset(token, NEW + " 3").status());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(tries).stream().map(Future::resultNow)).containsOnlyOnce(200).contains(400);
        }
    }

    @Test
    void canStillBeUsedAfterAPasswordThatIsRefused() {
        ask(person.email());
        String token = TestingReader.mailedToken(server, person.email(), 1);
        Answer refused = reset(token, "short");
        assertThat(refused.code()).isEqualTo("VALIDATION_FAILED");
        assertThat(refused.json().at("/fields/0/field").asString()).isEqualTo("newPassword");
        assertThat(reset(token, NEW).status()).isEqualTo(200);
    }

    @Test
    void endsALockout() {
        for (int i = 0; i < 5; i++) {
            server.signIn(person.email(), "wrong");
        }
        assertThat(server.signIn(person.email(), TestingReader.PASSWORD).code()).isEqualTo("RATE_LIMITED");
        ask(person.email());
        reset(TestingReader.mailedToken(server, person.email(), 1), NEW);
        assertThat(server.signIn(person.email(), NEW).status()).isEqualTo(200);
    }

    @Test
    void answersAlikeAndSendsNothingWhereThereIsNoAccount() {
        String unknown = TestingReader.freshEmail();
        assertThat(TestingReader.members(ask(unknown))).isEqualTo(TestingReader.members(ask(person.email())));
        TestingReader.mail(server, person.email(), 1);
        assertThat(TestingReader.mails(server, unknown)).isEmpty();
    }

    @Test
    void sendsNoMoreThanAFewMailsWhetherThereIsAnAccountOrNot() {
        String unknown = TestingReader.freshEmail();
        for (int i = 0; i < 5; i++) {
            assertThat(ask(person.email()).status()).isEqualTo(200);
            assertThat(ask(unknown).status()).isEqualTo(200);
        }
        Answer refused = ask(person.email());
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isNotNull();
        assertThat(TestingReader.members(ask(unknown))).isEqualTo(TestingReader.members(refused));
        server.clock().advance(Duration.ofHours(1).plusSeconds(1));
        assertThat(ask(person.email()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/x", "//evil.example", "/\\\\evil.example", "javascript:alert(1)",
            "https:evil.example", "http://127.0.0.1@evil.example/", "evil.example", "/a\\tb", " //evil.example"})
    void leadsNowhereElse(String elsewhere) {
        Answer refused = server.post("/api/auth/request-password-reset",
                "{\"email\":\"" + person.email() + "\",\"redirectTo\":\"" + elsewhere + "\"}");
        assertThat(refused.status()).as(elsewhere).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("VALIDATION_FAILED");
        assertThat(server.get("/api/auth/reset-password/x?callbackURL=https%3A%2F%2Fevil.example").status())
                .isEqualTo(400);
    }

    @Test
    void sendsABrowserOnWithTheToken() {
        server.post("/api/auth/forget-password", json("email", person.email(), "redirectTo", "/new-password?x=1"));
        String token = TestingReader.mailedToken(server, person.email(), 1);
        assertThat(TestingReader.text(TestingReader.mail(server, person.email(), 1)))
                .contains("/api/auth/reset-password/" + token + "?callbackURL=%2Fnew-password%3Fx%3D1");
        Answer followed = server.get("/api/auth/reset-password/" + token + "?callbackURL=%2Fnew-password%3Fx%3D1");
        assertThat(followed.status()).isEqualTo(302);
        assertThat(followed.header("Location")).isEqualTo("/new-password?x=1&token=" + token);
        assertThat(followed.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(server.get("/api/auth/reset-password/unknown?callbackURL=%2Fnew").header("Location"))
                .isEqualTo("/new?error=INVALID_TOKEN");
    }

    @Test
    void hasAPageOfItsOwnWhereNoneIsNamed() throws Exception {
        ask(person.email());
        String path = "/api/auth/reset-password/" + TestingReader.mailedToken(server, person.email(), 1);
        try (var browser = HttpClient.newHttpClient()) {
            var page = HttpRequest.newBuilder(URI.create(server.origin() + path));
            HttpResponse<String> shown = browser.send(page.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(shown.body()).contains("<form method=\"post\">").doesNotContain("<script");
            assertThat(shown.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(
                    policy -> assertThat(policy).contains("default-src 'none'"));
            var form = page.header("Content-Type", "application/x-www-form-urlencoded");
            form.POST(HttpRequest.BodyPublishers.ofString("newPassword=12345678"));
            assertThat(browser.send(form.build(), HttpResponse.BodyHandlers.ofString()).body())
                    .contains("must not be a row", "<form", "type=\"password\"", "autocomplete=\"new-password\"");
            assertThat(browser.send(form.copy().setHeader("Accept-Language", "ja").build(),
                    HttpResponse.BodyHandlers.ofString()).body()).contains("連続した文字", "新しいパスワード");
            HttpResponse<String> changed = browser.send(
                    form.POST(HttpRequest.BodyPublishers.ofString("newPassword=" + NEW.replace(' ', '+'))).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(changed.statusCode()).isEqualTo(200);
            assertThat(changed.body()).contains("was changed");
        }
        assertThat(server.signIn(person.email(), NEW).status()).isEqualTo(200);
    }

    @Test
    void storesNoTokenInClear() {
        ask(person.email());
        String token = TestingReader.mailedToken(server, person.email(), 1);
        assertThat(server.stored("select to_jsonb(t)::text from platform.one_time_token t")).isNotEmpty()
                .noneMatch(row -> row.contains(token));
        Eventually.await(() -> server.stored("select convert_from(body, 'UTF8') from platform.queue_message")
                .stream().noneMatch(body -> body.contains(person.email())));
    }

    private Answer ask(String email) {
        return server.post("/api/auth/request-password-reset", json("email", email));
    }

    private Answer reset(String token, String password) {
        return server.post("/api/auth/reset-password", json("token", token, "newPassword", password));
    }

    private String subject(int number) {
        try {
            return TestingReader.mail(server, person.email(), number).getSubject();
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
