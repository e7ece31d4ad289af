package dev.objectos.auth.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What administrators do to the people of their tenant. */
final class AdministrationTest {

    private static final String ADMIN = "/api/auth/admin/";
    private static final String DATA = "/api/data/user";

    @SuppressWarnings("NullAway.Init")
    private static TestingServer server;

    @SuppressWarnings("NullAway.Init")
    private static TestingPeople people;

    @BeforeAll
    static void start() {
        server = TestingServer.shared();
        people = new TestingPeople(server, "admin");
    }

    @Test
    void makesAUserWhoCanWorkAtOnce() {
        Person admin = people.person(people.tenant(), "admin");
        Answer made = admin.post(ADMIN + "create-user", Map.of("email", "grace@admin.example", "name", "Grace",
                "password", "a password of grace", "role", List.of("member", "sales"), "username", "grace-admin",
                "data", Map.of("locale", "de")));
        assertThat(made.status()).as("%s", made.json()).isEqualTo(200);
        assertThat(made.json().at("/user/role").asString()).isEqualTo("member,sales");
        String id = made.json().at("/user/id").asString();
        Answer signedIn = server.signIn("grace-admin", "a password of grace");
        assertThat(signedIn.json().at("/user/id").asString()).isEqualTo(id);
        assertThat(server.get(DATA + "/" + id, "Authorization", "Bearer " + signedIn.token()).json()
                .at("/record/locale").asString()).isEqualTo("de");
        assertThat(admin.get(ADMIN + "get-user?id=" + id).json().path("email").asString())
                .isEqualTo("grace@admin.example");
        Answer again = admin.post(ADMIN + "create-user",
                Map.of("email", "Grace@Admin.Example", "name", "Grace", "password", "a password of grace"));
        assertThat(again.code()).isEqualTo("UNIQUE_VIOLATION");
    }

    @Test
    void givesNoRoleThatNothingNames() {
        UUID tenant = people.tenant();
        Person admin = people.person(tenant, "admin");
        Person held = people.person(tenant, "member", "left-over");
        Answer made = admin.post(ADMIN + "create-user", Map.of("email", "slip@admin.example", "name", "Slip",
                "password", "a password of slip", "role", "salse"));
        assertThat(made.code()).isEqualTo("VALIDATION_FAILED");
        assertThat(made.json().at("/fields/0/field").asString()).isEqualTo("role");
        assertThat(made.json().at("/fields/0/message").asString()).contains("salse", "admin, member",
                "sales");
        assertThat(admin.post(ADMIN + "set-role", Map.of("userId", held.id(), "role", List.of("salse"))).code())
                .isEqualTo("VALIDATION_FAILED");
        assertThat(admin.post(ADMIN + "set-role", Map.of("userId", held.id(), "role", List.of("left-over", "sales")))
                .status()).as("what somebody has may stay").isEqualTo(200);
        assertThat(admin.post("/api/auth/service-account/create", Map.of("name", "Robot", "role", "salse")).code())
                .isEqualTo("VALIDATION_FAILED");
        assertThat(admin.post("/api/auth/organization/update-member-role",
                Map.of("memberId", held.id(), "role", "salse")).code()).isEqualTo("VALIDATION_FAILED");
    }

    @Test
    void namesEverythingThatANewUserLacks() {
        Person admin = people.person(people.tenant(), "admin");
        Answer empty = admin.post(ADMIN + "create-user", Map.of());
        assertThat(empty.status()).isEqualTo(400);
        assertThat(empty.json().path("fields").findValuesAsString("field")).containsExactly("email", "name",
                "password");
        Map<String, Object> person = Map.of("email", "x@admin.example", "name", "X", "password", "a long password");
        for (Map<String, ?> wrong : List.of(Map.of("password", "short"), Map.of("role", ""), Map.of("role", 5),
                Map.of("role", List.of()), Map.of("data", Map.of("role", "owner")),
                Map.of("data", Map.of("email", "y@z")), Map.of("data", Map.of("unknown", 1)),
                Map.of("email", "no address"))) {
            var body = new java.util.HashMap<String, Object>(person);
            body.putAll(wrong);
            assertThat(admin.post(ADMIN + "create-user", body).status()).as("%s", wrong).isEqualTo(400);
        }
    }

