package dev.objectos.auth.organization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.runtime.session.Session;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Making, changing, choosing, stopping and removing tenants, and their members. */
final class OrganizationTest {

    private static final String ORGANIZATION = "/api/auth/organization/";
    private static final String DATA = "/api/data/user";

    @SuppressWarnings("NullAway.Init")
    private static TestingServer server;

    @SuppressWarnings("NullAway.Init")
    private static TestingPeople people;

    @SuppressWarnings("NullAway.Init")
    private static Person platform;

    @BeforeAll
    static void start() {
        server = TestingServer.shared();
        people = new TestingPeople(server, "org");
        platform = people.platformAdministrator(Session.DEFAULT_TENANT);
    }

    private static UUID create(Person by, String slug) {
        Answer made = by.post(ORGANIZATION + "create", Map.of("name", "Named " + slug, "slug", slug));
        assertThat(made.status()).as("%s", made.json()).isEqualTo(200);
        assertThat(made.json().at("/members/0/user/email").asString()).isEqualTo(by.email());
        return UUID.fromString(made.json().path("id").asString());
    }

    @Test
    void isMadeByAPlatformAdministratorWhoOwnsIt() {
        UUID made = create(platform, "org-made");
        assertThat(platform.post(ORGANIZATION + "check-slug", Map.of("slug", "org-made")).json().path("status")
                .asBoolean(true)).isFalse();
        assertThat(platform.post(ORGANIZATION + "create", Map.of("name", "Again", "slug", "org-made")).code())
                .isEqualTo("UNIQUE_VIOLATION");
        for (String slug : List.of("Org", "-a", "a_b", "a".repeat(64), "www")) {
            assertThat(platform.post(ORGANIZATION + "create", Map.of("name", "X", "slug", slug)).status()).as(slug)
                    .isIn(400, 409);
        }
        Person mover = platform.again();
        assertThat(mover.post(ORGANIZATION + "set-active", Map.of("organizationId", made.toString())).status())
                .isEqualTo(200);
        Answer session = mover.get("/api/auth/get-session");
        assertThat(session.json().at("/session/activeOrganizationId").asString()).isEqualTo(made.toString());
        assertThat(session.json().at("/user/role").asString()).isEqualTo("owner");
        assertThat(mover.get(ORGANIZATION + "get-full-organization").json().at("/members/0/role").asString())
                .isEqualTo("owner");
        assertThat(mover.get(ORGANIZATION + "list").json().findValuesAsString("slug")).contains("default", "org-made");
        assertThat(platform.get("/api/auth/get-session").json().at("/session/activeOrganizationId").asString())
                .as("another session of the same person").isEqualTo(Session.DEFAULT_TENANT.toString());
        Person member = people.person(made, "owner");
        assertThat(member.get(ORGANIZATION + "get-full-organization").json().path("invitations").size()).isZero();
        member.post(ORGANIZATION + "invite-member", Map.of("email", "asked@org.example"));
        assertThat(member.get(ORGANIZATION + "get-full-organization").json().at("/invitations/0/email").asString())
                .isEqualTo("asked@org.example");
        assertThat(people.person(made, "member").get(ORGANIZATION + "get-full-organization").json()
                .path("invitations").size()).isZero();
        assertThat(member.post(ORGANIZATION + "create", Map.of("name", "Mine", "slug", "org-mine")).code())
                .isEqualTo("PERMISSION_DENIED");
    }

    @Test
    void twoOfTheSameNamesKeepApart() {
        UUID first = people.tenant();
        UUID second = people.tenant();
        Person here = people.person(first, "admin");
        Person there = people.person(second, "admin");
        people.join(here, second, "member");
        String person = "{\"name\":\"Same\",\"email\":\"same@org.example\",\"username\":\"same-org\"}";
        Answer one = here.send("POST", DATA, person);
        Answer two = there.send("POST", DATA, person);
        assertThat(List.of(one.status(), two.status())).containsExactly(201, 201);
        assertThat(here.get(DATA + "?email=same@org.example").json().at("/records/0/id"))
                .isEqualTo(one.json().path("id"));
        assertThat(there.get(DATA + "/" + one.json().path("id").asString()).code()).isEqualTo("RECORD_NOT_FOUND");
        Person moved = here.again();
        assertThat(moved.post(ORGANIZATION + "set-active", Map.of("organizationId", second.toString())).status())
                .isEqualTo(200);
        assertThat(moved.get(DATA + "?email=same@org.example").json().at("/records/0/id"))
                .isEqualTo(two.json().path("id"));
    }

