package dev.objectos.auth.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.spi.SecurityEvent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Users and groups that an identity provider keeps. */
final class ScimTest {

    private static final String USERS = "/scim/v2/Users";
    private static final String GROUPS = "/scim/v2/Groups";
    private static final String USER = """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%1$s","externalId":"x-%1$s",
             "name":{"givenName":"Grace","familyName":"Hopper"},"emails":[{"value":"%1$s","type":"work","primary":true}],
             "active":true,"password":"a long password"}""";

    @SuppressWarnings("NullAway.Init")
    private static TestingServer server;

    @SuppressWarnings("NullAway.Init")
    private static TestingPeople people;

    @BeforeAll
    static void start() {
        server = TestingServer.shared();
        people = new TestingPeople(server, "scim");
    }

    private static Answer found(Person by, String filter) {
        return by.get(USERS + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
    }

    private static String operation(String op, String path, String value) {
        return "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[{\"op\":\"" + op
                + "\",\"path\":\"" + path.replace("\"", "\\\"") + "\"" + (value.isEmpty() ? "" : ",\"value\":" + value)
                + "}]}";
    }

    @Test
    void makesChangesAndRemovesUsers() {
        Person admin = people.person(people.tenant(), "admin");
        Answer made = admin.send("POST", USERS, USER.formatted("grace@scim.example"), "Content-Type",
                "application/scim+json");
        assertThat(made.status()).as("%s", made.json()).isEqualTo(201);
        assertThat(made.header("Content-Type")).startsWith("application/scim+json");
        String id = made.json().path("id").asString();
        assertThat(made.header("Location")).endsWith(USERS + "/" + id);
        assertThat(made.json().path("displayName").asString()).isEqualTo("Grace Hopper");
        assertThat(made.json().toString()).doesNotContain("password");
        assertThat(server.signIn("grace@scim.example", "a long password").status()).isEqualTo(200);
        assertThat(admin.send("POST", USERS, USER.formatted("grace@scim.example")).json().path("scimType").asString())
                .isEqualTo("uniqueness");
        String version = String.valueOf(made.header("ETag"));
        assertThat(admin.send("GET", USERS + "/" + id, null, "If-None-Match", version).response().statusCode())
                .isEqualTo(304);
        Answer patched = admin.send("PATCH", USERS + "/" + id,
                operation("Replace", "emails[type eq \"work\"].value", "\"hopper@scim.example\""), "If-Match", version);
        assertThat(patched.json().at("/emails/0/value").asString()).as("%s", patched.json())
                .isEqualTo("hopper@scim.example");
        assertThat(admin.send("PATCH", USERS + "/" + id, operation("replace", "displayName", "\"G\""), "If-Match",
                version).status()).isEqualTo(412);
        Answer replaced = admin.send("PUT", USERS + "/" + id,
                "{\"userName\":\"ghopper-scim\",\"displayName\":\"Admiral\",\"roles\":[{\"value\":\"navy\"}]}");
        assertThat(replaced.json().path("userName").asString()).as("%s", replaced.json()).isEqualTo("ghopper-scim");
        assertThat(replaced.json().has("externalId")).isFalse();
        assertThat(replaced.json().at("/groups/0/value").asString()).isEqualTo("navy");
        assertThat(admin.send("DELETE", USERS + "/" + id, null, "If-Match", "W/\"old\"").status()).isEqualTo(412);
        assertThat(delete(admin, USERS + "/" + id)).isEqualTo(204);
        assertThat(admin.get(USERS + "/" + id).json().path("status").asString()).isEqualTo("404");
    }

    /** The body of such an answer is empty, which is no JSON. */
    private static int delete(Person by, String path) {
        return by.send("DELETE", path, null).status();
    }

    @Test
    void shutsOutWhoIsNotActive() {
        Person admin = people.person(people.tenant(), "admin");
        Person member = people.person(admin.tenant(), "member");
        Answer off = admin.send("PATCH", USERS + "/" + member.id(), operation("replace", "active", "\"False\""));
        assertThat(off.json().path("active").asBoolean(true)).as("%s", off.json()).isFalse();
        assertThat(member.get("/api/data/user").status()).isEqualTo(401);
        assertThat(server.signIn(member.email(), TestingPeople.PASSWORD).code()).isEqualTo("ACCOUNT_BANNED");
        admin.send("PATCH", USERS + "/" + member.id(),
                "{\"Operations\":[{\"op\":\"replace\",\"value\":{\"active\":true}}]}");
        assertThat(member.again().get("/api/data/user").status()).isEqualTo(200);
    }

    @Test
    void findsUsersByFilters() {
        Person admin = people.person(people.tenant(), "admin");
        Person anna = people.named("anna@filter.example", admin.tenant(), "sales");
        admin.send("PATCH", USERS + "/" + anna.id(), operation("add", "externalId", "\"e-1\""));
        for (String filter : List.of("userName eq \"ANNA@filter.example\"", "externalId eq \"e-1\"",
                "emails.value sw \"anna\" and active eq true", "roles.value eq \"sales\" or id eq \"x\"",
                "not (userName co \"scim\") and externalId pr", "(displayName co \"anna@\") and not (active eq false)",
                "urn:ietf:params:scim:schemas:core:2.0:User:userName ew \"filter.example\"")) {
            Answer found = found(admin, filter);
            assertThat(found.json().path("totalResults").asInt()).as("%s %s", filter, found.json()).isEqualTo(1);
            assertThat(found.json().at("/Resources/0/id").asString()).isEqualTo(anna.id());
        }
        assertThat(found(admin, "externalId eq \"E-1\"").json().path("totalResults").asInt()).isZero();
        for (String wrong : List.of("userName", "userName eq", "userName is \"x\"", "password eq \"x\"", "(id pr",
                "id pr)", "active eq \"maybe\"", "userName eq x", "\"", "meta.created gt \"soon\"", "active co true")) {
            assertThat(found(admin, wrong).json().path("scimType").asString()).as(wrong).isEqualTo("invalidFilter");
        }
        Answer page = admin.get(USERS + "?startIndex=2&count=1");
        assertThat(page.json().path("totalResults").asInt()).isEqualTo(2);
        assertThat(page.json().at("/Resources/0/id").asString()).isEqualTo(anna.id());
    }

    @Test
    void keepsRolesAsGroups() {
        var told = new CopyOnWriteArrayList<SecurityEvent>();
        server.bean(EventBus.class).subscribe(SecurityEvent.class, told::add);
        Person owner = people.person(people.tenant(), "owner");
        Person member = people.person(owner.tenant(), "member");
        String crewed = "{\"displayName\":\"pilots\",\"members\":[{\"value\":\"" + UUID.randomUUID() + "\"}]}";
        assertThat(owner.send("POST", GROUPS, crewed).status()).isEqualTo(404);
        assertThat(owner.get(GROUPS + "/pilots").status()).as("nothing is made for nobody").isEqualTo(404);
        Answer made = owner.send("POST", GROUPS, "{\"displayName\":\"pilots\",\"externalId\":\"g1\"}");
        assertThat(made.status()).as("%s", made.json()).isEqualTo(201);
        Eventually.await(() -> told.stream().anyMatch(event -> event.action().equals("role.unknown")
                && "pilots".equals(event.details().get("role"))));
        assertThat(owner.get("/api/data/_roles?name=pilots").json().at("/records/0/defined").asBoolean(true)).isFalse();
        Answer added = owner.send("PATCH", GROUPS + "/pilots",
                operation("add", "members", "[{\"value\":\"" + member.id() + "\"}]"));
        assertThat(added.json().at("/members/0/value").asString()).as("%s", added.json()).isEqualTo(member.id());
        assertThat(owner.get(USERS + "/" + member.id()).json().path("roles").findValuesAsString("value"))
                .containsExactly("member", "pilots");
        assertThat(owner.get(GROUPS + "?filter=displayName%20eq%20%22pilots%22").json().path("totalResults").asInt())
                .isEqualTo(1);
        Answer removed = owner.send("PATCH", GROUPS + "/pilots",
                operation("remove", "members[value eq \"" + member.id() + "\"]", ""));
        assertThat(removed.json().path("members").size()).isZero();
        assertThat(delete(owner, GROUPS + "/pilots")).isEqualTo(204);
        assertThat(owner.get(GROUPS + "/pilots").status()).isEqualTo(404);
        assertThat(owner.send("DELETE", GROUPS + "/owner", null).status()).isEqualTo(403);
    }

    @Test
    void showsTheAttributesThatAreWanted() {
        Person admin = people.person(people.tenant(), "admin");
        Answer some = admin.get(USERS + "?attributes=userName,EMAILS.value");
        assertThat(some.json().at("/Resources/0").propertyNames()).containsExactlyInAnyOrder("schemas", "id",
                "userName", "emails");
        assertThat(some.json().at("/Resources/0/emails/0").propertyNames()).containsExactly("value");
        String one = USERS + "/" + admin.id();
        assertThat(admin.get(one + "?attributes=urn:ietf:params:scim:schemas:core:2.0:User:displayName").json()
                .propertyNames()).containsExactlyInAnyOrder("schemas", "id", "displayName");
        Answer rest = admin.get(one + "?excludedAttributes=meta,id,emails.type");
        assertThat(rest.json().propertyNames()).contains("id", "userName").doesNotContain("meta");
        assertThat(rest.json().at("/emails/0").propertyNames()).contains("value").doesNotContain("type");
        assertThat(rest.header("ETag")).isNotNull();
        assertThat(admin.get(GROUPS + "/admin?excludedAttributes=members").json().has("members")).isFalse();
        Answer made = admin.send("POST", USERS + "?attributes=userName", USER.formatted("few@scim.example"));
        assertThat(made.json().propertyNames()).containsExactlyInAnyOrder("schemas", "id", "userName");
    }

    @Test
    void refusesParametersThatItDoesNotServe() {
        Person admin = people.person(people.tenant(), "admin");
        for (String path : List.of(USERS + "?sortBy=userName", GROUPS + "?sortOrder=descending",
                USERS + "?startindex=2", "/scim/v2/Schemas?filter=x", USERS + "/" + admin.id() + "?count=1")) {
            Answer refused = admin.get(path);
            assertThat(refused.status()).as(path).isEqualTo(400);
            assertThat(refused.json().path("scimType").asString()).as(path).isEqualTo("invalidSyntax");
        }
        assertThat(admin.get(USERS + "?sortBy=userName").json().path("detail").asString()).contains("startIndex");
    }

    @Test
    void obeysTheRulesOfAdministration() {
        UUID tenant = people.tenant();
        Person owner = people.person(tenant, "owner");
        Person admin = people.person(tenant, "admin");
        Person member = people.person(tenant, "member");
        Person foreign = people.person(people.tenant(), "member");
        assertThat(member.get(USERS).json().path("status").asString()).isEqualTo("403");
        assertThat(server.get(USERS).status()).isEqualTo(401);
        assertThat(admin.send("PATCH", USERS + "/" + owner.id(), operation("replace", "active", "false")).status())
                .isEqualTo(403);
        assertThat(admin.send("PATCH", GROUPS + "/owner",
                operation("add", "members", "[{\"value\":\"" + member.id() + "\"}]")).status()).isEqualTo(403);
        assertThat(admin.send("PATCH", USERS + "/" + admin.id(), operation("replace", "active", "false")).status())
                .isEqualTo(403);
        for (String id : List.of(foreign.id(), UUID.randomUUID().toString(), "x")) {
            assertThat(admin.get(USERS + "/" + id).status()).isEqualTo(404);
            assertThat(admin.send("PATCH", USERS + "/" + id, operation("replace", "active", "false")).status())
                    .isEqualTo(404);
            assertThat(admin.send("PUT", USERS + "/" + id, USER.formatted("z@scim.example")).status()).isEqualTo(404);
            assertThat(admin.send("DELETE", USERS + "/" + id, null).status()).isEqualTo(404);
            assertThat(admin.send("PATCH", GROUPS + "/member",
                    operation("add", "members", "[{\"value\":\"" + id + "\"}]")).status()).isEqualTo(404);
        }
        assertThat(foreign.get("/api/data/user").status()).isEqualTo(200);
    }

    @Test
    void saysWhatItCanDo() {
        Person admin = people.person(people.tenant(), "admin");
        assertThat(admin.get("/scim/v2/ServiceProviderConfig").json().at("/patch/supported").asBoolean()).isTrue();
        assertThat(admin.get("/scim/v2/ResourceTypes").json().path("totalResults").asInt()).isEqualTo(2);
        assertThat(admin.get("/scim/v2/Schemas/" + ScimUser.SCHEMA).json().path("name").asString()).isEqualTo("User");
        assertThat(admin.send("POST", USERS, "{").json().path("scimType").asString()).isEqualTo("invalidSyntax");
    }
}
