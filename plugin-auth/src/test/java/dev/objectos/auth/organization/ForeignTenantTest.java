package dev.objectos.auth.organization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever belongs to another tenant is answered like what does not exist, wherever an id is taken. */
final class ForeignTenantTest {

    private static final String AUTH = "/api/auth/";

    @SuppressWarnings("NullAway.Init")
    private static Person owner;

    @SuppressWarnings("NullAway.Init")
    private static Person foreign;

    @SuppressWarnings("NullAway.Init")
    private static String invitation;

    @SuppressWarnings("NullAway.Init")
    private static String session;

    @BeforeAll
    static void start() {
        TestingServer server = TestingServer.shared();
        var people = new TestingPeople(server, "foreign");
        owner = people.person(people.tenant(), "owner");
        foreign = people.person(people.tenant(), "owner");
        invitation = foreign.post(AUTH + "organization/invite-member", Map.of("email", "guest@foreign.example")).json()
                .path("id").asString();
        session = server.stored("select id from platform.login_session where account_id = '" + foreign.account() + "'")
                .getFirst();
    }

    /** A request that names something by its id; {@code {}} stands for the id. */
    private record Step(String method, String path, String body, String id) {}

    private static List<Step> steps() {
        String user = foreign.id();
        String tenant = foreign.tenant().toString();
        return List.of(new Step("GET", "admin/get-user?id={}", "", user),
                new Step("GET", "admin/list-user-sessions?userId={}", "", user),
                new Step("POST", "admin/list-user-sessions", "{\"userId\":\"{}\"}", user),
                new Step("POST", "admin/set-role", "{\"userId\":\"{}\",\"role\":\"member\"}", user),
                new Step("POST", "admin/ban-user", "{\"userId\":\"{}\"}", user),
                new Step("POST", "admin/unban-user", "{\"userId\":\"{}\"}", user),
                new Step("POST", "admin/revoke-user-sessions", "{\"userId\":\"{}\"}", user),
                new Step("POST", "admin/revoke-user-session", "{\"sessionToken\":\"{}\"}", session),
                new Step("POST", "admin/set-user-password",
                        "{\"userId\":\"{}\",\"newPassword\":\"a long password\"}", user),
                new Step("POST", "admin/update-user", "{\"userId\":\"{}\",\"data\":{\"name\":\"X\"}}", user),
                new Step("POST", "admin/remove-user", "{\"userId\":\"{}\"}", user),
                new Step("POST", "admin/impersonate-user", "{\"userId\":\"{}\"}", user),
                new Step("GET", "organization/get-full-organization?organizationId={}", "", tenant),
                new Step("GET", "organization/list-members?organizationId={}", "", tenant),
                new Step("GET", "organization/list-invitations?organizationId={}", "", tenant),
                new Step("POST", "organization/update", "{\"organizationId\":\"{}\",\"name\":\"X\"}", tenant),
                new Step("POST", "organization/set-active", "{\"organizationId\":\"{}\"}", tenant),
                new Step("POST", "organization/invite-member",
                        "{\"organizationId\":\"{}\",\"email\":\"a@foreign.example\"}", tenant),
                new Step("POST", "organization/add-member",
                        "{\"organizationId\":\"{}\",\"email\":\"a@foreign.example\"}", tenant),
                new Step("POST", "organization/suspend", "{\"organizationId\":\"{}\"}", tenant),
                new Step("POST", "organization/resume", "{\"organizationId\":\"{}\"}", tenant),
                new Step("POST", "organization/leave", "{\"organizationId\":\"{}\"}", tenant),
                new Step("POST", "organization/delete", "{\"organizationId\":\"{}\",\"slug\":\"x\"}", tenant),
                new Step("POST", "organization/update-member-role", "{\"memberId\":\"{}\",\"role\":\"member\"}", user),
                new Step("POST", "organization/remove-member", "{\"memberId\":\"{}\"}", user),
                new Step("POST", "organization/remove-member", "{\"memberIdOrEmail\":\"{}\"}", foreign.email()),
                new Step("GET", "organization/get-invitation?id={}", "", invitation),
                new Step("POST", "organization/accept-invitation", "{\"invitationId\":\"{}\"}", invitation),
                new Step("POST", "organization/reject-invitation", "{\"invitationId\":\"{}\"}", invitation),
                new Step("POST", "organization/cancel-invitation", "{\"invitationId\":\"{}\"}", invitation));
    }

    @Test
    void isAnsweredLikeWhatDoesNotExist() {
        for (Step step : steps()) {
            Answer known = send(step, step.id());
            Answer unknown = send(step,
                    step.id().contains("@") ? "nobody@foreign.example" : UUID.randomUUID().toString());
            Answer none = send(step, "no-id");
            assertThat(known.status()).as("%s %s", step, known.json()).isEqualTo(404);
            assertThat(List.of(unknown.status(), none.status())).as("%s", step).containsOnly(404);
            assertThat(known.json().path("message")).as("%s", step).isEqualTo(unknown.json().path("message"));
            assertThat(known.code()).as("%s", step).isEqualTo(unknown.code());
        }
        assertThat(foreign.get("/api/data/user").status()).as("nothing has happened to it").isEqualTo(200);
    }

    private static Answer send(Step step, String id) {
        return owner.send(step.method(), AUTH + step.path().replace("{}", id),
                step.body().isEmpty() ? null : step.body().replace("{}", id));
    }
}
