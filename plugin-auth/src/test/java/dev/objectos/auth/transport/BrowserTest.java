package dev.objectos.auth.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages in a browser may do here, behind a proxy and without one. */
final class BrowserTest {

    private static final String EVIL = "https://evil.example";

    /** Its only trusted proxy is this machine. */
    private final TestingServer server = TestingServer.guarded();
    /** Trusts none. */
    private final TestingServer bare = TestingServer.shared();

    @Test
    void areToldBeforeAnybodyAsksWhoCalls() throws Exception {
        HttpResponse<String> answer = preflight(server, TestingServer.FRIEND, "PATCH", "authorization,content-type");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo(TestingServer.FRIEND);
        assertThat(header(answer, "Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(header(answer, "Access-Control-Allow-Methods")).contains("PATCH");
        assertThat(header(answer, "Access-Control-Max-Age")).isEqualTo("3600");
        assertThat(header(answer, "Vary")).contains("Origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {EVIL, "null", "https://app.example.com.evil.example", "http://app.example.com",
            "https://app.example.com:444"})
    void ofOtherOriginsAreRefused(String origin) throws Exception {
        HttpResponse<String> answer = preflight(server, origin, "GET", "authorization");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.body()).contains("PERMISSION_DENIED");
        assertThat(preflight(bare, origin, "GET", "authorization").headers().firstValue("Access-Control-Allow-Origin"))
                .as("nothing is allowed where nothing is said").isEmpty();
    }

    @Test
    void ofFriendsMayActAsWhoeverIsSignedIn() {
        Person person = TestingPeople.somebody(server, "member");
        String cookie = server.signIn(person.email(), TestingPeople.PASSWORD).cookie();
        Answer answer = update(server, cookie, "Origin", TestingServer.FRIEND, "Sec-Fetch-Site", "same-site");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(TestingServer.FRIEND);
        assertThat(update(server, cookie, "Origin", EVIL).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"same-origin,200", "cross-site,401", "same-site,401", "none,401"})
    void areAskedWhereTheyFetchFrom(String site, int status) {
        Person person = TestingPeople.somebody(bare, "member");
        String cookie = bare.signIn(person.email(), TestingPeople.PASSWORD).cookie();
        assertThat(update(bare, cookie, "Origin", bare.origin(), "Sec-Fetch-Site", site).status()).isEqualTo(status);
        assertThat(update(bare, cookie, "Sec-Fetch-Site", site).status()).as("without an origin").isEqualTo(401);
    }

    @Test
    void areKnownByTheNameThatATrustedProxyGives() {
        Person person = TestingPeople.somebody(server, "member");
        Answer signedIn = server.post("/api/auth/sign-in/email",
                "{\"email\":\"" + person.email() + "\",\"password\":\"" + TestingPeople.PASSWORD + "\"}",
                "X-Forwarded-Proto", "https");
        assertThat(signedIn.header("Set-Cookie")).contains("Secure");
        assertThat(signedIn.header("Strict-Transport-Security")).contains("max-age=");
        String cookie = signedIn.cookie();
        String[] proxy = {"X-Forwarded-Proto", "https", "X-Forwarded-Host", "erp.example.com"};
        assertThat(update(server, cookie, with(proxy, "Origin", "https://erp.example.com")).status()).isEqualTo(200);
        assertThat(update(server, cookie, with(proxy, "Origin", "http://erp.example.com")).status()).isEqualTo(403);
        assertThat(update(server, cookie, with(proxy, "Origin", EVIL)).status()).isEqualTo(403);
        String[] other = {"X-Forwarded-Proto", "https", "X-Forwarded-Host", "erp.example.com", "X-Forwarded-Port",
                "8443"};
        assertThat(update(server, cookie, with(other, "Origin", "https://erp.example.com:8443")).status())
                .isEqualTo(200);
    }

    @Test
    void areNotKnownByWhatAnybodyElseForwards() {
        Person person = TestingPeople.somebody(bare, "member");
        Answer signedIn = bare.post("/api/auth/sign-in/email",
                "{\"email\":\"" + person.email() + "\",\"password\":\"" + TestingPeople.PASSWORD + "\"}",
                "X-Forwarded-Proto", "https", "X-Forwarded-For", "198.51.100.9", "Forwarded",
                "for=198.51.100.9;proto=https;host=evil.example");
        assertThat(signedIn.header("Set-Cookie")).doesNotContain("Secure");
        assertThat(signedIn.header("Strict-Transport-Security")).isNull();
        assertThat(address(bare, signedIn.token())).isEqualTo("127.0.0.1");
        assertThat(update(bare, signedIn.cookie(), "X-Forwarded-Proto", "https", "X-Forwarded-Host", "evil.example",
                "Origin", EVIL).status()).isEqualTo(401);
    }

    @Test
    void comeFromTheNearestAddressThatIsNoProxys() {
        Person person = TestingPeople.somebody(server, "member");
        String body = "{\"email\":\"" + person.email() + "\",\"password\":\"" + TestingPeople.PASSWORD + "\"}";
        Answer answer = server.post("/api/auth/sign-in/email", body, "X-Forwarded-For", "10.9.8.7, 198.51.100.9");
        assertThat(address(server, answer.token())).as("what stands before it is the caller's own word")
                .isEqualTo("198.51.100.9");
    }

    @Test
    void beginASessionThatNobodyKnewBefore() {
        Person person = TestingPeople.somebody(bare, "member");
        String planted = "objectos.session_token=planted-by-somebody-else";
        Answer answer = bare.post("/api/auth/sign-in/email",
                "{\"email\":\"" + person.email() + "\",\"password\":\"" + TestingPeople.PASSWORD + "\"}", "Cookie",
                planted, "Origin", bare.origin());
        assertThat(answer.cookie()).startsWith("objectos.session_token=").isNotEqualTo(planted);
        assertThat(bare.get("/api/data/user", "Cookie", planted).status()).isEqualTo(401);
        String mine = "objectos.session_token=" + person.token();
        assertThat(bare.post("/api/auth/sign-in/email",
                "{\"email\":\"" + person.email() + "\",\"password\":\"" + TestingPeople.PASSWORD + "\"}", "Cookie",
                mine, "Origin", bare.origin()).cookie()).isNotEqualTo(mine);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "https://idp.example.org"})
    void mayPostTheFormsOfProvidersAndOfPagesBehindMails(String origin) {
        Answer confirmed = server.post("/api/auth/confirm-email?token=x&callbackURL=/w", "confirm=yes", "Content-Type",
                "application/x-www-form-urlencoded", "Origin", origin);
        assertThat(confirmed.header("Location")).isEqualTo("/w?error=INVALID_TOKEN");
        assertThat(server.post("/api/auth/callback/google", "code=x&state=y", "Content-Type",
                "application/x-www-form-urlencoded", "Origin", origin).status()).isEqualTo(303);
        assertThat(server.post("/api/auth/sign-in/email", "{}", "Origin", origin).code())
                .isEqualTo("PERMISSION_DENIED");
    }

