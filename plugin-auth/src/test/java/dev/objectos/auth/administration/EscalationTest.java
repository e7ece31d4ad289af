package dev.objectos.auth.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nobody becomes, or makes somebody, more than they are; and nobody reaches into another tenant. */
final class EscalationTest {

    private static final String ADMIN = "/api/auth/admin/";

    @SuppressWarnings("NullAway.Init")
    private static TestingServer server;

    @SuppressWarnings("NullAway.Init")
    private static TestingPeople people;

    @BeforeAll
    static void start() {
        server = TestingServer.shared();
        people = new TestingPeople(server, "escalation");
    }

    /** Everything that is done to a user, by path. */
    private static Map<String, Map<String, Object>> deeds(String user) {
        return Map.of("set-role", Map.of("userId", user, "role", "member"), "ban-user", Map.of("userId", user),
                "unban-user", Map.of("userId", user), "revoke-user-sessions", Map.of("userId", user),
                "set-user-password", Map.of("userId", user, "newPassword", "taken over by me"), "update-user",
                Map.of("userId", user, "data", Map.of("name", "Taken")), "remove-user", Map.of("userId", user),
                "impersonate-user", Map.of("userId", user));
    }

    @Test
    void nobodyTouchesAPlatformAdministrator() {
        UUID tenant = people.tenant();
        Person owner = people.person(tenant, "owner");
        Person platform = people.platformAdministrator(tenant);
        Person another = people.platformAdministrator(tenant);
        for (Person by : List.of(owner, another)) {
            deeds(platform.id()).forEach((path, body) -> assertThat(by.post(ADMIN + path, body).code()).as(path)
                    .isEqualTo("PERMISSION_DENIED"));
        }
        assertThat(platform.get("/api/data/user").status()).isEqualTo(200);
    }

    @Test
    void anAdministratorTouchesNoOwnerAndMakesNone() {
        UUID tenant = people.tenant();
        Person owner = people.person(tenant, "owner");
        Person admin = people.person(tenant, "admin");
        Person member = people.person(tenant, "member");
        deeds(owner.id()).forEach((path, body) -> assertThat(admin.post(ADMIN + path, body).code()).as(path)
                .isEqualTo("PERMISSION_DENIED"));
        assertThat(admin.post(ADMIN + "set-role", Map.of("userId", member.id(), "role", "owner")).code())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(admin.post(ADMIN + "create-user",
                Map.of("email", "own@escalation.example", "name", "O", "password", "long enough", "role", "owner"))
                .code()).isEqualTo("PERMISSION_DENIED");
        assertThat(owner.post(ADMIN + "set-role", Map.of("userId", member.id(), "role", "owner")).status())
                .isEqualTo(200);
    }

    @Test
    void nobodyBansOrDemotesThemselvesOrActsAsThemselves() {
        Person owner = people.person(people.tenant(), "owner");
        for (String path : List.of("set-role", "ban-user", "remove-user", "impersonate-user", "set-user-password")) {
            assertThat(owner.post(ADMIN + path, deeds(owner.id()).getOrDefault(path, Map.of())).code()).as(path)
                    .isEqualTo("PERMISSION_DENIED");
        }
        assertThat(owner.post(ADMIN + "update-user", deeds(owner.id()).get("update-user")).status()).isEqualTo(200);
    }

    @Test
    void aTenantKeepsItsLastAdministratorAndItsLastOwner() {
        UUID tenant = people.tenant();
        Person platform = people.platformAdministrator(tenant);
        Person owner = people.person(tenant, "owner");
        Person admin = people.person(tenant, "admin");
        for (String path : List.of("set-role", "ban-user", "remove-user")) {
            assertThat(platform.post(ADMIN + path, deeds(owner.id()).getOrDefault(path, Map.of())).code()).as(path)
                    .isEqualTo("LAST_ADMINISTRATOR");
        }
        assertThat(owner.post(ADMIN + "set-role", Map.of("userId", admin.id(), "role", "owner")).status())
                .isEqualTo(200);
        assertThat(platform.post(ADMIN + "set-role", Map.of("userId", owner.id(), "role", "member")).status())
                .isEqualTo(200);
    }

    @Test
    void usersOfAnotherTenantAreUnknown() {
        Person admin = people.person(people.tenant(), "owner");
        Person foreign = people.person(people.tenant(), "member");
        String session = server.stored("select id from platform.login_session where account_id = '" + foreign.account()
                + "'").getFirst();
        String unknown = UUID.randomUUID().toString();
        deeds(foreign.id()).forEach((path, body) -> {
            assertThat(admin.post(ADMIN + path, body).status()).as(path).isEqualTo(404);
            assertThat(admin.post(ADMIN + path, body).json().path("message"))
                    .isEqualTo(admin.post(ADMIN + path, deeds(unknown).getOrDefault(path, Map.of())).json()
                            .path("message"));
        });
        for (String id : List.of(foreign.id(), unknown, "x", foreign.account().toString())) {
            assertThat(admin.get(ADMIN + "get-user?id=" + id).status()).isEqualTo(404);
            assertThat(admin.get(ADMIN + "list-user-sessions?userId=" + id).status()).isEqualTo(404);
        }
        assertThat(admin.post(ADMIN + "revoke-user-session", Map.of("sessionToken", session)).status())
                .isEqualTo(404);
        assertThat(foreign.get("/api/data/user").status()).isEqualTo(200);
        assertThat(admin.get(ADMIN + "list-users?searchValue=" + foreign.email()).json().path("total").asInt())
                .isZero();
    }
}
