package dev.objectos.auth.systemobject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Doctor;
import dev.objectos.runtime.spi.DoctorFinding;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Accounts, sessions and tenants as records. */
final class SystemObjectTest {

    private static final List<String> ALL = List.of("_users", "_memberships", "_sessions", "_tenants", "_invitations",
            "_roles",
            "_api_keys");

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
    void showWhichRolesThereAreAndWhoHoldsThem() {
        UUID tenant = people.tenant();
        Person admin = people.person(tenant, "admin");
        Person seller = people.person(tenant, "member", "sales");
        Person stray = people.person(tenant, "member", "left-over");
        people.person(people.tenant(), "sales");
        Eventually.await(() -> server.stored("select name from platform.known_role").contains("support"));
        Answer roles = admin.get("/api/data/_roles?sort=name");
        assertThat(roles.status()).as("%s", roles.json()).isEqualTo(200);
        assertThat(roles.json().path("records").findValuesAsString("name")).contains("admin", "left-over", "member",
                "owner", "sales", "support");
        JsonNode sales = admin.get("/api/data/_roles?name=sales").json().at("/records/0");
        assertThat(sales.path("holders").asInt()).isEqualTo(1);
        assertThat(sales.path("held_by").toString()).isEqualTo("[\"" + seller.id() + "\"]");
        assertThat(sales.path("defined").asBoolean()).isTrue();
        JsonNode strange = admin.get("/api/data/_roles?name=left-over").json().at("/records/0");
        assertThat(strange.path("defined").asBoolean(true)).isFalse();
        assertThat(strange.at("/held_by/0").asString()).isEqualTo(stray.id());
        assertThat(admin.get("/api/data/_roles?name=support").json().at("/records/0/holders").asInt(-1)).isZero();
        assertThat(admin.get("/api/data/_roles/" + sales.path("id").asString()).json().at("/record/name").asString())
                .isEqualTo("sales");
    }

    @Test
    void showKeysWithoutWhatOpens() {
        UUID tenant = people.tenant();
        Person admin = people.person(tenant, "admin");
        Person member = people.person(tenant, "member");
        Person abroad = people.person(people.tenant(), "member");
        String key = member.post("/api/auth/api-key/create", Map.of("name", "Nightly", "scopes", List.of("data:read")))
                .json().path("key").asString();
        abroad.post("/api/auth/api-key/create", Map.of("name", "Elsewhere"));
        Answer keys = admin.get("/api/data/_api_keys");
        assertThat(keys.json().path("records").findValuesAsString("name")).containsExactly("Nightly");
        JsonNode shown = keys.json().at("/records/0");
        assertThat(shown.path("user_id").asString()).isEqualTo(member.id());
        assertThat(shown.path("scopes").toString()).isEqualTo("[\"data:read\"]");
        assertThat(key).startsWith(shown.path("start").asString());
        assertThat(keys.json().toString()).doesNotContain(key, "digest");
        assertThat(admin.get("/api/data/_api_keys?key_digest=x").code()).isEqualTo("INVALID_FIELD");
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
        assertThat(platform.get("/api/data/_users/" + platform.id()).status()).isEqualTo(200);
        assertThat(platform.get("/api/data/_users/" + owner.id()).status()).isEqualTo(404);
    }

    @Test
    void areSoundInTheEyesOfTheDoctor() {
        assertThat(server.bean(Doctor.class).examine())
                .filteredOn(finding -> List.of("tables", "strays", "published schema", "row-level security")
                        .contains(finding.check()))
                .hasSize(4).allMatch(finding -> finding.status() == DoctorFinding.Status.OK);
    }
}