    @Test
    void isForAdministratorsAlone() {
        UUID tenant = people.tenant();
        Person member = people.person(tenant, "member", "sales");
        Person other = people.person(tenant, "member");
        assertThat(server.get(ADMIN + "list-users").code()).isEqualTo("UNAUTHENTICATED");
        assertThat(member.get(ADMIN + "list-users").code()).isEqualTo("PERMISSION_DENIED");
        for (String path : List.of("create-user", "set-role", "ban-user", "unban-user", "revoke-user-sessions",
                "revoke-user-session", "set-user-password", "update-user", "remove-user", "impersonate-user",
                "list-user-sessions")) {
            assertThat(member.post(ADMIN + path, Map.of("userId", other.id())).code()).as(path)
                    .isEqualTo("PERMISSION_DENIED");
        }
    }

    @Test
    void listsSearchesFiltersAndSorts() {
        UUID tenant = people.tenant();
        Person admin = people.person(tenant, "admin");
        Person anna = people.named("anna_x@list.example", tenant, "sales");
        Person bert = people.named("bert@list.example", tenant, "member");
        assertThat(admin.get(ADMIN + "list-users").json().path("total").asInt()).isEqualTo(3);
        assertThat(emails(admin.get(ADMIN + "list-users?searchValue=ANNA_"))).containsExactly(anna.email());
        assertThat(emails(admin.get(ADMIN + "list-users?searchValue=%25"))).isEmpty();
        assertThat(emails(admin.get(
                ADMIN + "list-users?searchValue=bert&searchField=email&searchOperator=starts_with")))
                .containsExactly(bert.email());
        assertThat(emails(admin.get(ADMIN + "list-users?filterField=role&filterValue=sales")))
                .containsExactly(anna.email());
        assertThat(emails(admin.get(ADMIN + "list-users?filterField=banned&filterValue=true"))).isEmpty();
        assertThat(emails(admin.get(ADMIN + "list-users?sortBy=email&sortDirection=desc&limit=1&offset=1")))
                .containsExactly(anna.email());
        for (String wrong : List.of("limit=x", "limit=1001", "offset=-1", "sortBy=password", "filterField=role",
                "filterField=id&filterValue=x", "filterField=createdAt&filterValue=yesterday",
                "searchValue=a&searchField=password", "filterField=banned&filterValue=true&filterOperator=contains")) {
            assertThat(admin.get(ADMIN + "list-users?" + wrong).code()).as(wrong).isEqualTo("VALIDATION_FAILED");
        }
    }

    @Test
    void changesRolesWithinSeconds() {
        UUID tenant = people.tenant();
        Person admin = people.person(tenant, "admin");
        Person member = people.person(tenant, "member");
        assertThat(member.get(ADMIN + "list-users").status()).isEqualTo(403);
        assertThat(admin.post(ADMIN + "set-role", Map.of("userId", member.id(), "role", "admin,sales")).json()
                .at("/user/roles").toString()).isEqualTo("[\"admin\",\"sales\"]");
        assertThat(member.get(ADMIN + "list-users").status()).isEqualTo(200);
        assertThat(admin.post(ADMIN + "set-role", Map.of("userId", member.id(), "role", "member")).status())
                .isEqualTo(200);
        assertThat(member.get(ADMIN + "list-users").status()).isEqualTo(403);
    }

    @Test
    void bansForAWhileAndEndsSessions() {
        UUID tenant = people.tenant();
        Person admin = people.person(tenant, "admin");
        Person member = people.person(tenant, "member");
        Answer banned = admin.post(ADMIN + "ban-user",
                Map.of("userId", member.id(), "banReason", "spam", "banExpiresIn", 3600));
        assertThat(banned.json().at("/user/banned").asBoolean()).isTrue();
        assertThat(banned.json().at("/user/banReason").asString()).isEqualTo("spam");
        assertThat(member.get(DATA).code()).isEqualTo("UNAUTHENTICATED");
        assertThat(server.signIn(member.email(), TestingPeople.PASSWORD).code()).isEqualTo("ACCOUNT_BANNED");
        server.clock().advance(Duration.ofHours(1));
        assertThat(member.again().get(DATA).status()).isEqualTo(200);
        admin.post(ADMIN + "ban-user", Map.of("userId", member.id()));
        assertThat(server.signIn(member.email(), TestingPeople.PASSWORD).code()).isEqualTo("ACCOUNT_BANNED");
        assertThat(admin.post(ADMIN + "unban-user", Map.of("userId", member.id())).json().at("/user/banned")
                .asBoolean(true)).isFalse();
        assertThat(member.again().get(DATA).status()).isEqualTo(200);
        assertThat(admin.post(ADMIN + "ban-user", Map.of("userId", member.id(), "banExpiresIn", 0)).status())
                .isEqualTo(400);
    }

