package dev.objectos.auth.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Whatever somebody sends with an id of another tenant is answered as with an id that nobody has. */
final class TenantWallTest {

    private static final String SECRET = "Behind the wall";

    private static final TestingServer SERVER = TestingServer.guarded();
    private static final TestingPeople PEOPLE = new TestingPeople(SERVER, "wall");
    private static final Person THERE = PEOPLE.person(PEOPLE.tenant(), "admin");
    private static final Person HERE = PEOPLE.person(PEOPLE.tenant(), "admin");
    private static final String FOREIGN = created(THERE, "accounts", Map.of("name", SECRET));
    private static final String FOREIGN_CONTACT = created(THERE, "contacts",
            Map.of("name", SECRET, "account", FOREIGN));
    private static final String OWN_CONTACT = created(HERE, "contacts", Map.of("name", "In front of the wall"));

    private static String created(Person person, String object, Map<String, ?> values) {
        Answer answer = person.post("/api/data/" + object, values);
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"GET|/api/data/accounts/{id}|",
            "GET|/api/data/accounts/{id}?expand=contacts&select=name|", "GET|/api/data/user/{user}|",
            "PATCH|/api/data/accounts/{id}|{\"name\":\"x\"}", "PATCH|/api/data/accounts/{id}|{\"nothing\":1}",
            "PATCH|/api/data/user/{user}|{\"name\":\"x\"}", "DELETE|/api/data/accounts/{id}|",
            "DELETE|/api/data/user/{user}|", "POST|/api/data/accounts/{id}/clone|{\"overrides\":{}}",
            "POST|/api/data/accounts/updateMany|{\"records\":[{\"id\":\"{id}\",\"data\":{\"name\":\"x\"}}]}",
            "POST|/api/data/accounts/deleteMany|{\"ids\":[\"{id}\"]}",
            "POST|/api/data/accounts/batch|{\"operation\":\"update\",\"records\":[{\"id\":\"{id}\",\"data\":{\"name\":\"x\"}}]}",
            "POST|/api/data/accounts/batch|{\"operation\":\"delete\",\"records\":[{\"id\":\"{id}\"}]}",
            "POST|/api/batch|{\"operations\":[{\"object\":\"accounts\",\"action\":\"update\",\"id\":\"{id}\",\"data\":{\"name\":\"x\"}}]}",
            "POST|/api/batch|{\"operations\":[{\"object\":\"accounts\",\"action\":\"delete\",\"id\":\"{id}\"}]}",
            "POST|/api/data/contacts|{\"name\":\"x\",\"account\":\"{id}\"}",
            "POST|/api/data/contacts|{\"name\":\"x\",\"owner\":\"{user}\"}",
            "PATCH|/api/data/contacts/{own}|{\"account\":\"{id}\"}",
            "PATCH|/api/data/contacts/{own}|{\"owner\":\"{user}\"}", "GET|/api/data/accounts?id={id}|",
            "GET|/api/data/contacts?account={id}|", "GET|/api/data/contacts?owner={user}|",
            "POST|/api/data/contacts/query|{\"where\":{\"account.id\":\"{id}\"},\"count\":true}",
            "POST|/api/data/accounts/query|{\"where\":{\"id\":{\"$in\":[\"{id}\"]}},\"aggregations\":[{\"function\":\"count\",\"alias\":\"n\"}]}",
            "POST|/api/data/accounts/query|{\"where\":{\"$not\":{\"id\":\"{id}\"}},\"count\":true}",
            "GET|/api/auth/admin/get-user?id={user}|", "POST|/api/auth/admin/ban-user|{\"userId\":\"{user}\"}",
            "POST|/api/auth/admin/unban-user|{\"userId\":\"{user}\"}",
            "POST|/api/auth/admin/set-role|{\"userId\":\"{user}\",\"role\":\"admin\"}",
            "POST|/api/auth/admin/list-user-sessions|{\"userId\":\"{user}\"}",
            "POST|/api/auth/admin/revoke-user-sessions|{\"userId\":\"{user}\"}",
            "POST|/api/auth/admin/impersonate-user|{\"userId\":\"{user}\"}",
            "POST|/api/auth/admin/remove-user|{\"userId\":\"{user}\"}"})
    void answersAForeignIdLikeAnUnknownOne(String method, String path, String body) {
        Answer foreign = send(method, path, body, FOREIGN, THERE.id());
        Answer unknown = send(method, path, body, UUID.randomUUID().toString(), UUID.randomUUID().toString());

        assertThat(foreign.status()).as("%s", foreign.json()).isEqualTo(unknown.status()).isLessThan(500);
        assertThat(said(foreign, FOREIGN, THERE.id())).isEqualTo(said(unknown, null, null));
        assertThat(THERE.get("/api/data/accounts/" + FOREIGN).json().at("/record/name").asString()).isEqualTo(SECRET);
        assertThat(THERE.get("/api/auth/get-session").json().path("user").path("id").asString())
                .isEqualTo(THERE.id());
    }

    private static Answer send(String method, String path, String body, String id, String user) {
        return HERE.send(method, with(path, id, user), body == null ? null : with(body, id, user));
    }

    private static String with(String text, String id, String user) {
        return text.replace("{id}", id).replace("{user}", user).replace("{own}", OWN_CONTACT);
    }

    /** What is told besides ids, which are those of the question, and the number of the request. */
    private static String said(Answer answer, @org.jspecify.annotations.Nullable String id,
            @org.jspecify.annotations.Nullable String user) {
        String text = answer.json().toString();
        for (String foreign : new String[]{id, user}) {
            text = foreign == null ? text : text.replace(foreign, "ID");
        }
        return text.replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID")
                .replaceAll("\"requestId\":\"[^\"]*\"", "");
    }

    @Test
    void countsFindsAndSumsNothingOfOthers() {
        JsonNode accounts = HERE.post("/api/data/accounts/query", Map.of("count", true)).json();
        assertThat(accounts.path("total").asInt(-1)).isZero();
        assertThat(HERE.get("/api/data/contacts?search=wall").json().path("records").size()).isEqualTo(1);
        assertThat(HERE.get("/api/data/contacts?select=id").json().toString()).contains(OWN_CONTACT)
                .doesNotContain(FOREIGN_CONTACT);
        JsonNode groups = HERE.post("/api/data/contacts/query", Map.of("groupBy", List.of("name"), "aggregations",
                List.of(Map.of("function", "count", "alias", "n")))).json().path("records");
        assertThat(groups.toString()).doesNotContain(SECRET);
        assertThat(HERE.get("/api/data/user").json().toString()).doesNotContain(THERE.email());
    }

    @Test
    void letsBothHaveTheSameUniqueValue() {
        for (Person person : List.of(HERE, THERE)) {
            created(person, "user", Map.of("name", "Twin", "email", "twin@wall.example.com", "username", "twin-wall"));
        }
        assertThat(HERE.post("/api/data/user",
                Map.of("name", "Third", "email", "twin@wall.example.com")).code()).isEqualTo("UNIQUE_VIOLATION");
    }
}
