package dev.objectos.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.auth.token.Tokens;
import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.spi.SecurityEvent;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Renewing tokens, over HTTP. */
final class RefreshTokensTest {

    private final TestingServer server = TestingServer.shared();

    @Test
    void areGoodForOneTimeEach() {
        Person person = TestingPeople.somebody(server, "member");
        Answer first = pair(person);
        assertThat(first.json().path("token_type").asString()).isEqualTo("Bearer");
        assertThat(first.json().path("expires_in").asInt()).isEqualTo(900);
        Answer second = renew(refreshToken(first));
        assertThat(second.status()).as("%s", second.json()).isEqualTo(200);
        assertThat(refreshToken(second)).isNotEqualTo(refreshToken(first));
        assertThat(open(second.json().path("access_token").asString())).isEqualTo(200);
        Answer third = server.post("/api/auth/refresh-token",
                "{\"refreshToken\":\"" + refreshToken(second) + "\"}");
        assertThat(third.json().path("refreshToken").asString()).isNotBlank();
        assertThat(open(third.json().path("accessToken").asString())).isEqualTo(200);
    }

    @Test
    void endTheirSessionWhenOneIsShownASecondTime() {
        var told = new CopyOnWriteArrayList<SecurityEvent>();
        server.bean(EventBus.class).subscribe(SecurityEvent.class, told::add);
        Person person = TestingPeople.somebody(server, "member");
        Answer stolen = pair(person);
        Answer thief = renew(refreshToken(stolen));
        assertThat(open(thief.json().path("access_token").asString())).isEqualTo(200);

        assertThat(renew(refreshToken(stolen)).code()).isEqualTo("UNAUTHENTICATED");
        assertThat(renew(refreshToken(thief)).code()).isEqualTo("UNAUTHENTICATED");
        assertThat(open(thief.json().path("access_token").asString())).isEqualTo(401);
        assertThat(open(stolen.json().path("access_token").asString())).isEqualTo(401);
        assertThat(open(person.token())).isEqualTo(401);
        Eventually.await(() -> told.stream().anyMatch(event -> event.action().equals("refresh-token.reused")
                && person.account().equals(event.account())));
    }

    @Test
    void areNotRenewedTwiceAtOnce() throws Exception {
        String token = refreshToken(pair(TestingPeople.somebody(server, "member")));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> attempts = IntStream.range(0, 8)
                    .<Callable<Integer>>mapToObj(_ -> () -> renew(token).status()).toList();
            int renewed = 0;
            for (Future<Integer> answer : threads.invokeAll(attempts)) {
                renewed += answer.get() == 200 ? 1 : 0;
            }
            assertThat(renewed).isLessThanOrEqualTo(1);
        }
        assertThat(renew(token).status()).isEqualTo(401);
    }

    @Test
    void endAltogetherAfterTheirTimeHoweverOftenTheyAreRenewed() {
        Answer latest = pair(TestingPeople.somebody(server, "member"));
        for (int day = 0; day < 6; day++) {
            server.clock().advance(Duration.ofDays(1));
            latest = renew(refreshToken(latest));
            assertThat(latest.status()).as("day %s", day).isEqualTo(200);
        }
        server.clock().advance(Duration.ofDays(1));
        assertThat(renew(refreshToken(latest)).status()).isEqualTo(401);
    }

    @Test
    void endWithTheSession() {
        Person signingOut = TestingPeople.somebody(server, "member");
        String token = refreshToken(pair(signingOut));
        server.post("/api/auth/sign-out", null, "Authorization", signingOut.bearer());
        assertThat(renew(token).status()).isEqualTo(401);

        Person changing = TestingPeople.somebody(server, "member");
        String other = refreshToken(pair(changing));
        assertThat(server.post("/api/auth/change-password",
                "{\"currentPassword\":\"" + TestingPeople.PASSWORD
                        + "\",\"newPassword\":\"a quite different phrase 7\"}",
                "Authorization", changing.bearer()).status()).isEqualTo(200);
        assertThat(renew(other).status()).isEqualTo(401);
    }

    @Test
    void areGivenToTheSessionsOwnTokenAlone() {
        Person person = TestingPeople.somebody(server, "member");
        String access = pair(person).json().path("access_token").asString();
        assertThat(server.post("/api/auth/token", null, "Authorization", "Bearer " + access).code())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(server.post("/api/auth/token", null).code()).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void areNoCredentialsThemselvesAndStoredByTheirDigest() {
        String token = refreshToken(pair(TestingPeople.somebody(server, "member")));
        assertThat(open(token)).isEqualTo(401);
        assertThat(server.stored("select to_jsonb(r)::text from platform.refresh_token r")).isNotEmpty()
                .noneMatch(row -> row.contains(token));
        assertThat(server.stored("select encode(token_digest, 'hex') from platform.refresh_token"))
                .contains(HexFormat.of().formatHex(Tokens.digest(token)));
    }

    @Test
    void areRefusedWhereTheyAreNone() {
        assertThat(renew("nonsense").code()).isEqualTo("UNAUTHENTICATED");
        assertThat(server.post("/api/auth/token", "{\"grant_type\":\"refresh_token\"}").code())
                .isEqualTo("VALIDATION_FAILED");
        assertThat(server.post("/api/auth/token", "{\"grant_type\":\"password\"}").code())
                .isEqualTo("INVALID_REQUEST");
        assertThat(server.post("/api/auth/refresh-token", "{}").code()).isEqualTo("VALIDATION_FAILED");
    }

    private Answer pair(Person person) {
        Answer answer = server.post("/api/auth/token", null, "Authorization", person.bearer());
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        return answer;
    }

    private Answer renew(String token) {
        return server.post("/api/auth/token", "{\"grant_type\":\"refresh_token\",\"refresh_token\":\"" + token + "\"}");
    }

    private static String refreshToken(Answer answer) {
        return answer.json().path("refresh_token").asString();
    }

    private int open(String token) {
        return server.get("/api/data/user", "Authorization", "Bearer " + token).status();
    }
}
