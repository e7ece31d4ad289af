package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.server.TestingHttp.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every refusal over the wire is a problem document that gives nothing away. */
final class RefusalSurfaceTests extends SurfaceServer {

    private static final String ONE = "/api/data/contacts/" + RecordingRecords.ID;

    @AfterEach
    void heal() {
        http.records().fail(null);
    }

    @Test
    void showsARefusalAsAProblem() {
        http.records().fail(PlatformException.validation("contacts",
                List.of(new FieldError("last_name", "required", "Last name is required"),
                        new FieldError("age", "max", "Age is too high"))));
        Answer answer = http.post("/api/data/contacts", "{}", "X-Request-Id", "abc-1");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("X-Request-Id")).isEqualTo("abc-1");
        assertThat(answer.body()).isEqualTo("{\"type\":\"https://objectos.dev/errors/validation-failed\","
                + "\"title\":\"Validation failed\",\"status\":400,\"detail\":\"Last name is required\","
                + "\"message\":\"Last name is required\",\"code\":\"VALIDATION_FAILED\",\"fields\":["
                + "{\"field\":\"last_name\",\"code\":\"required\",\"message\":\"Last name is required\"},"
                + "{\"field\":\"age\",\"code\":\"max\",\"message\":\"Age is too high\"}],\"object\":\"contacts\","
                + "\"requestId\":\"abc-1\"}");
    }

    @Test
    void showsTheCurrentVersionOfAConflict() {
        http.records().fail(new PlatformException(RuntimeError.CONCURRENT_UPDATE, "changed").with("currentVersion", 4));
        Answer answer = http.send("PATCH", ONE, "{}", "If-Match", "\"3\"");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json()).containsEntry("currentVersion", 4);
        assertThat(answer.header("ETag")).isNull();
    }

    @Test
    void saysWhenToTryAgain() {
        http.records().fail(new PlatformException(RuntimeError.UNAVAILABLE, "starting"));
        assertThat(http.get(ONE).header("Retry-After")).isEqualTo("5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/faulty", "/sends-error"})
    void saysNothingOfItsOwnFaults(String path) {
        Answer answer = http.get(path);
        assertThat(answer.status()).isGreaterThanOrEqualTo(500);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.body()).doesNotContain("SELECT", "secret", "java", "objectos.Table", "Secret");
        assertThat(answer.json()).containsKeys("requestId", "code");
    }

    @Test
    void cutsAnAnswerOffThatFailsHalfway() {
        assertThatThrownBy(() -> http.get("/fails-late")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void asksToSignIn() {
        Answer answer = http.get("/api/data/contacts", "Authorization", "none");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.json()).containsEntry("code", "UNAUTHENTICATED");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"GET|/api/nothing|404|RESOURCE_NOT_FOUND",
            "GET|/nothing|404|RESOURCE_NOT_FOUND",
            "GET|/error|404|RESOURCE_NOT_FOUND", "GET|/api/data/unknown|404|OBJECT_NOT_FOUND",
            "GET|/api/data/vault|404|OBJECT_NOT_FOUND", "GET|/api/data/contacts/no-id|404|RECORD_NOT_FOUND",
            "GET|/api/data/contacts/%00|400|INVALID_REQUEST", "GET|/api/data/contacts/a%2Fb|400|INVALID_REQUEST",
            "POST|/api/data/contacts/import|404|RESOURCE_NOT_FOUND", "PUT|/api/data/contacts|405|METHOD_NOT_ALLOWED",
            "GET|/api/metadata/unknown|404|OBJECT_NOT_FOUND", "GET|/api/metadata/view/x|404|RESOURCE_NOT_FOUND",
            "PATCH|/api/metadata/object/contacts|405|METHOD_NOT_ALLOWED", "POST|/graphql|404|RESOURCE_NOT_FOUND",
            "GET|/api/data/contacts/0199?a=1|404|RECORD_NOT_FOUND", "POST|/api/data/contacts?a=1|400|INVALID_REQUEST",
            "GET|/api/data/contacts?top=5&top=6|400|INVALID_REQUEST",
            "GET|/api/data/contacts?a=%ff|400|INVALID_REQUEST", "GET|/api/data/contacts?a=%00|400|INVALID_REQUEST",
            "TRACE|/api/data/contacts|405|METHOD_NOT_ALLOWED",
            "GET|/api/data/contacts?top=1001|400|INVALID_QUERY", "GET|/api/metadata?x=1|400|INVALID_REQUEST"})
    void refusesCleanly(String method, String path, int status, String code) {
        Answer answer = http.send(method, path, method.equals("GET") ? null : "{}");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json()).containsEntry("code", code).containsEntry("status", status)
                .containsEntry("requestId", answer.header("X-Request-Id"));
    }

    @Test
    void namesTheMethodsThatAreAllowed() {
        assertThat(http.send("PUT", ONE, "{}").status()).isEqualTo(405);
        assertThat(http.send("PUT", ONE, "{}").header("Allow")).contains("GET", "PATCH", "DELETE");
        assertThat(http.send("DELETE", "/api/data/contacts", null).header("Allow")).contains("GET", "POST");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"text/plain|415", "application/json; charset=latin1|415", "nonsense|415",
            "application/xml|415", "application/json; charset=UTF-8|201", "application/merge-patch+json|201"})
    void minds(String contentType, int status) {
        assertThat(http.post("/api/data/contacts", "{}", "Content-Type", contentType).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"text/html|406", "application/json;q=0|406", "???|406",
            "text/html, */*;q=0.1|200",
            "application/*|200", "application/json|200"})
    void answersOnlyWhatIsAccepted(String accept, int status) {
        assertThat(http.get(ONE, "Accept", accept).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\":1,\"a\":2}", "{} {}", "[]", "null", "{\"a\":NaN}", "{\"a\":\"\\ud800\"}",
            "{'a':1}",
            "{\"a\":01}", "{\"a\":1e99999999999}", "{\"a\":1,}"})
    void refusesABodyThatIsNoRecord(String body) {
        Answer answer = http.post("/api/data/contacts", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json()).containsEntry("code", "INVALID_REQUEST");
    }

    @Test
    void refusesABodyThatIsTooLargeOrTooDeep() {
        assertThat(http.post("/api/data/contacts", "{\"a\":\"" + "x".repeat(10 * 1024 * 1024) + "\"}").json())
                .containsEntry("code", "PAYLOAD_TOO_LARGE");
        assertThat(http.post("/api/data/contacts", "[".repeat(5000)).status()).isEqualTo(413);
    }

    @Test
    void answersProblemsForWhatTomcatRefuses() throws IOException {
        assertThat(raw("GET /api/data/contacts?a={b|c\u0001} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400").contains("application/problem+json").contains("INVALID_REQUEST")
                .doesNotContain("tomcat", "Exception");
        assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nBig: " + "x".repeat(40_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 4").contains("application/problem+json");
    }

    private static String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", http.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
