package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.server.TestingHttp.Answer;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints that files declare, from the request to PostgreSQL and back. */
@ExtendWith(SharedRealServer.class)
final class DeclaredEndpointTests {

    private static final String[] CLERK = {"Authorization", "Bearer clerk"};
    private static final String[] MEMBER = {"Authorization", "Bearer member"};

    private static final String MARK = "Ends " + UUID.randomUUID();

    @SuppressWarnings("NullAway.Init")
    private static TestingHttp http;

    @BeforeAll
    static void start(TestingHttp shared) {
        http = shared;
        Object account = http.post("/api/data/accounts", "{\"name\":\"" + MARK + "\"}").json().get("id");
        for (int i = 1; i <= 3; i++) {
            Answer made = http.post("/api/data/staff", """
                    {"name":"%s %d","salary":%d.10,"grade":"G","number":"%s","account":"%s","status":"%s"}""".formatted(
                    MARK, i, i * 1000, (MARK + i).hashCode(), account, i == 3 ? "left" : "active"));
            assertThat(made.status()).as(made.body()).isEqualTo(201);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/payroll", "/api/payroll", "/api/endpoints/payroll"})
    void answersAtItsPathAndBeneathTheApi(String path) {
        Answer answer = http.get(path + "?min_salary=2000&name=" + mark());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("{\"who\":\"" + MARK + " 3\",\"yearly\":36001.20,\"account\":{\"name\":\""
                + MARK + "\",\"id\":\"", "\"asked\":2000", MARK + " 2", "\"hasMore\":false")
                .doesNotContain(MARK + " 1", "tenant_id");
    }

    @Test
    void leavesOutConditionsOnParametersThatAreNotGiven() {
        assertThat(http.get("/payroll?name=" + mark()).body()).contains(MARK + " 1", MARK + " 2", MARK + " 3");
        assertThat(http.get("/payroll?status=left&name=" + mark()).body()).contains(MARK + " 3")
                .doesNotContain(MARK + " 1");
    }

    @Test
    void saysEverythingThatIsWrongWithParameters() {
        Answer wrong = http.get("/payroll?min_salary=-1&status=gone&colour=red");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body()).contains("VALIDATION_FAILED", "\"field\":\"min_salary\",\"code\":\"min\"",
                "\"field\":\"status\",\"code\":\"invalid_option\"", "There is no parameter");
        assertThat(http.get("/payroll?min_salary=much").body()).contains("invalid_type");
        assertThat(http.post("/custom/grades", "{}", "Accept-Language", "ja").body()).contains("必須");
    }

    @Test
    void admitsOnlyTheRolesThatItNames() {
        assertThat(http.get("/payroll", MEMBER).json()).containsEntry("code", "PERMISSION_DENIED");
        assertThat(http.get("/payroll", "Authorization", "Bearer owner").status()).isEqualTo(200);
        assertThat(http.get("/payroll", "Authorization", "none").status()).isEqualTo(401);
    }

    @Test
    void showsOneRecordByTheWordsOfItsPath() {
        Answer one = http.get("/api/staff-members/" + (MARK + 1).hashCode());
        assertThat(one.body()).startsWith("{\"object\":\"staff\",\"record\":{").contains(MARK + " 1",
                "\"status\":\"active\"").doesNotContain("salary");
        assertThat(http.get("/api/staff-members/nobody").json()).containsEntry("code", "RECORD_NOT_FOUND");
        assertThat(http.get("/api/staff-members/1?number=2").json()).containsEntry("code", "INVALID_REQUEST");
        assertThat(http.get("/api/staff-members").json()).containsEntry("code", "RESOURCE_NOT_FOUND");
    }

    @Test
    void keepsToTheRightsOfTheCaller() {
        Answer hidden = http.get("/api/staff-members/1", CLERK);
        assertThat(hidden.json()).as("number is hidden from clerks").containsEntry("code", "INVALID_FIELD");
        assertThat(http.get("/mine").body()).contains(MARK).doesNotContain("salary");
        assertThat(http.get("/mine", CLERK).status()).isEqualTo(200);
    }

    @Test
    void groupsWhatABodyAsksFor() {
        Answer groups = http.post("/api/custom/grades", "{\"statuses\":[\"active\",\"left\"]}");
        assertThat(groups.body()).contains("\"grade\":\"G\"", "\"people\":");
        Answer method = http.get("/api/custom/grades");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.header("Allow")).isEqualTo("POST");
    }

    @Test
    void runsAnActionOnARecord() {
        Object id = http.post("/api/data/staff", "{\"name\":\"Leaver\"}").json().get("id");
        Answer left = http.post("/api/staff-members/" + id + "/leave", "{\"last_grade\":\"A\"}");
        assertThat(left.status()).as(left.body()).isEqualTo(200);
        assertThat(left.body()).startsWith("{\"success\":true,\"object\":\"staff\",\"action\":\"leave\"")
                .contains("\"status\":\"left\"", "\"grade\":\"was A\"");
        assertThat(http.post("/api/staff-members/" + UUID.randomUUID() + "/leave", "{}").body())
                .contains("\"field\":\"id\",\"code\":\"not_found\"");
        assertThat(http.post("/api/staff-members/" + id + "/leave", "{\"id\":\"x\"}").json()).containsEntry("code",
                "INVALID_REQUEST");
    }

    @Test
    void isDescribedToThoseWhoMayCallIt() {
        String described = http.get("/api/openapi.json").body();
        assertThat(described).contains("\"/api/payroll\"", "\"/api/staff-members/{number}\"", "\"min_salary\"",
                "\"/api/custom/grades\"");
        assertThat(http.get("/api/openapi.json", MEMBER).body()).contains("\"/api/custom/grades\"")
                .doesNotContain("\"/api/payroll\"");
        assertThat(http.get("/api/metadata/api/payroll").body()).contains("\"path\":\"/payroll\"");
    }

    private static String mark() {
        return MARK.replace(" ", "%20");
    }
}