    @Test
    void bansInItsOwnTenantAlone() {
        UUID tenant = people.tenant();
        UUID elsewhere = people.tenant();
        Person admin = people.person(tenant, "admin");
        Person member = people.person(elsewhere, "member");
        people.join(member, tenant, "member");
        String here = people.user(member.account(), tenant);
        assertThat(admin.post(ADMIN + "ban-user", Map.of("userId", here)).status()).isEqualTo(200);
        assertThat(member.get(DATA).status()).as("goes on elsewhere").isEqualTo(200);
        assertThat(admin.post(ADMIN + "set-user-password", Map.of("userId", here, "newPassword", "taken over by me"))
                .code()).as("whoever signs in as them gets in elsewhere").isEqualTo("PERMISSION_DENIED");
        assertThat(admin.post(ADMIN + "update-user", Map.of("userId", here, "data", Map.of("email", "mine@x.example")))
                .code()).isEqualTo("PERMISSION_DENIED");
        assertThat(admin.get(ADMIN + "list-user-sessions?userId=" + here).json().path("sessions").size()).isZero();
        assertThat(admin.post(ADMIN + "revoke-user-sessions", Map.of("userId", here)).status()).isEqualTo(200);
        assertThat(member.get(DATA).status()).isEqualTo(200);
    }

    @Test
    void endsSessionsOneByOneAndTogether() {
        UUID tenant = people.tenant();
        Person admin = people.person(tenant, "admin");
        Person first = people.person(tenant, "member");
        Person second = first.again();
        Answer sessions = admin.post(ADMIN + "list-user-sessions", Map.of("userId", first.id()));
        assertThat(sessions.json().path("sessions").size()).isEqualTo(2);
        String newest = sessions.json().at("/sessions/0/token").asString();
        assertThat(admin.post(ADMIN + "revoke-user-session", Map.of("sessionToken", newest)).status()).isEqualTo(200);
        assertThat(second.get(DATA).status()).isEqualTo(401);
        assertThat(first.get(DATA).status()).isEqualTo(200);
        Person third = first.again();
        assertThat(admin.post(ADMIN + "revoke-user-session", Map.of("sessionToken", third.token())).status())
                .isEqualTo(200);
        assertThat(third.get(DATA).status()).isEqualTo(401);
        assertThat(admin.post(ADMIN + "revoke-user-sessions", Map.of("userId", first.id())).status()).isEqualTo(200);
        assertThat(first.get(DATA).status()).isEqualTo(401);
    }

    @Test
    void setsAPasswordThatSatisfiesTheRules() {
        UUID tenant = people.tenant();
        Person admin = people.person(tenant, "admin");
        Person member = people.person(tenant, "member");
        assertThat(admin.post(ADMIN + "set-user-password", Map.of("userId", member.id(), "newPassword", "short"))
                .code()).isEqualTo("VALIDATION_FAILED");
        assertThat(admin.post(ADMIN + "set-user-password",
                Map.of("userId", member.id(), "newPassword", "another password")).status()).isEqualTo(200);
        assertThat(member.get(DATA).status()).isEqualTo(401);
        assertThat(server.signIn(member.email(), "another password").status()).isEqualTo(200);
    }

    @Test
    void changesWhatIsKnownOfAUser() {
        UUID tenant = people.tenant();
        Person admin = people.person(tenant, "admin");
        Person member = people.person(tenant, "member");
        Answer changed = admin.post(ADMIN + "update-user", Map.of("userId", member.id(), "data",
                Map.of("name", "Other", "email", "other@admin.example", "timezone", "Asia/Tokyo")));
        assertThat(changed.json().path("email").asString()).as("%s", changed.json()).isEqualTo("other@admin.example");
        assertThat(changed.json().path("emailVerified").asBoolean(true)).isFalse();
        assertThat(server.signIn("other@admin.example", TestingPeople.PASSWORD).json().at("/user/name").asString())
                .isEqualTo("Other");
        assertThat(admin.post(ADMIN + "update-user", Map.of("userId", member.id(), "data",
                Map.of("email", admin.email()))).code()).isEqualTo("UNIQUE_VIOLATION");
    }

