package dev.objectos.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.PasswordStore;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.twofactor.TestingFactor;
import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.spi.SecurityEvent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Names and passwords in the headers of requests. */
final class BasicTest {

    private static final String RECORDS = "/api/data/user";
    private static final int ALLOWED = 5;
    private static final TestingServer SERVER = TestingServer.guarded();
    private static final TestingPeople PEOPLE = new TestingPeople(SERVER, "basic");

    private static Person somebody() {
        return PEOPLE.person(PEOPLE.tenant(), "member");
    }

    private static String header(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static Answer get(String path, String name, String password) {
        return SERVER.get(path, "Authorization", header(name, password));
    }

    private static Answer get(Person person) {
        return get(RECORDS, person.email(), TestingPeople.PASSWORD);
    }

    @Test
    void showWhoCallsByAddressOrUserNameAndBeginNoSession() {
        Person person = somebody();
        person.post("/api/auth/update-user", Map.of("username", "basic-user"));
        String sessions = person.get("/api/auth/list-sessions").json().toString();
        assertThat(get(person).status()).isEqualTo(200);
        Answer self = SERVER.get("/api/auth/get-session", "Authorization",
                header("Basic-User", TestingPeople.PASSWORD).replace("Basic ", "basic  "));
        assertThat(self.json().at("/user/id").asString()).as("%s", self.json()).isEqualTo(person.id());
        assertThat(self.json().at("/session/id").isNull()).isTrue();
        assertThat(self.header("Set-Cookie")).isNull();
        assertThat(person.get("/api/auth/list-sessions").json()).hasToString(sessions);
        assertThat(SERVER.post("/api/auth/change-password",
                "{\"currentPassword\":\"%s\",\"newPassword\":\"anything else here\"}".formatted(TestingPeople.PASSWORD),
                "Authorization", header(person.email(), TestingPeople.PASSWORD)).code()).isEqualTo("PERMISSION_DENIED");
    }

    @Test
    void areComparedOnceForManyRequestsAlsoWhereTheseComeAtOnce() throws Exception {
        Person person = somebody();
        int before = SERVER.passwords().matched.get();
        List<Callable<Integer>> calls = IntStream.range(0, 4 * ALLOWED)
                .<Callable<Integer>>mapToObj(_ -> () -> get(person).status()).toList();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(executor.invokeAll(calls).stream().map(Future::resultNow)).containsOnly(200);
        }
        assertThat(get(person).status()).isEqualTo(200);
        assertThat(SERVER.passwords().matched.get() - before).isLessThan(ALLOWED);
    }

    @Test
    void areRefusedAlikeAndAsSlowlyWhoeverIsNamed() {
        int before = SERVER.passwords().matched.get();
        Answer wrong = get(RECORDS, somebody().email(), "wrong");
        Answer nobody = get(RECORDS, "nobody-basic@example.com", "wrong");
        assertThat(SERVER.passwords().matched.get() - before).as("and the sign-in of the fixture").isEqualTo(3);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("INVALID_EMAIL_OR_PASSWORD");
        assertThat(nobody.json().path("detail")).isEqualTo(wrong.json().path("detail"));
        assertThat(wrong.header("WWW-Authenticate")).as("no browser is to ask for a password and keep it")
                .isEqualTo("Bearer");
    }

    @Test
    void areBlockedTogetherWithTheForm() {
        Person person = somebody();
        for (int i = 0; i < ALLOWED - 1; i++) {
            assertThat(get(RECORDS, person.email(), "wrong " + i).status()).isEqualTo(401);
        }
        assertThat(SERVER.signIn(person.email(), "wrong").status()).isEqualTo(401);
        assertThat(get(person).code()).isEqualTo("RATE_LIMITED");
        assertThat(SERVER.signIn(person.email(), TestingPeople.PASSWORD).status()).isEqualTo(429);
    }

    @Test
    void doNotOpenWhatAsksForMoreThanAPassword() {
        Person guarded = somebody();
        TestingFactor.of(SERVER, guarded.account());
        Answer asked = get(guarded);
        assertThat(asked.status()).isEqualTo(401);
        assertThat(asked.code()).as("%s", asked.json()).isEqualTo("BASIC_REFUSED");
        assertThat(asked.json().path("detail").asString()).contains("second factor", "API key");

        Person elsewhere = PEOPLE.person(PEOPLE.tenant(), "owner");
        assertThat(get(elsewhere).status()).isEqualTo(200);
        SERVER.stored("UPDATE platform.tenant SET settings = '{\"signInMethods\":[\"saml\"]}' WHERE id = '"
                + elsewhere.tenant() + "' RETURNING id");
        SERVER.forgetSessions();
        Answer excluded = get(elsewhere);
        assertThat(excluded.status()).as("%s", excluded.json()).isEqualTo(401);
        assertThat(excluded.code()).isEqualTo("BASIC_REFUSED");

        Person changing = somebody();
        SERVER.bean(PasswordStore.class).set(SERVER.bean(Accounts.class).current(changing.account()),
                TestingPeople.PASSWORD, true);
        assertThat(get(changing).code()).isEqualTo("PASSWORD_CHANGE_REQUIRED");
    }

