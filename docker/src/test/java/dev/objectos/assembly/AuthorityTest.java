package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What people may do beyond records on the assembled server, and that nobody gives or gets more than they have. */
@ExtendWith(SharedServer.class)
@TestInstance(Lifecycle.PER_CLASS)
class AuthorityTest {

    private static final String ADMIN = "/api/auth/admin/";
    private static final String ORGANIZATION = "/api/auth/organization/";
    private static final String USERS = "/scim/v2/Users";
    private static final String GROUPS = "/scim/v2/Groups";

    private final ServerProcess server;
    private final Colleague reader;
    private final Colleague lead;
    private final Colleague clerk;
    private final Colleague vault;
    private final Colleague admin;

    AuthorityTest(SharedServer.Fixture fixture) {
        server = fixture.server();
        reader = Colleague.join(server, "authority-reader", "trail_reader");
        lead = Colleague.join(server, "authority-lead", "desk_lead");
        clerk = Colleague.join(server, "authority-clerk", "desk");
        vault = Colleague.join(server, "authority-vault", "vault");
        admin = Colleague.join(server, "authority-admin", "admin");
    }

    @Test
    void aSetOpensWhatItNamesAndNothingElse() {
        assertThat(reader.get("/api/audit/events").status()).isEqualTo(200);
        assertThat(clerk.get("/api/audit/events").code()).isEqualTo("PERMISSION_DENIED");
        assertThat(reader.get(ADMIN + "list-users").code()).isEqualTo("PERMISSION_DENIED");
        assertThat(reader.get("/api/permissions/sets").code()).isEqualTo("PERMISSION_DENIED");
        assertThat(admin.get("/api/metadata/permission/office").status()).isEqualTo(200);
        assertThat(admin.get("/actuator/prometheus").status()).isEqualTo(403);
    }

    @Test
    void whatSomebodyHasIsShownAndExplained() {
        JsonNode mine = lead.get("/api/auth/me/permissions").json();
        assertThat(mine.path("systemPermissions").valueStream().map(JsonNode::asString)).contains("manage_users",
                "assign_roles", "impersonate").doesNotContain("view_audit");
        assertThat(mine.path("assignableRoles").valueStream().map(JsonNode::asString)).containsExactly("desk",
                "member");
        assertThat(server.get("/api/permissions/sets/trail_reader").json().path("systemPermissions").path(0)
                .asString()).isEqualTo("view_audit");

        JsonNode explained = server.post("/api/permissions/explain",
                "{\"user\": \"" + reader.id() + "\", \"systemPermission\": \"view_audit\"}").json();
        assertThat(explained.path("allowed").asBoolean()).isTrue();
        assertThat(explained.at("/layers/0/source/file").asString()).contains("office.permission.yml");
        assertThat(clerk.post("/api/permissions/check", "{\"systemPermission\": \"view_audit\"}").json()
                .path("allowed").asBoolean(true)).isFalse();
        assertThat(clerk.post("/api/permissions/check", "{\"systemPermission\": \"view_adit\"}").code())
                .isEqualTo("INVALID_REQUEST");
    }

    @Test
    void aDelegateDecidesAboutTheirOwnPeople() {
        Answer made = lead.post(ADMIN + "create-user", newUser("authority-new", "desk"));
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        String id = made.json().at("/user/id").asString();
        assertThat(lead.post(ADMIN + "set-role", role(id, "desk,member")).status()).isEqualTo(200);
        assertThat(lead.post(ADMIN + "ban-user", "{\"userId\": \"" + id + "\"}").status()).isEqualTo(200);
        assertThat(lead.post(ADMIN + "remove-user", "{\"userId\": \"" + id + "\"}").status()).isEqualTo(200);
    }