    @Test
    void decidesAboutItself() {
        UUID tenant = people.tenant();
        Person owner = people.person(tenant, "owner");
        Answer changed = owner.post(ORGANIZATION + "update", Map.of("name", "Renamed", "settings",
                Map.of("locale", "de-CH", "timezone", "Europe/Zurich", "registration", "domains", "domains",
                        List.of("Example.com"), "passwordPolicy", Map.of("minLength", 12, "maxLength", 128))));
        assertThat(changed.json().at("/settings/domains/0").asString()).as("%s", changed.json())
                .isEqualTo("example.com");
        assertThat(changed.json().path("name").asString()).isEqualTo("Renamed");
        assertThat(owner.post("/api/auth/admin/create-user",
                Map.of("email", "p@org.example", "name", "P", "password", "elevenchars")).code())
                .isEqualTo("VALIDATION_FAILED");
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(Map.of("locale", "no locale"),
                Map.of("timezone", "Mars"),
                Map.of("unknown", 1), Map.of("signInMethods", List.of()), Map.of("domains", List.of("a b")),
                Map.of("registration", "sometimes"), Map.of("passwordPolicy", Map.of("minLength", 0)),
                Map.of("signInMethods", List.of("saml")))) {
            Answer refused = owner.post(ORGANIZATION + "update", Map.of("settings", wrong));
            assertThat(refused.code()).as("%s %s", wrong, refused.json()).isEqualTo("VALIDATION_FAILED");
        }
        Answer back = owner.send("POST", ORGANIZATION + "update", "{\"settings\":{\"locale\":null}}");
        assertThat(back.json().at("/settings").has("locale")).isFalse();
        assertThat(back.json().at("/settings/timezone").asString()).isEqualTo("Europe/Zurich");
        Person member = people.person(tenant, "member");
        assertThat(member.post(ORGANIZATION + "update", Map.of("name", "Mine")).code()).isEqualTo("PERMISSION_DENIED");
        assertThat(member.get(ORGANIZATION + "get-full-organization").json().has("settings")).isFalse();
    }

    @Test
    void dropsNothingInSilenceThatItDoesNotKeep() {
        UUID tenant = people.tenant("org-plain");
        Person owner = people.person(tenant, "owner");
        for (String data : List.of("{\"slug\":\"org-other\"}", "{\"logo\":\"https://example.com/a.png\"}",
                "{\"metadata\":{\"a\":1}}", "{\"metadata\":\"a\"}")) {
            assertThat(owner.send("POST", ORGANIZATION + "update", "{\"data\":" + data + "}").code()).as(data)
                    .isEqualTo("VALIDATION_FAILED");
        }
        assertThat(owner.send("POST", ORGANIZATION + "update",
                "{\"data\":{\"slug\":\"org-plain\",\"logo\":\"\",\"metadata\":{},\"name\":\"Plain\"}}").json()
                .path("name").asString()).isEqualTo("Plain");
        assertThat(platform.post(ORGANIZATION + "create",
                Map.of("name", "Logo", "slug", "org-logo", "logo", "https://example.com/a.png")).code())
                .isEqualTo("VALIDATION_FAILED");
    }

    @Test
    void stopsAllWorkWhileItIsSuspended() {
        UUID tenant = people.tenant();
        Person owner = people.person(tenant, "owner");
        assertThat(owner.post(ORGANIZATION + "suspend", Map.of("organizationId", tenant.toString())).code())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(platform.post(ORGANIZATION + "suspend", Map.of("organizationId", tenant.toString())).json()
                .path("suspended").asBoolean()).isTrue();
        assertThat(owner.get(DATA).status()).isEqualTo(401);
        assertThat(server.signIn(owner.email(), TestingPeople.PASSWORD).status()).isEqualTo(403);
        assertThat(platform.post(ORGANIZATION + "resume", Map.of("organizationId", tenant.toString())).status())
                .isEqualTo(200);
        assertThat(owner.again().get(DATA).status()).isEqualTo(200);
        assertThat(platform.post(ORGANIZATION + "suspend",
                Map.of("organizationId", Session.DEFAULT_TENANT.toString())).code()).isEqualTo("PERMISSION_DENIED");
    }

    @Test
    void isWorkedInByPlatformAdministratorsWhoSaySo() {
        UUID tenant = people.tenant("org-visited");
        Person owner = people.person(tenant, "owner");
        assertThat(platform.get(DATA, "X-Tenant", "org-visited").status()).isEqualTo(200);
        Answer made = platform.send("POST", DATA, "{\"name\":\"By visitor\",\"email\":\"v@org.example\"}", "X-Tenant",
                "org-visited");
        assertThat(made.status()).as("%s", made.json()).isEqualTo(201);
        Answer seen = owner.get(DATA + "/" + made.json().path("id").asString() + "?expand=created_by");
        assertThat(seen.json().at("/record/created_by/email").asString()).isEqualTo(platform.email());
        assertThat(platform.get("/api/auth/admin/list-users", "X-Tenant", "org-visited").json().path("total").asInt())
                .as("a visitor is no member").isEqualTo(1);
        assertThat(platform.post("/api/auth/admin/create-user",
                Map.of("email", "made@org.example", "name", "Made", "password", "a long password"), "X-Tenant",
                "org-visited").status()).isEqualTo(200);
        assertThat(owner.get("/api/auth/admin/list-users").json().path("total").asInt()).isEqualTo(2);
        assertThat(platform.get(DATA, "X-Tenant", "org-nobody").status()).isEqualTo(404);
        assertThat(owner.get(DATA, "X-Tenant", "org-visited").code()).as("not even one's own")
                .isEqualTo("PERMISSION_DENIED");
        assertThat(server.get(DATA, "X-Tenant", "org-visited").status()).isEqualTo(401);
    }

    @Test
    void isExportedAndDeletedWithEverything() throws Exception {
        UUID tenant = create(platform, "org-gone");
        Person owner = people.person(tenant, "owner");
        Person abroad = people.person(people.tenant(), "member");
        people.join(abroad, tenant, "member");
        owner.send("POST", DATA, "{\"name\":\"Kept\",\"email\":\"kept@org.example\"}");
        owner.post(ORGANIZATION + "invite-member", Map.of("email", "never@org.example"));
        HttpRequest export = HttpRequest.newBuilder(URI.create(server.origin() + ORGANIZATION + "export"))
                .header("Authorization", "Bearer " + owner.token()).build();
        try (var client = HttpClient.newHttpClient()) {
            List<JsonNode> lines = client.send(export, BodyHandlers.ofString()).body().lines()
                    .map(line -> JsonMapper.shared().readTree(line)).toList();
            assertThat(lines.getFirst().at("/organization/slug").asString()).isEqualTo("org-gone");
            assertThat(lines.getLast().path("complete").asBoolean()).isTrue();
            assertThat(lines.getLast().path("records").asInt()).isEqualTo(lines.size() - 2);
            assertThat(lines).anyMatch(line -> line.at("/record/email").asString("").equals("kept@org.example"));
        }
        Person member = people.person(tenant, "admin");
        assertThat(member.post(ORGANIZATION + "delete",
                Map.of("organizationId", tenant.toString(), "slug", "org-gone")).code()).isEqualTo("PERMISSION_DENIED");
        assertThat(owner.post(ORGANIZATION + "delete",
                Map.of("organizationId", tenant.toString(), "slug", "org-gon")).code()).isEqualTo("VALIDATION_FAILED");
        Answer gone = owner.post(ORGANIZATION + "delete",
                Map.of("organizationId", tenant.toString(), "slug", "org-gone"));
        assertThat(gone.json().path("success").asBoolean()).as("%s", gone.json()).isTrue();
        assertThat(gone.json().path("accounts").asInt()).as("owner and admin; not who works elsewhere").isEqualTo(2);
        assertThat(owner.get(DATA).status()).isEqualTo(401);
        assertThat(server.signIn(owner.email(), TestingPeople.PASSWORD).status()).isEqualTo(401);
        assertThat(abroad.again().get(DATA).status()).isEqualTo(200);
        for (String table : List.of("platform.membership", "platform.login_session", "platform.invitation",
                "platform.outbox", "platform.counter")) {
            assertThat(server.stored("select count(*) from " + table + " where tenant_id = '" + tenant + "'"))
                    .as(table).containsExactly("0");
        }
        assertThat(platform.post(ORGANIZATION + "check-slug", Map.of("slug", "org-gone")).json().path("status")
                .asBoolean()).isTrue();
        assertThat(platform.post(ORGANIZATION + "delete",
                Map.of("organizationId", Session.DEFAULT_TENANT.toString(), "slug", "default")).code())
                .isEqualTo("PERMISSION_DENIED");
    }

    @Test
    void hasMembersWhoComeAndGo() {
        UUID tenant = people.tenant();
        Person owner = people.person(tenant, "owner");
        Person member = people.person(tenant, "member");
        assertThat(member.get(ORGANIZATION + "list-members").json().path("total").asInt()).isEqualTo(2);
        assertThat(member.get(ORGANIZATION + "get-active-member").json().at("/user/email").asString())
                .isEqualTo(member.email());
        assertThat(member.post(ORGANIZATION + "update-member-role", Map.of("memberId", member.id(), "role", "owner"))
                .code()).isEqualTo("PERMISSION_DENIED");
        assertThat(owner.post(ORGANIZATION + "update-member-role", Map.of("memberId", member.id(), "role", "admin"))
                .json().path("role").asString()).isEqualTo("admin");
        assertThat(owner.post(ORGANIZATION + "leave", Map.of()).code()).isEqualTo("LAST_ADMINISTRATOR");
        assertThat(owner.get(DATA).status()).isEqualTo(200);
        Person other = people.person(people.tenant(), "member");
        assertThat(owner.post(ORGANIZATION + "add-member", Map.of("email", other.email())).code())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(platform.post(ORGANIZATION + "add-member",
                Map.of("email", other.email(), "role", "sales", "organizationId", tenant.toString())).json()
                .path("role").asString()).isEqualTo("sales");
        assertThat(other.post(ORGANIZATION + "leave", Map.of("organizationId", tenant.toString())).status())
                .isEqualTo(200);
        assertThat(other.get(DATA).status()).isEqualTo(200);
        assertThat(owner.post(ORGANIZATION + "remove-member", Map.of("memberIdOrEmail", member.email())).status())
                .isEqualTo(200);
        assertThat(member.get(DATA).status()).isEqualTo(401);
    }
}
