package dev.objectos.auth.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.spi.SecurityEvent;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Limits over HTTP. */
final class LimitedRequestsTest {

    private final TestingServer server = TestingServer.guarded();

    @Test
    void areRefusedWithATimeToTryAgainAndNobodyElseIs() {
        var told = new CopyOnWriteArrayList<SecurityEvent>();
        server.bean(EventBus.class).subscribe(SecurityEvent.class, told::add);
        Person person = TestingPeople.somebody(server, "member");
        String key = key(person);
        Answer first = server.get("/api/data/user", "X-API-Key", key);
        assertThat(first.header("RateLimit-Limit")).isEqualTo(Integer.toString(TestingServer.REQUESTS_PER_KEY));
        assertThat(Integer.parseInt(String.valueOf(first.header("RateLimit-Remaining"))))
                .isLessThan(TestingServer.REQUESTS_PER_KEY);
        assertThat(first.header("RateLimit-Reset")).isNotNull();
        Answer answer = first;
        // The bucket fills while it is emptied; that is slower than any request.
        for (int i = 0; i < 10 * TestingServer.REQUESTS_PER_KEY && answer.status() == 200; i++) {
            answer = server.get("/api/auth/get-session", "X-API-Key", key);
        }
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("RATE_LIMITED");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.header("RateLimit-Remaining")).isEqualTo("0");
        assertThat(server.get("/api/data/user", "X-API-Key", key(person)).status()).as("another key").isEqualTo(200);
        assertThat(server.get("/api/data/user", "Authorization", person.bearer()).status()).as("the person")
                .isEqualTo(200);
        Eventually.await(() -> told.stream().anyMatch(event -> event.action().equals("requests.limited")
                && "key".equals(event.details().get("by")) && person.account().equals(event.account())));
    }

    @Test
    void areCountedForPeopleAndAddressesToo() {
        Person person = TestingPeople.somebody(server, "member");
        assertThat(server.get("/api/data/user", "Authorization", person.bearer()).header("RateLimit-Limit"))
                .isEqualTo("12000");
        assertThat(server.get("/api/v1/discovery").header("RateLimit-Limit")).isEqualTo("24000");
        assertThat(server.get("/actuator/health").header("RateLimit-Limit")).isNull();
    }

    private String key(Person person) {
        return server.post("/api/auth/api-key/create", "{\"name\":\"x\"}", "Authorization", person.bearer()).json()
                .path("key").asString();
    }
}