    @Test
    void aDelegateGivesNobodyMoreThanTheyHave() {
        for (String role : List.of("vault", "admin", "owner", "builder", "desk_lead", "trail_reader", "desk,vault")) {
            assertThat(lead.post(ADMIN + "set-role", role(clerk.id(), role)).code()).as(role)
                    .isEqualTo("PERMISSION_DENIED");
            assertThat(lead.post(ADMIN + "create-user", newUser("authority-never", role)).code()).as(role)
                    .isEqualTo("PERMISSION_DENIED");
        }
        assertThat(lead.post(ADMIN + "set-role", role(lead.id(), "desk")).code()).isEqualTo("PERMISSION_DENIED");
        assertThat(lead.post("/api/auth/service-account/create", "{\"name\": \"bot\", \"role\": \"desk\"}").code())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(lead.get("/api/auth/me/permissions").json().path("systemPermissions").valueStream()
                .map(JsonNode::asString)).doesNotContain("manage_data");
    }

    @Test
    void aDelegateDoesNotGetHoldOfWhoeverHasMore() {
        for (Colleague other : List.of(vault, admin, reader)) {
            deeds(other.id()).forEach((path, body) -> assertThat(lead.post(ADMIN + path, body).code()).as(path)
                    .isEqualTo("PERMISSION_DENIED"));
            assertThat(lead.get(ADMIN + "list-user-sessions?userId=" + other.id()).code())
                    .isEqualTo("PERMISSION_DENIED");
        }
        Answer acting = lead.post(ADMIN + "impersonate-user", "{\"userId\": \"" + clerk.id() + "\"}");
        assertThat(acting.status()).as(acting.body()).isEqualTo(200);
    }

    private static Map<String, String> deeds(String user) {
        String subject = "{\"userId\": \"" + user + "\"}";
        return Map.of("set-role", role(user, "desk"), "ban-user", subject, "unban-user", subject,
                "revoke-user-sessions", subject, "remove-user", subject, "impersonate-user", subject,
                "set-user-password", "{\"userId\": \"" + user + "\", \"newPassword\": \"taken over by me\"}",
                "update-user", "{\"userId\": \"" + user + "\", \"data\": {\"name\": \"Taken\"}}");
    }

    @Test
    void anAdministratorGivesNoRightsOverTheInstallation() {
        assertThat(admin.post(ADMIN + "set-role", role(clerk.id(), "builder")).code()).isEqualTo("PERMISSION_DENIED");
        assertThat(admin.post(ADMIN + "create-user", newUser("authority-builder", "builder")).code())
                .isEqualTo("PERMISSION_DENIED");
        Colleague builder = Colleague.join(server, "authority-builder-2", "builder");
        assertThat(builder.get("/actuator/prometheus").status()).isEqualTo(200);
        deeds(builder.id()).forEach((path, body) -> assertThat(admin.post(ADMIN + path, body).code()).as(path)
                .isEqualTo("PERMISSION_DENIED"));
    }

    @Test
    void settingsOfAnOrganizationAreForARight() {
        Colleague keeper = Colleague.join(server, "authority-keeper", "housekeeper");
        JsonNode organization = keeper.get(ORGANIZATION + "get-full-organization").json();
        assertThat(organization.has("settings")).isTrue();
        String unchanged = "{\"name\": " + organization.path("name") + "}";
        assertThat(keeper.post(ORGANIZATION + "update", unchanged).status()).isEqualTo(200);
        assertThat(keeper.get("/api/storage/usage").status()).isEqualTo(200);
        assertThat(keeper.get(ADMIN + "list-users").code()).isEqualTo("PERMISSION_DENIED");
        assertThat(clerk.get(ORGANIZATION + "get-full-organization").json().has("settings")).isFalse();
        assertThat(clerk.post(ORGANIZATION + "update", unchanged).json().path("systemPermission").asString())
                .isEqualTo("manage_organization");
    }