    @Test
    void endWithThePasswordAndWithTheMembershipAtOnce() {
        Person person = somebody();
        assertThat(get(person).status()).isEqualTo(200);
        assertThat(person.post("/api/auth/change-password",
                Map.of("currentPassword", TestingPeople.PASSWORD, "newPassword", "pässwörd: with a colon")).status())
                .isEqualTo(200);
        assertThat(get(person).status()).isEqualTo(401);
        assertThat(get(RECORDS, person.email(), "pässwörd: with a colon").status()).isEqualTo(200);
        Person admin = PEOPLE.person(person.tenant(), "admin");
        assertThat(admin.post("/api/auth/admin/ban-user", Map.of("userId", person.id())).status()).isEqualTo(200);
        assertThat(get(RECORDS, person.email(), "pässwörd: with a colon").code()).isEqualTo("ACCOUNT_BANNED");
    }

    @Test
    void workInTheOrganizationOfTheHostName() {
        Person person = somebody();
        UUID second = PEOPLE.tenant("basic-second");
        PEOPLE.join(person, second, "member");
        String right = header(person.email(), TestingPeople.PASSWORD);
        assertThat(SERVER.get("/api/auth/get-session", "Authorization", right).json()
                .at("/session/activeOrganizationId").asString()).isEqualTo(person.tenant().toString());
        assertThat(SERVER.get("/api/auth/get-session", "Authorization", right, "X-Forwarded-Host",
                "basic-second.guarded.test").json().at("/session/activeOrganizationId").asString())
                .isEqualTo(second.toString());
    }

    @Test
    void areToldOfOnceAndTheirFailuresEachTime() {
        var told = new CopyOnWriteArrayList<SecurityEvent>();
        Person person = somebody();
        SERVER.bean(EventBus.class).subscribe(SecurityEvent.class, told::add);
        for (int i = 0; i < 3; i++) {
            SERVER.bean(Logins.class).forget(person.account());
            assertThat(get(person).status()).isEqualTo(200);
        }
        get(RECORDS, person.email(), "wrong 1");
        get(RECORDS, person.email(), "wrong 2");
        Eventually.await(() -> count(told, "sign-in.failed", person.account()) == 2);
        assertThat(count(told, "sign-in.succeeded", person.account())).isOne();
        assertThat(told.stream().filter(event -> event.action().equals("sign-in.succeeded")
                && person.account().equals(event.account())).findFirst().orElseThrow().details())
                .containsEntry("by", "basic");
    }

    private static long count(List<SecurityEvent> told, String action, UUID account) {
        return told.stream().filter(event -> event.action().equals(action) && account.equals(event.account())).count();
    }

    @Test
    void areNotTakenFromPagesNorWhereNobodyHasConfiguredThem() {
        Person person = somebody();
        String right = header(person.email(), TestingPeople.PASSWORD);
        assertThat(SERVER.get(RECORDS, "Authorization", right, "Origin", TestingServer.FRIEND).code())
                .isEqualTo("UNAUTHENTICATED");
        assertThat(SERVER.get(RECORDS, "Authorization", right, "Sec-Fetch-Site", "cross-site").code())
                .isEqualTo("UNAUTHENTICATED");
        assertThat(TestingServer.shared().get(RECORDS, "Authorization",
                header(TestingServer.EMAIL, TestingServer.PASSWORD)).code()).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void haveAForm() {
        for (String wrong : List.of("Basic", "Basic ", "Basic %%%", header("", "x"), header("x", ""),
                "Basic " + Base64.getEncoder().encodeToString(new byte[]{'a', ':', (byte) 0xff}))) {
            Answer answer = SERVER.get(RECORDS, "Authorization", wrong);
            assertThat(answer.code()).as(wrong).isIn("INVALID_REQUEST", "UNAUTHENTICATED");
        }
        assertThat(SERVER.get(RECORDS, "Authorization", "Basic %%%").status()).isEqualTo(400);
    }
}
