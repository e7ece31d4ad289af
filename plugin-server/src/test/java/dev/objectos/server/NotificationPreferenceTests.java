package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.server.TestingHttp.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people want to be told, over HTTP. */
@ExtendWith(SharedRealServer.class)
final class NotificationPreferenceTests {

    private static final String PATH = "/api/notifications/preferences";
    private static final String UNSAID = """
            {"preferences":{"email":true,"push":false,"inApp":true,"digest":"none","channels":{}}}""";

    @SuppressWarnings("NullAway.Init")
    private static TestingHttp http;

    @BeforeAll
    static void start(TestingHttp shared) {
        http = shared;
    }

    @Test
    void keepsWhatSomebodyWantsToBeTold() {
        assertThat(http.send("PUT", PATH, "{\"preferences\":{}}").body()).isEqualTo(UNSAID);
        assertThat(http.get(PATH).body()).isEqualTo(UNSAID);

        Answer changed = http.send("PATCH", PATH, """
                {"preferences": {"email": false, "push": false, "digest": "none",
                    "channels": {"audit_alert": {"email": true}, "news": {"enabled": false}}}}""");
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(http.get(PATH).body()).isEqualTo(changed.body()).isEqualTo("""
                {"preferences":{"email":false,"push":false,"inApp":true,"digest":"none","channels":{\
                "audit_alert":{"enabled":true,"email":true},"news":{"enabled":false}}}}""");

        http.send("PATCH", PATH, "{\"preferences\": {\"channels\": {\"news\": {\"inApp\": false}}}}");
        assertThat(http.get(PATH).body()).contains("\"email\":false,\"push\"", "\"audit_alert\":{",
                "\"news\":{\"enabled\":true,\"inApp\":false}");
        assertThat(http.send("PUT", PATH, "{\"preferences\":{}}").body()).isEqualTo(UNSAID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"email\": false}", "{\"preferences\": []}", "{\"preferences\": {\"sms\": true}}",
            "{\"preferences\": {\"email\": \"no\"}}", "{\"preferences\": {\"push\": true}}",
            "{\"preferences\": {\"digest\": \"daily\"}}", "{\"preferences\": {\"channels\": {\"\": {}}}}",
            "{\"preferences\": {\"channels\": {\"news\": true}}}",
            "{\"preferences\": {\"channels\": {\"news\": {\"push\": true}}}}"})
    void refusesWhatItDoesNotDo(String body) {
        Answer refused = http.send("PATCH", PATH, body);
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.json()).containsEntry("code", "INVALID_REQUEST");
    }
}
