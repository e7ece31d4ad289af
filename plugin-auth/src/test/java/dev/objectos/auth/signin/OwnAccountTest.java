package dev.objectos.auth.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.runtime.session.Session;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What people do to their own account. */
final class OwnAccountTest {

    private static final String NEXT = "another password of somebody";

    private static final TestingServer SERVER = TestingServer.shared();
    private static final TestingPeople PEOPLE = new TestingPeople(SERVER, "own");

    private static Person somebody() {
        return PEOPLE.person(Session.DEFAULT_TENANT, "member");
    }

    @Test
    void changesThePasswordAndEndsEveryOtherSession() {
        Person person = somebody();
        Person elsewhere = person.again();
        Answer wrong = person.post("/api/auth/change-password", Map.of("currentPassword", "x", "newPassword", NEXT));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(person.post("/api/auth/change-password",
                Map.of("currentPassword", TestingPeople.PASSWORD, "newPassword", "short")).json().at("/fields/0/field")
                .asString()).isEqualTo("newPassword");

        Answer changed = person.post("/api/auth/change-password",
                Map.of("currentPassword", TestingPeople.PASSWORD, "newPassword", NEXT));
        assertThat(changed.status()).as("%s", changed.json()).isEqualTo(200);
        assertThat(person.get("/api/data/user").status()).as("the token is another one now").isEqualTo(401);
        assertThat(elsewhere.get("/api/data/user").status()).isEqualTo(401);
        assertThat(SERVER.get("/api/data/user", "Authorization", "Bearer " + changed.token()).status()).isEqualTo(200);
        assertThat(SERVER.signIn(person.email(), TestingPeople.PASSWORD).status()).isEqualTo(401);
        assertThat(SERVER.signIn(person.email(), NEXT).status()).isEqualTo(200);
    }

    @Test
    void seesAndEndsItsSessionsAndNoOthers() {
        Person here = somebody();
        Person there = here.again();
        Person stranger = somebody();
        JsonNode sessions = here.get("/api/auth/list-sessions").json();
        assertThat(sessions.size()).isEqualTo(2);
        assertThat(sessions.toString()).doesNotContain(here.token()).doesNotContain(there.token());
        String other = sessions.valueStream().filter(session -> !session.path("current").asBoolean()).findFirst()
                .orElseThrow().path("token").asString();

        assertThat(stranger.post("/api/auth/revoke-session", Map.of("token", other)).status()).isEqualTo(404);
        assertThat(here.post("/api/auth/revoke-session", Map.of("token", other)).status()).isEqualTo(200);
        assertThat(there.get("/api/data/user").status()).isEqualTo(401);
        assertThat(here.get("/api/data/user").status()).isEqualTo(200);

        Person third = here.again();
        assertThat(stranger.post("/api/auth/revoke-session", Map.of("token", third.token())).status()).isEqualTo(404);
        assertThat(here.post("/api/auth/revoke-session", Map.of("token", third.token())).status())
                .as("whoever knows the token itself may name the session by it").isEqualTo(200);
        assertThat(third.get("/api/data/user").status()).isEqualTo(401);

        Person again = here.again();
        assertThat(here.post("/api/auth/revoke-other-sessions", Map.of()).status()).isEqualTo(200);
        assertThat(again.get("/api/data/user").status()).isEqualTo(401);
        assertThat(here.get("/api/data/user").status()).isEqualTo(200);
        assertThat(here.post("/api/auth/revoke-sessions", Map.of()).status()).isEqualTo(200);
        assertThat(here.get("/api/data/user").status()).isEqualTo(401);
        assertThat(stranger.get("/api/data/user").status()).isEqualTo(200);
    }

    @Test
    void describesItselfForExpressionsAndRecords() {
        Person person = somebody();
        assertThat(person.post("/api/auth/update-user",
                Map.of("name", "Grace", "username", "grace-own", "locale", "de-CH", "timezone", "Asia/Tokyo")).status())
                .isEqualTo(200);
        JsonNode user = person.get("/api/auth/get-session").json().path("user");
        assertThat(user.path("name").asString()).isEqualTo("Grace");
        assertThat(user.path("username").asString()).isEqualTo("grace-own");
        JsonNode record = person.get("/api/data/user/" + person.id()).json().path("record");
        assertThat(record.path("timezone").asString()).isEqualTo("Asia/Tokyo");
        assertThat(SERVER.post("/api/auth/sign-in/username",
                "{\"username\":\"GRACE-own\",\"password\":\"" + TestingPeople.PASSWORD + "\"}").status())
                .isEqualTo(200);
        assertThat(somebody().post("/api/auth/update-user", Map.of("username", "Grace-Own")).code())
                .isEqualTo("UNIQUE_VIOLATION");
    }

    @Test
    void isForWhoHasSignedIn() {
        for (String path : new String[]{"/api/auth/change-password", "/api/auth/update-user",
                "/api/auth/revoke-session"}) {
            assertThat(SERVER.post(path, "{}").code()).as(path).isEqualTo("UNAUTHENTICATED");
        }
        assertThat(SERVER.get("/api/auth/list-sessions").code()).isEqualTo("UNAUTHENTICATED");
    }
}