    @Test
    void aDelegateKeepsTheirOwnPeopleUpToDateByScim() {
        assertThat(clerk.get(USERS).status()).isEqualTo(403);
        assertThat(lead.get(USERS).status()).isEqualTo(200);
        Answer made = lead.post(USERS, """
                {"userName": "authority-scim@example.org", "displayName": "Scim", "roles": [{"value": "desk"}]}""");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String id = made.json().path("id").asString();
        String members = "{\"Operations\": [{\"op\": \"add\", \"path\": \"members\", \"value\": [{\"value\": \"" + id
                + "\"}]}]}";
        assertThat(lead.send("PATCH", GROUPS + "/member", members).status()).isEqualTo(200);
        for (String more : List.of("vault", "admin", "owner", "builder")) {
            assertThat(lead.send("PATCH", GROUPS + "/" + more, members).status()).as(more).isIn(403, 404);
            assertThat(lead.post(GROUPS, "{\"displayName\": \"" + more + "\"}").status()).as(more).isEqualTo(403);
        }
        assertThat(lead.send("PATCH", USERS + "/" + admin.id(),
                "{\"Operations\": [{\"op\": \"replace\", \"path\": \"active\", \"value\": false}]}").status())
                .isEqualTo(403);
        assertThat(lead.delete(USERS + "/" + id).status()).isEqualTo(204);
    }

    @Test
    void whatThePlatformShowsOfItselfTakesItsRightAndASet() {
        assertThat(lead.get("/api/data/_sessions").status()).isEqualTo(200);
        assertThat(clerk.get("/api/data/_sessions").code()).isEqualTo("OBJECT_NOT_FOUND");
        assertThat(lead.get("/api/data/_api_keys").code()).isEqualTo("OBJECT_NOT_FOUND");
        assertThat(lead.get("/api/data/_users").code()).isEqualTo("PERMISSION_DENIED");
        assertThat(admin.get("/api/data/_api_keys").status()).isEqualTo(200);
    }

    @Test
    void aLimitOfAnActionHolds() {
        Colleague support = Colleague.join(server, "authority-support", "support");
        String id = support.post("/api/data/cases", "{\"title\": \"Limited\"}").id();
        String body = "{\"recordId\": \"" + id + "\"}";
        assertThat(support.post("/api/actions/cases.reopen", body).status()).isEqualTo(200);
        assertThat(support.post("/api/actions/cases.reopen", "{}").code()).isEqualTo("INVALID_REQUEST");
        assertThat(support.post("/api/actions/cases.reopen", body).status()).isEqualTo(200);
        Answer limited = support.post("/api/actions/cases.reopen", body);
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.json().path("retryAfter").asInt()).isBetween(1, 60);
        assertThat(server.post("/api/actions/cases.reopen", body).status()).isEqualTo(200);
    }

    @Test
    void aViewIsForWhomItIsNamed() {
        Colleague runner = Colleague.join(server, "authority-looker", "runner");
        Colleague watcher = Colleague.join(server, "authority-watcher", "watcher");
        Answer seen = runner.get("/api/metadata/view/errand_board");
        assertThat(seen.json().at("/item/columns").valueStream().map(JsonNode::asString)).containsExactly("title",
                "status");
        assertThat(watcher.get("/api/metadata/view/errand_board").status()).isEqualTo(404);
        assertThat(watcher.get("/api/metadata/view").body()).doesNotContain("errand_board");
        assertThat(server.get("/api/metadata/view/errand_board").body()).contains("note");

        assertThat(menu(runner.get("/api/metadata/app/errand_desk"))).containsExactly("Board", "All", "More");
        assertThat(menu(watcher.get("/api/metadata/app/errand_desk"))).containsExactly("All", "More");
        assertThat(watcher.get("/api/metadata/app/errand_desk").json().at("/item/menu/1/items").size()).isEqualTo(1);
        assertThat(watcher.get("/api/metadata/app").body()).contains("errand_desk").doesNotContain("errand_board");
        assertThat(menu(server.get("/api/metadata/app/errand_desk"))).containsExactly("Board", "All", "Cases", "More");
    }

    private static List<String> menu(Answer app) {
        return app.json().at("/item/menu").valueStream().map(entry -> entry.path("label").asString()).toList();
    }

    private static String role(String user, String role) {
        return "{\"userId\": \"" + user + "\", \"role\": \"" + role + "\"}";
    }

    private static String newUser(String name, String role) {
        return "{\"email\": \"" + name + "@example.org\", \"name\": \"" + name
                + "\", \"password\": \"a password of somebody\", \"role\": \"" + role + "\"}";
    }
}
