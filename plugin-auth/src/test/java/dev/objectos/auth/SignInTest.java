package dev.objectos.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.auth.token.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in and out over HTTP. */
final class SignInTest {

    private static final TestingServer SERVER = TestingServer.shared();

    /** Whom nobody has ever heard of. */
    private static final String STRANGER = "stranger@sign-in.example";

    @Test
    void givesATokenThatOpensWhatIsClosedToOthers() {
        assertThat(SERVER.get("/api/data/user").code()).isEqualTo("UNAUTHENTICATED");
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
        assertThat(SERVER.get("/api/auth/get-session").json().isNull()).isTrue();
    }

    @Test
    void isForgottenByTheBrowserWhereThatIsAskedFor() {
        String credentials = "{\"email\":\"" + TestingServer.EMAIL + "\",\"password\":\"" + TestingServer.PASSWORD
                + "\",\"rememberMe\":%s}";
        assertThat(SERVER.post("/api/auth/sign-in/email", credentials.formatted("true")).header("Set-Cookie"))
                .contains("Max-Age=");
        assertThat(SERVER.post("/api/auth/sign-in/email", credentials.formatted("false")).header("Set-Cookie"))
                .contains("objectos.session_token=").doesNotContain("Max-Age", "Expires");
    }

    @Test
    void knowsAnAddressInAnyLetterCase() {
        assertThat(SERVER.signIn(" ADA@EXAMPLE.COM ", TestingServer.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void answersAlikeAndWorksAsMuchWhetherTheAccountExistsOrNot() {
        int before = SERVER.passwords().matched.get();
        Answer wrong = SERVER.signIn(TestingServer.EMAIL, "wrong");
        assertThat(SERVER.passwords().matched.get()).isEqualTo(before + 1);
        Answer unknown = SERVER.signIn(STRANGER, "wrong");
        assertThat(SERVER.passwords().matched.get()).isEqualTo(before + 2);
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
        int before = SERVER.passwords().matched.get();
        Answer known = SERVER.signIn(TestingServer.EMAIL, "x".repeat(length));
        Answer unknown = SERVER.signIn(STRANGER, "x".repeat(length));
        assertThat(SERVER.passwords().matched.get()).isEqualTo(before);
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
        Answer answer = SERVER.post("/api/auth/sign-in/email", body);
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void namesEveryMissingField() {
        assertThat(SERVER.post("/api/auth/sign-in/email", "{}").json().path("fields").findValuesAsString("field"))
                .containsExactly("email", "password");
    }

    @Test
    void takesJsonOnly() {
        Answer answer = SERVER.post("/api/auth/sign-in/email", "email=a&password=b", "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(answer.status()).isEqualTo(415);
    }

    @Test
    void revokesATokenWhenItsOwnerSignsOutAndNoOther() {
        String first = signIn().token();
        String second = signIn().token();
        assertThat(first).isNotEqualTo(second);
        assertThat(bearer("/api/data/user", first).status()).isEqualTo(200);
        Answer out = SERVER.post("/api/auth/sign-out", null, "Authorization", "Bearer " + first);
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
            SERVER.clock().advance(Duration.ofDays(1));
            SERVER.forgetSessions();
            assertThat(bearer("/api/data/user", token).status()).isEqualTo(200);
        }
        SERVER.clock().advance(Duration.ofDays(1).minusSeconds(1));
        assertThat(bearer("/api/data/user", token).status()).isEqualTo(200);
        SERVER.clock().advance(Duration.ofSeconds(1));
        assertThat(bearer("/api/data/user", token).code()).isEqualTo("UNAUTHENTICATED");
        signIn();
        assertThat(SERVER.stored("select count(*) from platform.login_session where expires_at <= '"
                + SERVER.clock().instant().minusSeconds(1) + "'")).as("cleared away").containsExactly("0");
    }

    @Test
    void forgetsATokenThatNobodyUses() {
        String token = signIn().token();
        SERVER.clock().advance(Duration.ofDays(3));
        SERVER.forgetSessions();
        assertThat(bearer("/api/data/user", token).code()).isEqualTo("UNAUTHENTICATED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer x", "Basic YTpi", "Bearer null", "bearer ' or 1=1 --"})
    void knowsNobodyByWhatIsNoToken(String authorization) {
        assertThat(SERVER.get("/api/data/user", "Authorization", authorization).code()).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void believesACookieForChangesOnlyFromItsOwnOrigin() {
        String cookie = signIn().cookie();
        String person = "{\"name\":\"Cookie\",\"email\":\"%s@example.com\"}";
        assertThat(SERVER.get("/api/data/user", "Cookie", cookie).status()).isEqualTo(200);
        for (String foreign : new String[]{"https://evil.example", "null", SERVER.origin() + ".evil.example",
                SERVER.origin().replace("http:", "https:"), "http://127.0.0.1:1"}) {
            assertThat(SERVER.post("/api/data/user", person.formatted("foreign"), "Cookie", cookie, "Origin", foreign)
                    .code()).as(foreign).isEqualTo("UNAUTHENTICATED");
        }
        assertThat(SERVER.post("/api/data/user", person.formatted("none"), "Cookie", cookie).code())
                .isEqualTo("UNAUTHENTICATED");
        assertThat(SERVER.post("/api/auth/sign-out", null, "Cookie", cookie).status()).isEqualTo(200);
        assertThat(SERVER.get("/api/data/user", "Cookie", cookie).status()).as("nobody else signs me out")
                .isEqualTo(200);
        assertThat(SERVER.post("/api/data/user", person.formatted("own"), "Cookie", cookie, "Origin", SERVER.origin())
                .status()).isEqualTo(201);
    }

    @Test
    void believesABearerTokenRatherThanACookie() {
        String cookie = signIn().cookie();
        assertThat(SERVER.get("/api/data/user", "Cookie", cookie, "Authorization", "Bearer stale").code())
                .isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void storesNeitherATokenNorAPasswordInClear() {
        String token = signIn().token();
        String hex = HexFormat.of().formatHex(token.getBytes(StandardCharsets.UTF_8));
        assertThat(SERVER.stored("select to_jsonb(s)::text from platform.login_session s")).isNotEmpty()
                .noneMatch(row -> row.contains(token) || row.contains(hex));
        assertThat(SERVER.stored("select encode(token_digest, 'hex') from platform.login_session"))
                .contains(HexFormat.of().formatHex(Tokens.digest(token)));
        assertThat(SERVER.stored("select to_jsonb(a)::text from platform.account a")).isNotEmpty()
                .noneMatch(row -> row.contains(TestingServer.PASSWORD));
    }

    private static Answer signIn() {
        Answer answer = SERVER.signIn(TestingServer.EMAIL, TestingServer.PASSWORD);
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        return answer;
    }

    private static Answer bearer(String path, String token) {
        return SERVER.get(path, "Authorization", "Bearer " + token);
    }
}