    @Test
    void removesAUserWhoseNameStays() {
        UUID tenant = people.tenant();
        Person admin = people.person(tenant, "admin");
        Person member = people.person(tenant, "member");
        assertThat(admin.post(ADMIN + "remove-user", Map.of("userId", member.id())).status()).isEqualTo(200);
        assertThat(member.get(DATA).status()).isEqualTo(401);
        assertThat(server.signIn(member.email(), TestingPeople.PASSWORD).code())
                .isEqualTo("INVALID_EMAIL_OR_PASSWORD");
        assertThat(admin.get(ADMIN + "get-user?id=" + member.id()).status()).isEqualTo(404);
        assertThat(admin.get(DATA + "/" + member.id()).status()).as("what they did names them").isEqualTo(200);
        Answer back = admin.post(ADMIN + "create-user",
                Map.of("email", member.email(), "name", "Back", "password", "a new password"));
        assertThat(back.json().at("/user/id").asString()).isEqualTo(member.id());
    }

    @Test
    void actsAsAUserVisibly() {
        UUID tenant = people.tenant();
        Person admin = people.person(tenant, "admin");
        Person member = people.person(tenant, "member");
        Answer begun = admin.post(ADMIN + "impersonate-user", Map.of("userId", member.id()));
        assertThat(begun.status()).as("%s", begun.json()).isEqualTo(200);
        assertThat(begun.json().at("/session/impersonatedBy").asString()).isEqualTo(admin.id());
        var acting = new Person(server, member.account(), tenant, member.id(), member.email(), begun.token());
        assertThat(acting.get("/api/auth/get-session").json().at("/user/id").asString()).isEqualTo(member.id());
        assertThat(acting.get("/api/auth/get-session").json().at("/session/impersonatedBy").asString())
                .isEqualTo(admin.id());
        assertThat(acting.post("/api/auth/change-password",
                Map.of("currentPassword", TestingPeople.PASSWORD, "newPassword", "mine from now on")).code())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(acting.post(ADMIN + "stop-impersonating", Map.of()).json().path("success").asBoolean()).isTrue();
        assertThat(acting.get(DATA).status()).isEqualTo(401);
        assertThat(admin.get(DATA).status()).isEqualTo(200);
        assertThat(admin.post(ADMIN + "stop-impersonating", Map.of()).code()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void givesABrowserItsOwnSessionBack() {
        UUID tenant = people.tenant();
        Person admin = people.person(tenant, "admin");
        Person member = people.person(tenant, "member");
        String own = "objectos.session_token=" + admin.token();
        Answer begun = server.post(ADMIN + "impersonate-user", "{\"userId\":\"" + member.id() + "\"}", "Cookie", own,
                "Origin", server.origin());
        List<String> set = begun.response().headers().allValues("Set-Cookie");
        assertThat(set).hasSize(2).allMatch(cookie -> cookie.contains("HttpOnly"));
        String both = set.get(0).split(";", 2)[0] + "; " + set.get(1).split(";", 2)[0];
        Answer back = server.post(ADMIN + "stop-impersonating", null, "Cookie", both, "Origin", server.origin());
        assertThat(back.json().at("/user/id").asString()).as("%s", back.json()).isEqualTo(admin.id());
        assertThat(back.response().headers().allValues("Set-Cookie").getFirst()).startsWith(own);
    }

    @Test
    void stopsActingAsOthersWithTheRightToDoSo() {
        UUID tenant = people.tenant();
        Person owner = people.person(tenant, "owner");
        Person admin = people.person(tenant, "admin");
        Person member = people.person(tenant, "member");
        String token = admin.post(ADMIN + "impersonate-user", Map.of("userId", member.id())).token();
        assertThat(server.get(DATA, "Authorization", "Bearer " + token).status()).isEqualTo(200);
        assertThat(server.post(ADMIN + "impersonate-user", "{\"userId\":\"" + member.id() + "\"}", "Authorization",
                "Bearer " + token).status()).isEqualTo(403);
        owner.post(ADMIN + "set-role", Map.of("userId", admin.id(), "role", "member"));
        assertThat(server.get(DATA, "Authorization", "Bearer " + token).status()).isEqualTo(401);
    }

    private static List<String> emails(Answer list) {
        assertThat(list.status()).as("%s", list.json()).isEqualTo(200);
        return list.json().path("users").findValuesAsString("email");
    }
}
