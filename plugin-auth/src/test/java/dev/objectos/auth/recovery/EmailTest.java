package dev.objectos.auth.recovery;

import static dev.objectos.auth.TestingReader.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingReader;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.NewAccount;
import dev.objectos.auth.password.Passwords;
import dev.objectos.runtime.session.Session;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Addresses that their owners confirm, over HTTP and by mail. */
final class EmailTest {

    private final TestingServer server = TestingServer.shared();
    private final TestingReader person = TestingReader.on(server);

    @Test
    void confirmsTheAddressOfAnAccountOnce() {
        TestingReader unverified = unverified();
        assertThat(verified(unverified)).isFalse();
        assertThat(askAgain(unverified.email()).status()).isEqualTo(200);
        String token = TestingReader.mailedToken(server, unverified.email(), 1);
        Answer shown = server.get("/api/auth/verify-email?token=" + token);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.json().path("email").asString()).isEqualTo(unverified.email());
        assertThat(verified(unverified)).isTrue();
        assertThat(server.get("/api/auth/verify-email?token=" + token).code()).isEqualTo("INVALID_TOKEN");
        assertThat(server.post("/api/auth/verify-email", json("token", token)).code()).isEqualTo("INVALID_TOKEN");
    }

    @Test
    void confirmsNothingForWhoeverMerelyFollowsLinks() throws Exception {
        TestingReader unverified = unverified();
        server.post("/api/auth/send-verification-email",
                json("email", unverified.email(), "callbackURL", "/welcome"));
        String mail = TestingReader.text(TestingReader.mail(server, unverified.email(), 1));
        String link = mail.lines().filter(line -> line.startsWith("http")).findFirst().orElseThrow();
        String address = server.origin() + link.substring(link.indexOf("/api/"));
        try (var browser = HttpClient.newHttpClient()) {
            var page = HttpRequest.newBuilder(URI.create(address));
            for (String accept : List.of("*/*", "text/html", "application/json")) {
                HttpResponse<String> shown = browser.send(page.setHeader("Accept", accept).build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(shown.statusCode()).as(accept).isIn(200, 406);
            }
            HttpResponse<String> shown = browser.send(page.setHeader("Accept", "text/html").build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(shown.body()).contains("<form method=\"post\">", "<button>");
            assertThat(shown.headers().allValues("Content-Security-Policy")).as("one policy, which lets the form work")
                    .singleElement().asString().contains("form-action 'self'", "base-uri 'none'");
            assertThat(verified(unverified)).isFalse();
            var pressed = page.setHeader("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("confirm=yes")).build();
            HttpResponse<String> answer = browser.send(pressed, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location")).hasValue("/welcome");
            assertThat(verified(unverified)).isTrue();
            assertThat(browser.send(pressed, HttpResponse.BodyHandlers.ofString()).headers().firstValue("Location"))
                    .hasValue("/welcome?error=INVALID_TOKEN");
        }
    }

    @Test
    void saysOnAPageOfItsOwnWhatCameOfIt() throws Exception {
        TestingReader unverified = unverified();
        askAgain(unverified.email());
        String address = server.origin() + "/api/auth/confirm-email?token="
                + TestingReader.mailedToken(server, unverified.email(), 1);
        try (var browser = HttpClient.newHttpClient()) {
            HttpResponse<String> german = browser.send(
                    HttpRequest.newBuilder(URI.create(address)).header("Accept-Language", "de-CH, en;q=0.7").build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(german.body()).contains("<html lang=\"de\">", "Bestätigen Sie Ihre E-Mail-Adresse");
            assertThat(german.headers().firstValue("Content-Language")).hasValue("de");
            var pressed = HttpRequest.newBuilder(URI.create(address))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("confirm=yes")).build();
            assertThat(browser.send(pressed, HttpResponse.BodyHandlers.ofString()).body()).contains("is confirmed");
            HttpResponse<String> again = browser.send(pressed, HttpResponse.BodyHandlers.ofString());
            assertThat(again.statusCode()).isEqualTo(400);
            assertThat(again.body()).contains("too old or was used already");
        }
        assertThat(server.get("/api/auth/confirm-email?token=x&callbackURL=//evil.example").status()).isEqualTo(400);
    }

    @Test
    void asksForNothingWhereNothingIsAwaited() {
        TestingReader unverified = unverified();
        Answer verified = askAgain(person.email());
        assertThat(TestingReader.members(askAgain(TestingReader.freshEmail())))
                .isEqualTo(TestingReader.members(verified))
                .isEqualTo(TestingReader.members(askAgain(unverified.email())));
        TestingReader.mail(server, unverified.email(), 1);
        assertThat(TestingReader.mails(server, person.email())).isEmpty();
    }

    @Test
    void forgetsALinkAfterADay() {
        TestingReader unverified = unverified();
        askAgain(unverified.email());
        String token = TestingReader.mailedToken(server, unverified.email(), 1);
        server.clock().advance(Duration.ofHours(24));
        assertThat(server.get("/api/auth/verify-email?token=" + token).code()).isEqualTo("INVALID_TOKEN");
    }

    @Test
    void sendsABrowserOnToAPathAlone() {
        TestingReader unverified = unverified();
        assertThat(server.post("/api/auth/send-verification-email",
                json("email", unverified.email(), "callbackURL", "https://evil.example")).status()).isEqualTo(400);
        server.post("/api/auth/send-verification-email", json("email", unverified.email(), "callbackURL", "/welcome"));
        String token = TestingReader.mailedToken(server, unverified.email(), 1);
        assertThat(server.get("/api/auth/verify-email?callbackURL=//evil.example&token=" + token).status())
                .isEqualTo(400);
        Answer followed = server.get("/api/auth/verify-email?callbackURL=/welcome&token=" + token);
        assertThat(followed.status()).isEqualTo(302);
        assertThat(followed.header("Location")).isEqualTo("/welcome");
        assertThat(server.get("/api/auth/verify-email?callbackURL=/welcome&token=" + token).header("Location"))
                .isEqualTo("/welcome?error=INVALID_TOKEN");
    }

    @Test
    void changesAnAddressOnceTheNewOneIsConfirmedAndTellsTheOldOne() {
        String session = person.token();
        String fresh = TestingReader.freshEmail();
        assertThat(change(session, fresh).status()).isEqualTo(200);
        String token = TestingReader.mailedToken(server, fresh, 1);
        assertThat(TestingReader.text(TestingReader.mail(server, person.email(), 1))).contains(fresh)
                .doesNotContain(token);
        assertThat(server.signIn(fresh, TestingReader.PASSWORD).status()).as("not yet").isEqualTo(401);
        assertThat(server.post("/api/auth/verify-email", json("token", token)).status()).isEqualTo(200);
        assertThat(server.signIn(fresh, TestingReader.PASSWORD).status()).isEqualTo(200);
        assertThat(server.signIn(person.email(), TestingReader.PASSWORD).status()).isEqualTo(401);
        Answer self = server.get("/api/auth/get-session", "Authorization", "Bearer " + session);
        assertThat(self.json().at("/user/email").asString()).isEqualTo(fresh);
        assertThat(server.get("/api/data/user?email=" + fresh, "Authorization", "Bearer " + server.administrator())
                .json().toString()).contains(fresh);
        assertThat(TestingReader.text(TestingReader.mail(server, person.email(), 2))).contains(fresh);
    }

    @Test
    void sendsNothingToSomebodyElsesAddressAndDoesNotSaySo() {
        TestingReader other = TestingReader.on(server);
        String session = person.token();
        Answer taken = change(session, other.email());
        String free = TestingReader.freshEmail();
        assertThat(TestingReader.members(change(session, free))).isEqualTo(TestingReader.members(taken));
        TestingReader.mail(server, free, 1);
        assertThat(TestingReader.mails(server, other.email())).isEmpty();
    }

    @Test
    void forgetsAChangeThatWasAskedForBeforeThePasswordChanged() {
        String fresh = TestingReader.freshEmail();
        change(person.token(), fresh);
        String token = TestingReader.mailedToken(server, fresh, 1);
        assertThat(TestingReader.post(server, "/api/auth/change-password", person.token(),
                json("currentPassword", TestingReader.PASSWORD, "newPassword", "yet another long sentence")).status())
                .isEqualTo(200);
        assertThat(server.post("/api/auth/verify-email", json("token", token)).code()).isEqualTo("INVALID_TOKEN");
    }

    @Test
    void changesNothingForStrangersAndToNoAddress() {
        assertThat(server.post("/api/auth/change-email", json("newEmail", "a@b.example")).code())
                .isEqualTo("UNAUTHENTICATED");
        assertThat(change(person.token(), "nonsense").code()).isEqualTo("VALIDATION_FAILED");
    }

    private Answer askAgain(String email) {
        return server.post("/api/auth/send-verification-email", json("email", email));
    }

    private Answer change(String session, String email) {
        return TestingReader.post(server, "/api/auth/change-email", session, json("newEmail", email));
    }

    private boolean verified(TestingReader somebody) {
        server.forgetSessions();
        return server.get("/api/auth/get-session", "Authorization", "Bearer " + somebody.token()).json()
                .at("/user/emailVerified").asBoolean();
    }

    private TestingReader unverified() {
        return new TestingReader(server, server.bean(Accounts.class).create(
                NewAccount.person(TestingReader.freshEmail(), "Person", false)
                        .withPassword(server.bean(Passwords.class).encode(TestingReader.PASSWORD), false),
                Session.DEFAULT_TENANT, Set.of("member")));
    }
}
