package dev.objectos.auth.systemobject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Doctor;
import dev.objectos.runtime.spi.DoctorFinding;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Accounts, sessions and tenants as records. */
final class SystemObjectTest {

    private static final List<String> ALL = List.of("_users", "_memberships", "_sessions", "_tenants", "_invitations");

    @SuppressWarnings("NullAway.Init")
    private static TestingServer server;

    @SuppressWarnings("NullAway.Init")
    private static TestingPeople people;

    @BeforeAll
    static void start() {
        server = TestingServer.shared();
        people = new TestingPeople(server, "views");
    }

    @Test
    void showAdministratorsTheirOwnTenantAndNoSecret() {
        UUID tenant = people.tenant();
        Person admin = people.person(tenant, "admin");
        Person member = people.person(tenant, "member", "sales");
        people.person(people.tenant(), "member");
        Answer users = admin.get("/api/data/_users?sort=-email&search=views");
        assertThat(users.status()).as("%s", users.json()).isEqualTo(200);
        assertThat(users.json().path("records").findValuesAsString("id")).containsExactlyInAnyOrder(admin.id(),
                member.id());
        Answer one = admin.get("/api/data/_users/" + member.id());
        assertThat(one.json().at("/record/roles").toString()).isEqualTo("[\"member\",\"sales\"]");
        assertThat(admin.get("/api/data/_users?roles=sales&filter=%7B%22banned%22%3Afalse%7D").status()).isEqualTo(200);
        assertThat(admin.get("/api/data/_sessions").json().path("records").findValuesAsString("user_id"))
                .containsExactlyInAnyOrder(admin.id(), member.id());
        assertThat(admin.get("/api/data/_tenants").json().path("records").findValuesAsString("id"))
                .containsExactly(tenant.toString());
        assertThat(admin.get("/api/data/_memberships").json().path("records").size()).isEqualTo(2);
        for (String object : ALL) {
            assertThat(admin.get("/api/data/" + object).json().toString()).as(object).doesNotContain("password_hash",
                    "token_digest", "argon2");
        }
    }

    @Test
    void doNotExistForAnybodyElse() {
        Person member = people.person(people.tenant(), "member");
        for (String object : ALL) {
            Answer unknown = member.get("/api/data/nothing");
            Answer seen = member.get("/api/data/" + object);
            assertThat(seen.status()).as(object).isEqualTo(404);
            assertThat(seen.code()).isEqualTo(unknown.code());
            assertThat(seen.json().path("message").asString())
                    .isEqualTo(unknown.json().path("message").asString().replace("nothing", object));
            assertThat(member.send("POST", "/api/data/" + object, "{}").code()).isEqualTo("OBJECT_NOT_FOUND");
        }
    }

    @Test
    void areWrittenByNobody() {
        UUID tenant = people.tenant();
        Person admin = people.person(tenant, "owner");
        Person platform = people.platformAdministrator(tenant);
        for (Person by : List.of(admin, platform)) {
            for (String object : ALL) {
                assertThat(by.send("POST", "/api/data/" + object, "{\"name\":\"x\"}").code()).as(object)
                        .isEqualTo("PERMISSION_DENIED");
                assertThat(by.send("PATCH", "/api/data/" + object + "/" + admin.id(), "{\"name\":\"x\"}").code())
                        .as(object).isEqualTo("PERMISSION_DENIED");
                assertThat(by.send("DELETE", "/api/data/" + object + "/" + admin.id(), null).code()).as(object)
                        .isEqualTo("PERMISSION_DENIED");
            }
        }
    }

    @Test
    void areReadElsewhereByPlatformAdministratorsWhoSaySo() {
        UUID tenant = people.tenant("views-elsewhere");
        Person owner = people.person(tenant, "owner");
        Person platform = people.platformAdministrator(Session.DEFAULT_TENANT);
        assertThat(platform.get("/api/data/_users", "X-Tenant", "views-elsewhere").json().path("records")
                .findValuesAsString("id")).containsExactly(owner.id());
        assertThat(platform.get("/api/data/_users").json().path("records").findValuesAsString("id"))
                .contains(platform.id()).doesNotContain(owner.id());
    }

    @Test
    void areSoundInTheEyesOfTheDoctor() {
        assertThat(server.bean(Doctor.class).examine())
                .filteredOn(finding -> List.of("tables", "strays", "published schema", "row-level security")
                        .contains(finding.check()))
                .hasSize(4).allMatch(finding -> finding.status() == DoctorFinding.Status.OK);
    }
}
