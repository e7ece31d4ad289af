package dev.objectos.auth.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.limit.RequestLimits.Caller;
import dev.objectos.auth.limit.RequestLimits.Kind;
import dev.objectos.auth.token.Tokens;
import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.database.Databases;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What several nodes serve counts together. */
final class SharedLimitsTest {

    private static final Duration EVERY = Duration.ofMillis(500);

    private final TestingServer server = TestingServer.guarded();
    private final TestingTime time = new TestingTime();
    private final Node one = new Node(server, time);
    private final Node other = new Node(server, time);

    /** What another process over the same database would have; it tells when the test says so. */
    private record Node(RequestLimits limits, CountExchange exchange) {

        Node(TestingServer server, TimeMeter time) {
            this(new RequestLimits(new LimitProperties(100, 60, 10, 1_000, EVERY), time), server);
        }

        private Node(RequestLimits limits, TestingServer server) {
            this(limits, new CountExchange(limits,
                    new RequestCounts(server.bean(Databases.class).worker(), UUID.randomUUID()), EVERY, true));
        }

        int serve(Caller caller, int requests) {
            int served = 0;
            for (int i = 0; i < requests; i++) {
                served += limits.count(caller).admitted() ? 1 : 0;
            }
            return served;
        }
    }

    private static Caller somebody(Kind kind) {
        return new Caller(kind, UUID.randomUUID().toString());
    }

    @Test
    void isNotServedAgainByTheNextNode() {
        Caller caller = somebody(Kind.USER);
        assertThat(one.serve(caller, 45)).isEqualTo(45);
        one.exchange().exchange();
        other.exchange().exchange();
        other.exchange().exchange();
        assertThat(other.serve(caller, 60)).as("what is left of 60, once").isEqualTo(15);
        other.exchange().exchange();
        one.exchange().exchange();
        assertThat(one.serve(caller, 1)).isZero();
        time.advance(Duration.ofSeconds(2));
        assertThat(one.serve(caller, 5)).as("one more each second").isEqualTo(2);
        assertThat(other.serve(somebody(Kind.USER), 60)).as("anybody else").isEqualTo(60);
    }

    @Test
    void isPaidBackWhenBothHaveServedBeforeTheyHeard() {
        Caller caller = somebody(Kind.KEY);
        assertThat(one.serve(caller, 10) + other.serve(caller, 10)).as("until they tell each other").isEqualTo(20);
        one.exchange().exchange();
        other.exchange().exchange();
        one.exchange().exchange();
        time.advance(Duration.ofSeconds(59));
        assertThat(one.serve(caller, 1) + other.serve(caller, 1)).isZero();
        time.advance(Duration.ofSeconds(8));
        assertThat(one.serve(caller, 1)).as("nobody waits for more than a minute").isEqualTo(1);
    }

    @Test
    void isToldOfCallersWhoMatterAlone() {
        Caller busy = somebody(Kind.TENANT);
        Caller quiet = somebody(Kind.TENANT);
        one.serve(busy, 10);
        one.serve(quiet, 9);
        one.exchange().exchange();
        assertThat(server.stored("select requests from platform.request_count where caller = '" + busy.id() + "'"))
                .containsExactly("10");
        assertThat(server.stored("select requests from platform.request_count where caller = '" + quiet.id() + "'"))
                .isEmpty();
    }

    @Test
    void isHeardOfByAServerThatRuns() {
        Person person = TestingPeople.somebody(server, "member");
        String key = person.post("/api/auth/api-key/create", Map.of("name", "x")).json().path("key").asString();
        assertThat(server.get("/api/data/user", "X-API-Key", key).status()).isEqualTo(200);
        var elsewhere = new RequestCounts(server.bean(Databases.class).worker(), UUID.randomUUID());
        elsewhere.tell(Map.of(new Caller(Kind.KEY, HexFormat.of().formatHex(Tokens.digest(key))), 1_000L));
        Eventually.await(() -> server.get("/api/auth/get-session", "X-API-Key", key).status() == 429);
    }
}
