package dev.objectos.auth.organization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Host names that belong to tenants, and tenants that anybody may make. */
final class TenantHostTest {

    private static final TestingServer SERVER = TestingServer.named();
    private static final TestingPeople PEOPLE = new TestingPeople(SERVER, "host");

    /** Status line and body of a request to a host of that name; the client of the JDK does not let tests choose it. */
    private static String ask(String host, String method, String path, String body, String token) {
        URI origin = URI.create(SERVER.origin());
        try (var socket = new Socket(origin.getHost(), origin.getPort())) {
            byte[] content = body.getBytes(StandardCharsets.UTF_8);
            String head = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n"
                    + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n")
                    + "Content-Type: application/json\r\nContent-Length: " + content.length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(content);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signIn(String host, Person person) {
        return ask(host, "POST", "/api/auth/sign-in/email",
                "{\"email\":\"" + person.email() + "\",\"password\":\"" + TestingPeople.PASSWORD + "\"}", "");
    }

    @Test
    void sayWherePeopleSignInAndWhoseSessionsTheyTake() {
        UUID first = PEOPLE.tenant("first");
        UUID second = PEOPLE.tenant("second");
        Person person = PEOPLE.person(first, "member");
        PEOPLE.join(person, second, "sales");
        Person stranger = PEOPLE.person(second, "member");
        assertThat(signIn("first.erp.test", person)).startsWith("HTTP/1.1 200").contains("\"role\":\"member\"");
        assertThat(signIn("SECOND.erp.test", person)).startsWith("HTTP/1.1 200").contains("\"role\":\"sales\"");
        assertThat(signIn("own.example", person)).startsWith("HTTP/1.1 200").contains("\"role\":\"sales\"");
        assertThat(signIn("first.erp.test", stranger)).startsWith("HTTP/1.1 403");
        assertThat(ask("first.erp.test", "GET", "/api/data/user", "", person.token())).startsWith("HTTP/1.1 200");
        assertThat(ask("second.erp.test", "GET", "/api/data/user", "", person.token())).startsWith("HTTP/1.1 403")
                .contains("another organization");
        assertThat(ask("www.erp.test", "GET", "/api/data/user", "", person.token())).startsWith("HTTP/1.1 200");
        assertThat(ask("first.erp.test.evil.example", "GET", "/api/data/user", "", person.token()))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void areMadeByAnybodyWhereThatIsSwitchedOn() {
        Person member = PEOPLE.person(PEOPLE.tenant(), "member");
        assertThat(member.post("/api/auth/organization/create", Map.of("name", "Mine", "slug", "mine")).status())
                .isEqualTo(200);
        assertThat(member.get("/api/auth/organization/list").json().findValuesAsString("slug")).contains("mine");
        assertThat(ask("mine.erp.test", "GET", "/api/data/user", "", member.token())).startsWith("HTTP/1.1 403");
        assertThat(signIn("mine.erp.test", member)).contains("\"role\":\"owner\"");
    }
}