    @Test
    void areToldToLoadNothingAndToFrameNothing() {
        Answer answer = bare.get("/api/v1/discovery");
        assertThat(answer.header("Content-Security-Policy")).isEqualTo(
                "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Permissions-Policy")).contains("camera=()");
        assertThat(answer.header("Strict-Transport-Security")).as("it is not https").isNull();
        assertThat(bare.get("/api/data/user").header("X-Content-Type-Options")).as("of a refusal").isEqualTo("nosniff");
    }

    @Test
    void keepNothingThatIsAboutCredentials() throws Exception {
        assertThat(bare.get("/api/auth/get-session").header("Cache-Control")).isEqualTo("no-store");
        HttpResponse<String> page = raw(
                HttpRequest.newBuilder(URI.create(bare.origin() + "/api/auth/reset-password/none")));
        assertThat(header(page, "Cache-Control")).isEqualTo("no-store");
        assertThat(bare.get("/api/auth/jwks").header("Cache-Control")).isEqualTo("public, max-age=300");
        assertThat(bare.get("/api/v1/discovery").header("Cache-Control")).contains("private");
    }

    @Test
    void showTheApiFromThisServerAlone() throws Exception {
        HttpResponse<String> docs = raw(HttpRequest.newBuilder(URI.create(bare.origin() + "/docs")));
        assertThat(header(docs, "Content-Security-Policy")).contains("script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe-eval");
    }

    @Test
    void sendNoEndlessHeaders() {
        Answer answer = bare.get("/api/v1/discovery", "X-Long", "x".repeat(20_000));
        assertThat(answer.status()).isEqualTo(431);
        assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
    }

    private static Answer update(TestingServer server, String cookie, String... headers) {
        return server.post("/api/auth/update-user", "{\"name\":\"Person\"}", with(headers, "Cookie", cookie));
    }

    private static String[] with(String[] headers, String name, String value) {
        String[] more = Arrays.copyOf(headers, headers.length + 2);
        more[headers.length] = name;
        more[headers.length + 1] = value;
        return more;
    }

    private static String address(TestingServer server, String token) {
        return server.get("/api/auth/get-session", "Authorization", "Bearer " + token).json().at("/session/ipAddress")
                .asString();
    }

    private static HttpResponse<String> preflight(TestingServer server, String origin, String method, String headers)
            throws IOException, InterruptedException {
        return raw(HttpRequest.newBuilder(URI.create(server.origin() + "/api/data/contacts"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()).header("Origin", origin)
                .header("Access-Control-Request-Method", method).header("Access-Control-Request-Headers", headers));
    }

    private static HttpResponse<String> raw(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String header(HttpResponse<String> answer, String name) {
        return String.join(", ", answer.headers().allValues(name));
    }
}
