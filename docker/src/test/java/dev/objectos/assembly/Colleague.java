package dev.objectos.assembly;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Somebody other than the administrator, with an account on the server and signed in.
 *
 * @param id the user's record
 * @param account what the account is known by
 */
record Colleague(ServerProcess server, String id, String account, String email, String token) {

    private static final String PASSWORD = "a password of somebody";

    /** Makes an account in the first organization and signs in with it. */
    static Colleague join(ServerProcess server, String name, String roles) {
        return join(server, name, roles, null);
    }

    /** @param manager who stands above them; null: nobody */
    static Colleague join(ServerProcess server, String name, String roles, @Nullable Colleague manager) {
        return made(server, "default", name, roles,
                manager == null ? "" : "\"manager\": \"" + manager.id() + "\"");
    }

    /** The same in another organization. */
    static Colleague elsewhere(ServerProcess server, String organization, String name, String roles) {
        return made(server, organization, name, roles, "");
    }

    private static Colleague made(ServerProcess server, String organization, String name, String roles, String data) {
        String email = name + "@example.org";
        Answer made = server.send(server.json("POST", "/api/auth/admin/create-user", """
                {"email": "%s", "name": "%s", "password": "%s", "role": "%s", "data": {%s}}""".formatted(email, name,
                PASSWORD, roles, data)).header("X-Tenant", organization));
        if (made.status() != 200) {
            throw new AssertionError("No account for " + name + ": " + made);
        }
        Answer signedIn = server.send(server.unsigned("POST", "/api/auth/sign-in/email")
                .header("Content-Type", "application/json").method("POST", BodyPublishers
                        .ofString("{\"email\": \"" + email + "\", \"password\": \"" + PASSWORD + "\"}")));
        if (signedIn.status() != 200) {
            throw new AssertionError(name + " cannot sign in: " + signedIn);
        }
        JsonNode record = server.send(server.signed("GET", "/api/data/user?email=" + email)
                .header("X-Tenant", organization)).json().path("records").path(0);
        return new Colleague(server, record.path("id").asString(),
                made.json().path("user").path("id").asString(), email, signedIn.json().path("token").asString());
    }

    /** What administrators are told of whether they may do something with a record: every layer that has a say. */
    List<JsonNode> explained(String object, String operation, String record) {
        Answer answer = server.post("/api/permissions/explain", """
                {"user": "%s", "object": "%s", "operation": "%s", "recordId": "%s"}""".formatted(id, object, operation,
                record));
        if (answer.status() != 200) {
            throw new AssertionError("Nothing is explained: " + answer);
        }
        return answer.json().path("layers").valueStream().toList();
    }

    Answer get(String path) {
        return server.send(request("GET", path));
    }

    Answer delete(String path) {
        return server.send(request("DELETE", path));
    }

    Answer post(String path, String json) {
        return server.send(json("POST", path, json));
    }

    Answer patch(String path, String json) {
        return server.send(json("PATCH", path, json));
    }

    Answer send(String method, String path, String json) {
        return server.send(json(method, path, json));
    }

    HttpRequest.Builder request(String method, String path) {
        return server.unsigned(method, path).header("Authorization", "Bearer " + token);
    }

    private HttpRequest.Builder json(String method, String path, String json) {
        return request(method, path).header("Content-Type", "application/json").method(method,
                BodyPublishers.ofString(json));
    }
}
