package dev.objectos.auth.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.runtime.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Guessing passwords. */
final class SignInThrottleTest {

    private static final int ALLOWED = 5;

    private static final TestingServer SERVER = TestingServer.shared();
    private static final TestingPeople PEOPLE = new TestingPeople(SERVER, "throttle");

    private static Person somebody() {
        return PEOPLE.person(Session.DEFAULT_TENANT, "member");
    }

    private static void fail(String name, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(SERVER.signIn(name, "wrong " + i).status()).isEqualTo(401);
        }
    }

    @Test
    void blocksANameAfterFiveFailuresAlsoForTheRightPasswordAndInAnyLetterCase() {
        Person person = somebody();
        fail(person.email(), ALLOWED);
        Answer blocked = SERVER.signIn(person.email().toUpperCase(Locale.ROOT), TestingPeople.PASSWORD);
        assertThat(blocked.status()).isEqualTo(429);
        assertThat(blocked.code()).isEqualTo("RATE_LIMITED");
        assertThat(Integer.parseInt(Objects.requireNonNull(blocked.header("Retry-After")))).isBetween(1, 60);
        assertThat(person.get("/api/data/user").status()).as("who is signed in goes on").isEqualTo(200);

        SERVER.clock().advance(Duration.ofMinutes(1));
        assertThat(SERVER.signIn(person.email(), TestingPeople.PASSWORD).status()).isEqualTo(200);
        fail(person.email(), ALLOWED);
    }

    @Test
    void blocksLongerForEachFurtherFailureButNotForEver() {
        String name = somebody().email();
        fail(name, ALLOWED);
        int minutes = 0;
        for (int expected : new int[]{1, 2, 4, 8, 15, 15}) {
            minutes += expected;
            int seconds = Integer.parseInt(Objects.requireNonNull(SERVER.signIn(name, "x").header("Retry-After")));
            assertThat(seconds).isEqualTo(expected * 60);
            SERVER.clock().advance(Duration.ofMinutes(expected));
            fail(name, 1);
        }
        assertThat(minutes).isEqualTo(45);
    }

    @Test
    void treatsANameThatNobodyHasAlike() {
        fail("nobody-throttled@example.com", ALLOWED);
        assertThat(SERVER.signIn("nobody-throttled@example.com", "x").status()).isEqualTo(429);
    }

    @Test
    void countsAttemptsThatAreUnderWay() throws Exception {
        String name = somebody().email();
        List<Callable<Integer>> guesses = IntStream.range(0, 40)
                .<Callable<Integer>>mapToObj(i -> () -> SERVER.signIn(name, "guess " + i).status()).toList();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<Integer, Long> answers = executor.invokeAll(guesses).stream().map(Future::resultNow)
                    .collect(Collectors.groupingBy(status -> status, Collectors.counting()));
            assertThat(answers).containsOnlyKeys(401, 429).containsEntry(401, (long) ALLOWED);
        }
    }

    @Test
    void forgetsFailuresAfterASuccessAndAfterAnHour() {
        Person person = somebody();
        fail(person.email(), ALLOWED - 1);
        assertThat(SERVER.signIn(person.email(), TestingPeople.PASSWORD).status()).isEqualTo(200);
        fail(person.email(), ALLOWED - 1);
        SERVER.clock().advance(Duration.ofMinutes(61));
        fail(person.email(), ALLOWED);
        assertThat(SERVER.signIn(person.email(), TestingPeople.PASSWORD).status()).isEqualTo(429);
    }

    @Test
    void holdsForEveryWayThatAsksForThePassword() {
        Person person = somebody();
        for (int i = 0; i < ALLOWED; i++) {
            assertThat(person.post("/api/auth/change-password",
                    Map.of("currentPassword", "wrong " + i, "newPassword", "something else entirely")).code())
                    .isEqualTo("INVALID_PASSWORD");
        }
        assertThat(person.post("/api/auth/change-password",
                Map.of("currentPassword", TestingPeople.PASSWORD, "newPassword", "something else entirely")).status())
                .isEqualTo(429);
        assertThat(SERVER.signIn(person.email(), TestingPeople.PASSWORD).status()).isEqualTo(429);
    }
}
