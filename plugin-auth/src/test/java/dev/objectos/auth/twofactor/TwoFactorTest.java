package dev.objectos.auth.twofactor;

import static dev.objectos.auth.TestingReader.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingReader;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.auth.tenant.TenantSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Second factors, over HTTP. */
final class TwoFactorTest {

    private static final String DEVICE = "objectos.trusted_device";

    private final TestingServer server = TestingServer.shared();
    private final TestingReader person = TestingReader.on(server);

    @Test
    void asksForACodeAfterThePassword() {
        Enrolled enrolled = enrol();
        Answer first = signIn();
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.json().path("twoFactorRedirect").asBoolean()).isTrue();
        assertThat(first.json().path("twoFactorMethods").toString()).isEqualTo("[\"totp\",\"backup\"]");
        assertThat(first.json().has("token")).isFalse();
        assertThat(first.header("Set-Cookie")).startsWith("objectos.two_factor=").contains("HttpOnly", "SameSite=Lax");
        Answer second = verify(first, enrolled.code());
        assertThat(second.status()).as("%s", second.json()).isEqualTo(200);
        assertThat(server.get("/api/auth/get-session", "Authorization", "Bearer " + second.token()).json()
                .at("/user/email").asString()).isEqualTo(person.email());
        assertThat(cookies(second)).anyMatch(cookie -> cookie.startsWith("objectos.two_factor=;"))
                .noneMatch(cookie -> cookie.startsWith(DEVICE));
        assertThat(verify(first, enrolled.next()).code()).as("the sign-in is finished").isEqualTo("INVALID_TOKEN");
    }

    @Test
    void takesTheCookieForTheToken() {
        Enrolled enrolled = enrol();
        Answer second = server.post("/api/auth/two-factor/verify-totp", json("code", enrolled.code()), "Cookie",
                signIn().cookie());
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.token()).isNotEmpty();
    }

    @Test
    void takesNoCodeTwice() {
        Enrolled enrolled = enrol();
        String code = enrolled.code();
        assertThat(verify(signIn(), code).status()).isEqualTo(200);
        Answer replayed = verify(signIn(), code);
        assertThat(replayed.status()).isEqualTo(401);
        assertThat(replayed.code()).isEqualTo("INVALID_TWO_FACTOR_CODE");
        assertThat(verify(signIn(), enrolled.next()).status()).isEqualTo(200);
    }

    @Test
    void letsInOneOfManyWhoUseOneCodeAtOnce() throws Exception {
        Enrolled enrolled = enrol();
        String code = enrolled.code();
        List<Answer> begun = List.of(signIn(), signIn(), signIn());
        List<Callable<Integer>> tries = begun.stream()
                .<Callable<Integer>>map(first -> () -> verify(first, code).status())
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(tries).stream().map(Future::resultNow)).containsOnlyOnce(200).contains(401);
        }
    }

    @Test
    void endsASignInAfterFiveWrongCodesAndSlowsGuessingDown() {
        Enrolled enrolled = enrol();
        Answer first = signIn();
        String wrong = "000000".equals(enrolled.code()) ? "111111" : "000000";
        for (int i = 0; i < 5; i++) {
            assertThat(verify(first, wrong).code()).isEqualTo("INVALID_TWO_FACTOR_CODE");
        }
        assertThat(verify(first, enrolled.code()).code()).isEqualTo("INVALID_TOKEN");
        assertThat(verify(signIn(), enrolled.code()).code()).as("a new sign-in is no way around it")
                .isEqualTo("RATE_LIMITED");
        server.clock().advance(Duration.ofMinutes(1).plusSeconds(1));
        assertThat(verify(signIn(), enrolled.code()).status()).isEqualTo(200);
    }

    @Test
    void forgetsASignInAfterTenMinutes() {
        Enrolled enrolled = enrol();
        Answer first = signIn();
        server.clock().advance(Duration.ofMinutes(10));
        assertThat(verify(first, enrolled.code()).code()).isEqualTo("INVALID_TOKEN");
    }

    @Test
    void takesEachBackupCodeOnce() {
        Enrolled enrolled = enrol();
        assertThat(enrolled.backupCodes()).hasSize(10).doesNotHaveDuplicates();
        String code = enrolled.backupCodes().getFirst();
        assertThat(backup(signIn(), code.toUpperCase(Locale.ROOT).replace("-", " ")).status()).isEqualTo(200);
        assertThat(backup(signIn(), code).code()).isEqualTo("INVALID_TWO_FACTOR_CODE");
        String session = backup(signIn(), enrolled.backupCodes().get(1)).token();
        Answer made = post("generate-backup-codes", session, json("password", TestingReader.PASSWORD));
        assertThat(made.json().path("backupCodes")).hasSize(10);
        assertThat(backup(signIn(), enrolled.backupCodes().get(2)).code()).isEqualTo("INVALID_TWO_FACTOR_CODE");
        assertThat(backup(signIn(), made.json().at("/backupCodes/0").asString()).status()).isEqualTo(200);
    }

    @Test
    void remembersADeviceUntilThePasswordChanges() {
        Enrolled enrolled = enrol();
        Answer second = server.post("/api/auth/two-factor/verify-totp", json("code", enrolled.code(), "trustDevice",
                true, "twoFactorToken", signIn().json().path("twoFactorToken").asString()));
        String device = cookies(second).stream().filter(cookie -> cookie.startsWith(DEVICE)).findFirst().orElseThrow();
        assertThat(device).contains("HttpOnly", "Max-Age=2592000");
        String shown = device.split(";", 2)[0];
        assertThat(signIn("Cookie", shown).token()).isNotEmpty();
        assertThat(signIn("Cookie", DEVICE + "=guessed").json().path("twoFactorRedirect").asBoolean()).isTrue();
        TestingReader other = TestingReader.on(server);
        enrol(other, other.token());
        assertThat(server.post("/api/auth/sign-in/email",
                json("email", other.email(), "password", TestingReader.PASSWORD), "Cookie", shown).json()
                .path("twoFactorRedirect").asBoolean()).as("of somebody else").isTrue();
        server.clock().advance(Duration.ofSeconds(1));
        assertThat(TestingReader.post(server, "/api/auth/change-password", signIn("Cookie", shown).token(),
                json("currentPassword", TestingReader.PASSWORD, "newPassword", "quite another sentence")).status())
                .isEqualTo(200);
        assertThat(server.post("/api/auth/sign-in/email",
                json("email", person.email(), "password", "quite another sentence"), "Cookie", shown).json()
                .path("twoFactorRedirect").asBoolean()).isTrue();
    }

    @Test
    void forgetsADeviceAfterThirtyDays() {
        Enrolled enrolled = enrol();
        Answer second = server.post("/api/auth/two-factor/verify-totp", json("code", enrolled.code(), "trustDevice",
                true, "twoFactorToken", signIn().json().path("twoFactorToken").asString()));
        String shown = cookies(second).stream().filter(cookie -> cookie.startsWith(DEVICE)).findFirst().orElseThrow()
                .split(";", 2)[0];
        server.clock().advance(Duration.ofDays(30));
        assertThat(signIn("Cookie", shown).json().path("twoFactorRedirect").asBoolean()).isTrue();
    }

    @Test
    void isAskedForOnlyOnceACodeHasConfirmedIt() {
        String session = person.token();
        assertThat(post("enable", session, json("password", "wrong")).code()).isEqualTo("INVALID_PASSWORD");
        assertThat(post("enable", session, json("password", TestingReader.PASSWORD)).status()).isEqualTo(200);
        assertThat(signIn().token()).isNotEmpty();
        assertThat(post("verify-totp", session, json("code", "000000")).code()).isEqualTo("INVALID_TWO_FACTOR_CODE");
        assertThat(signIn().token()).isNotEmpty();
    }

    @Test
    void takesThePasswordToDisableAndToReplaceIt() {
        Enrolled enrolled = enrol();
        assertThat(post("enable", enrolled.session(), json("password", TestingReader.PASSWORD)).status())
                .isEqualTo(409);
        assertThat(post("disable", enrolled.session(), json("password", "wrong")).code())
                .isEqualTo("INVALID_PASSWORD");
        assertThat(post("disable", enrolled.session(), "{}").code()).isEqualTo("VALIDATION_FAILED");
        assertThat(server.post("/api/auth/two-factor/disable", json("password", TestingReader.PASSWORD)).code())
                .isEqualTo("UNAUTHENTICATED");
        assertThat(signIn().json().path("twoFactorRedirect").asBoolean()).isTrue();
        assertThat(post("disable", enrolled.session(), json("password", TestingReader.PASSWORD)).status())
                .isEqualTo(200);
        assertThat(signIn().token()).isNotEmpty();
        assertThat(TestingReader.text(TestingReader.mail(server, person.email(), 2))).contains("not asked for a code");
    }

    @Test
    void isTheFirstThingToDoWhereATenantAsksForIt() {
        TestingReader member = TestingReader.in(server, TestingReader
                .tenant(server, new TenantSettings(null, null, null, null, null, null, true)).id());
        String session = member.token();
        Answer refused = server.get("/api/data/user", "Authorization", "Bearer " + session);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("SECOND_FACTOR_REQUIRED");
        assertThat(TestingReader.post(server, "/api/auth/update-user", session, json("name", "X")).code())
                .isEqualTo("SECOND_FACTOR_REQUIRED");
        assertThat(server.get("/api/auth/get-session", "Authorization", "Bearer " + session).status()).isEqualTo(200);
        Enrolled enrolled = enrol(member, session);
        assertThat(server.get("/api/data/user", "Authorization", "Bearer " + enrolled.session()).code())
                .isNotEqualTo("SECOND_FACTOR_REQUIRED");
    }

    @Test
    void keepsNothingInClear() {
        Enrolled enrolled = enrol();
        assertThat(server.stored("select to_jsonb(f)::text from platform.second_factor f")).isNotEmpty()
                .noneMatch(row -> row.contains(enrolled.secret()));
        assertThat(server.stored("select to_jsonb(c)::text from platform.backup_code c")).isNotEmpty()
                .noneMatch(row -> row.contains(enrolled.backupCodes().getFirst()));
    }

    @Test
    void showsAPictureOfWhatAuthenticatorsNeed() {
        Answer enabled = post("enable", person.token(), json("password", TestingReader.PASSWORD));
        assertThat(enabled.json().path("totpURI").asString()).startsWith("otpauth://totp/ObjectOS:person-");
        assertThat(enabled.json().path("qr").asString()).startsWith("data:image/svg+xml;base64,");
    }

    /** What somebody has who has set a second factor up. */
    private record Enrolled(TestingServer server, String session, String secret, List<String> backupCodes) {

        /** What the authenticator shows now. */
        String code() {
            return Totp.code(Base32.decode(secret), server.clock().instant().getEpochSecond() / 30);
        }

        /** And in half a minute. */
        String next() {
            server.clock().advance(Duration.ofSeconds(30));
            return code();
        }
    }

    private Enrolled enrol() {
        return enrol(person, person.token());
    }

    /** Confirms with a code, of which the time is over afterwards. */
    private Enrolled enrol(TestingReader somebody, String session) {
        Answer enabled = post("enable", session, json("password", TestingReader.PASSWORD));
        assertThat(enabled.status()).as("%s", enabled.json()).isEqualTo(200);
        String uri = enabled.json().path("totpURI").asString();
        assertThat(uri).contains(somebody.email().replace("@", "%40"));
        String secret = uri.replaceAll(".*[?&]secret=([A-Z2-7]+).*", "$1");
        var codes = new ArrayList<String>();
        enabled.json().path("backupCodes").forEach(code -> codes.add(code.asString()));
        var enrolled = new Enrolled(server, session, secret, List.copyOf(codes));
        JsonNode confirmed = post("verify-totp", session, json("code", enrolled.code())).json();
        assertThat(confirmed.path("status").asBoolean()).isTrue();
        assertThat(confirmed.path("token").asString()).as("the session goes on").isEqualTo(session);
        assertThat(confirmed.at("/user/twoFactorEnabled").asBoolean()).isTrue();
        server.clock().advance(Duration.ofSeconds(30));
        return enrolled;
    }

    private Answer signIn(String... headers) {
        return server.post("/api/auth/sign-in/email",
                json("email", person.email(), "password", TestingReader.PASSWORD), headers);
    }

    private Answer verify(Answer first, String code) {
        return server.post("/api/auth/two-factor/verify-totp",
                json("code", code, "twoFactorToken", first.json().path("twoFactorToken").asString()));
    }

    private Answer backup(Answer first, String code) {
        return server.post("/api/auth/two-factor/verify-backup-code",
                json("code", code, "twoFactorToken", first.json().path("twoFactorToken").asString()));
    }

    private Answer post(String path, String session, String body) {
        return TestingReader.post(server, "/api/auth/two-factor/" + path, session, body);
    }

    private static List<String> cookies(Answer answer) {
        return answer.response().headers().allValues("Set-Cookie");
    }
}
