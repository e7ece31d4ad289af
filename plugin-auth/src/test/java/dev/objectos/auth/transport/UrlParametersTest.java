package dev.objectos.auth.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What may stand behind the question mark of addresses. */
final class UrlParametersTest {

    private static final TestingServer SERVER = TestingServer.shared();
    private static final TestingPeople PEOPLE = new TestingPeople(SERVER, "parameters");

    @Test
    void refusesWhatNobodyWouldLookAt() {
        Person admin = PEOPLE.person(PEOPLE.tenant(), "admin");
        for (String path : List.of("list-sessions?limit=1", "get-session?session=x", "organization/list?every=true",
                "organization/list-members?sortBy=role", "api-key/get?id=x&secret=true")) {
            Answer refused = admin.get("/api/auth/" + path);
            assertThat(refused.status()).as(path).isEqualTo(400);
            assertThat(refused.code()).as(path).isEqualTo("INVALID_REQUEST");
        }
        assertThat(SERVER.post("/api/auth/sign-in/email?rememberMe=false",
                "{\"email\":\"" + admin.email() + "\",\"password\":\"" + TestingPeople.PASSWORD + "\"}").code())
                .isEqualTo("INVALID_REQUEST");
        assertThat(admin.get("/api/auth/organization/list-members?sortBy=role").json().path("detail").asString())
                .contains("organizationId");
        assertThat(admin.get("/api/auth/admin/list-users?limit=1&page=2").json().at("/fields/0/field").asString())
                .isEqualTo("page");
    }

    @Test
    void letsThroughWhatClientsSend() {
        Person person = PEOPLE.person(PEOPLE.tenant(), "member");
        for (String path : List.of("get-session?disableCookieCache=true&disableRefresh=true",
                "organization/list?all=false", "organization/get-full-organization?organizationId=" + person.tenant(),
                "organization/get-active-member?organizationId=" + person.tenant(),
                "passkey/generate-register-options?name=Key&authenticatorAttachment=platform")) {
            assertThat(person.get("/api/auth/" + path).status()).as(path).isEqualTo(200);
        }
    }

    @Test
    void letsThroughWhatBrowsersAreSentWith() {
        for (String path : List.of("callback/google?state=x&code=y&scope=openid&authuser=0&prompt=none",
                "oauth2/callback/other?state=x&code=y&session_state=z", "verify-email?token=x&utm_source=mail")) {
            assertThat(SERVER.get("/api/auth/" + path).code()).as(path).isNotEqualTo("INVALID_REQUEST").isNotEmpty();
        }
    }

    @Test
    void membersComeInPages() {
        Person first = PEOPLE.person(PEOPLE.tenant(), "member");
        Person second = PEOPLE.person(first.tenant(), "member");
        String path = "/api/auth/organization/list-members";
        String all = first.get(path).json().path("members").toString();
        Answer one = first.get(path + "?limit=1");
        Answer other = first.get(path + "?limit=5&offset=1");
        assertThat(one.json().path("total").asInt()).isEqualTo(2);
        assertThat(one.json().path("members").size()).isOne();
        assertThat(other.json().path("members").size()).isOne();
        assertThat(all).contains(first.id(), second.id(), one.json().at("/members/0").toString(),
                other.json().at("/members/0").toString());
        assertThat(one.json().at("/members/0/id")).isNotEqualTo(other.json().at("/members/0/id"));
        for (String wrong : List.of("?limit=-1", "?offset=-1", "?limit=x")) {
            assertThat(first.get(path + wrong).status()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void anotherTenantsMemberIsTheCallerThere() {
        Person person = PEOPLE.person(PEOPLE.tenant(), "member");
        var second = PEOPLE.tenant();
        PEOPLE.join(person, second, "sales");
        assertThat(person.get("/api/auth/organization/get-active-member?organizationId=" + second).json()
                .path("role").asString()).isEqualTo("sales");
        assertThat(person.get("/api/auth/organization/get-active-member?organizationId=" + PEOPLE.tenant()).status())
                .isEqualTo(404);
    }
}
