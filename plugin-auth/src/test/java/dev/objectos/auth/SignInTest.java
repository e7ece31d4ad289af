package dev.objectos.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.auth.token.Tokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in and out over HTTP. */
final class SignInTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path home;

    @SuppressWarnings("NullAway.Init")
    private static TestingServer server;

    @BeforeAll
    static void start() {
        server = TestingServer.fresh(home, "auth_sign_in");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void givesATokenThatOpensWhatIsClosedToOthers() {
        assertThat(server.get("/api/data/user").code()).isEqualTo("UNAUTHENTICATED");
        Answer signedIn = signIn();
        assertThat(signedIn.status()).isEqualTo(200);
        assertThat(signedIn.json().at("/user/email").asString()).isEqualTo(TestingServer.EMAIL);
        assertThat(signedIn.json().path("redirect").asBoolean(true)).isFalse();
        assertThat(signedIn.header("set-auth-token")).isEqualTo(signedIn.token());
        assertThat(signedIn.header("Set-Cookie")).contains("HttpOnly", "SameSite=Lax", "Path=/")
                .doesNotContain("Domain");
        assertThat(bearer("/api/data/user", signedIn.token()).status()).isEqualTo(200);
        Answer session = bearer("/api/auth/get-session", signedIn.token());
        assertThat(session.json().at("/user/id")).isEqualTo(signedIn.json().at("/user/id"));
        assertThat(session.json().at("/session/userId")).isEqualTo(signedIn.json().at("/user/id"));
        assertThat(server.get("/api/auth/get-session").json().isNull()).isTrue();
    }

    @Test
    void knowsAnAddressInAnyLetterCase() {
        assertThat(server.signIn(" ADA@EXAMPLE.COM ", TestingServer.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void answersAlikeAndWorksAsMuchWhetherTheAccountExistsOrNot() {
        int before = server.passwords().matched.get();
        Answer wrong = server.signIn(TestingServer.EMAIL, "wrong");
        assertThat(server.passwords().matched.get()).isEqualTo(before + 1);
        Answer unknown = server.signIn("nobody@example.com", "wrong");
        assertThat(server.passwords().matched.get()).isEqualTo(before + 2);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("INVALID_EMAIL_OR_PASSWORD");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.json().properties().stream().filter(member -> !member.getKey().equals("requestId")).toList())
                .isEqualTo(wrong.json().properties().stream().filter(member -> !member.getKey().equals("requestId"))
                        .toList());
        assertThat(unknown.header("Set-Cookie")).isNull();
        assertThat(wrong.header("Set-Cookie")).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_025, 100_000, 1_000_000})
    void spendsNoWorkOnAHugePassword(int length) {
        int before = server.passwords().matched.get();
        Answer known = server.signIn(TestingServer.EMAIL, "x".repeat(length));
        Answer unknown = server.signIn("nobody@example.com", "x".repeat(length));
        assertThat(server.passwords().matched.get()).isEqualTo(before);
        assertThat(known.status()).isEqualTo(401);
        assertThat(known.code()).isEqualTo(unknown.code()).isEqualTo("INVALID_EMAIL_OR_PASSWORD");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{|400|INVALID_REQUEST", "[]|400|INVALID_REQUEST",
            "\"x\"|400|INVALID_REQUEST", "''|400|INVALID_REQUEST", "null|400|INVALID_REQUEST",
            "{\"email\":{},\"password\":\"x\"}|400|INVALID_REQUEST",
            "{\"email\":[\"a\"],\"password\":\"x\"}|400|INVALID_REQUEST", "{}|400|VALIDATION_FAILED",
            "{\"email\":\"a@b.c\"}|400|VALIDATION_FAILED", "{\"email\":null,\"password\":null}|400|VALIDATION_FAILED",
            "{\"email\":\" \",\"password\":\"x\"}|400|VALIDATION_FAILED",
            "{\"email\":\"a\\u0000b\",\"password\":\"x\\u0000\"}|401|INVALID_EMAIL_OR_PASSWORD",
            "{\"email\":\"\\ud800\",\"password\":\"\\udfff\"}|401|INVALID_EMAIL_OR_PASSWORD",
            "{\"email\":\"' or 1=1 --\",\"password\":\"x\"}|401|INVALID_EMAIL_OR_PASSWORD"})
    void refusesWhatIsNoSignIn(String body, int status, String code) {
        Answer answer = server.post("/api/auth/sign-in/email", body);
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void namesEveryMissingField() {
        assertThat(server.post("/api/auth/sign-in/email", "{}").json().path("fields").findValuesAsString("field"))
                .containsExactly("email", "password");
    }

    @Test
    void takesJsonOnly() {
        Answer answer = server.post("/api/auth/sign-in/email", "email=a&password=b", "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(answer.status()).isEqualTo(415);
    }

    @Test
    void revokesATokenWhenItsOwnerSignsOutAndNoOther() {
        String first = signIn().token();
        String second = signIn().token();
        assertThat(first).isNotEqualTo(second);
        assertThat(bearer("/api/data/user", first).status()).isEqualTo(200);
        Answer out = server.post("/api/auth/sign-out", null, "Authorization", "Bearer " + first);
        assertThat(out.json().path("success").asBoolean()).isTrue();
        assertThat(out.header("Set-Cookie")).contains("Max-Age=0");
        assertThat(bearer("/api/data/user", first).code()).isEqualTo("UNAUTHENTICATED");
        assertThat(bearer("/api/auth/get-session", first).json().isNull()).isTrue();
        assertThat(bearer("/api/data/user", second).status()).isEqualTo(200);
    }

    @Test
    void forgetsATokenWhenItsTimeIsOver() {
        String token = signIn().token();
        for (int day = 0; day < 6; day++) {
            server.clock().advance(Duration.ofDays(1));
            server.forgetSessions();
            assertThat(bearer("/api/data/user", token).status()).isEqualTo(200);
        }
        server.clock().advance(Duration.ofDays(1).minusSeconds(1));
        assertThat(bearer("/api/data/user", token).status()).isEqualTo(200);
        server.clock().advance(Duration.ofSeconds(1));
        assertThat(bearer("/api/data/user", token).code()).isEqualTo("UNAUTHENTICATED");
        signIn();
        assertThat(server.stored("select count(*) from platform.login_session where expires_at <= '"
                + server.clock().instant().minusSeconds(1) + "'")).as("cleared away").containsExactly("0");
    }

    @Test
    void forgetsATokenThatNobodyUses() {
        String token = signIn().token();
        server.clock().advance(Duration.ofDays(3));
        server.forgetSessions();
        assertThat(bearer("/api/data/user", token).code()).isEqualTo("UNAUTHENTICATED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer x", "Basic YTpi", "Bearer null", "bearer ' or 1=1 --"})
    void knowsNobodyByWhatIsNoToken(String authorization) {
        assertThat(server.get("/api/data/user", "Authorization", authorization).code()).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void believesACookieForChangesOnlyFromItsOwnOrigin() {
        String cookie = signIn().cookie();
        String person = "{\"name\":\"Cookie\",\"email\":\"%s@example.com\"}";
        assertThat(server.get("/api/data/user", "Cookie", cookie).status()).isEqualTo(200);
        for (String foreign : new String[]{"https://evil.example", "null", server.origin() + ".evil.example",
                server.origin().replace("http:", "https:"), "http://127.0.0.1:1"}) {
            assertThat(server.post("/api/data/user", person.formatted("foreign"), "Cookie", cookie, "Origin", foreign)
                    .code()).as(foreign).isEqualTo("UNAUTHENTICATED");
        }
        assertThat(server.post("/api/data/user", person.formatted("none"), "Cookie", cookie).code())
                .isEqualTo("UNAUTHENTICATED");
        assertThat(server.post("/api/auth/sign-out", null, "Cookie", cookie).status()).isEqualTo(200);
        assertThat(server.get("/api/data/user", "Cookie", cookie).status()).as("nobody else signs me out")
                .isEqualTo(200);
        assertThat(server.post("/api/data/user", person.formatted("own"), "Cookie", cookie, "Origin", server.origin())
                .status()).isEqualTo(201);
    }

    @Test
    void believesABearerTokenRatherThanACookie() {
        String cookie = signIn().cookie();
        assertThat(server.get("/api/data/user", "Cookie", cookie, "Authorization", "Bearer stale").code())
                .isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void storesNeitherATokenNorAPasswordInClear() {
        String token = signIn().token();
        String hex = HexFormat.of().formatHex(token.getBytes(StandardCharsets.UTF_8));
        assertThat(server.stored("select to_jsonb(s)::text from platform.login_session s")).isNotEmpty()
                .noneMatch(row -> row.contains(token) || row.contains(hex));
        assertThat(server.stored("select encode(token_digest, 'hex') from platform.login_session"))
                .contains(HexFormat.of().formatHex(Tokens.digest(token)));
        assertThat(server.stored("select to_jsonb(a)::text from platform.account a")).isNotEmpty()
                .noneMatch(row -> row.contains(TestingServer.PASSWORD));
    }

    private static Answer signIn() {
        Answer answer = server.signIn(TestingServer.EMAIL, TestingServer.PASSWORD);
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        return answer;
    }

    private static Answer bearer(String path, String token) {
        return server.get(path, "Authorization", "Bearer " + token);
    }
}
