package dev.objectos.runtime.plugin.command;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server over HTTP, as somebody who is signed in. Refusals are {@link ServerRefusedException}s that say what the server
 * says.
 */
record ServerClient(URI address, String token) {

    /** An upload may publish many objects. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static ServerClient signIn(URI address, String email, String password) {
        var nobody = new ServerClient(address, "");
        JsonNode answer = nobody.send(nobody.request("/api/auth/sign-in/email")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("email", email, "password", password)))));
        String token = answer.path("token").asString("");
        if (token.isEmpty()) {
            throw new ServerRefusedException(address + " has signed nobody in");
        }
        return new ServerClient(address, token);
    }

    JsonNode get(String path) {
        return send(request(path).GET());
    }

    /** What is there as a text of that media type. */
    String text(String path, String type) {
        return answer(request(path).header("Accept", type).GET());
    }

    JsonNode post(String path) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString("{}")));
    }

    JsonNode post(String path, Map<String, ?> body) {
        return send(request(path).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    JsonNode put(String path, Map<String, ?> body) {
        return send(request(path).header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    JsonNode delete(String path) {
        return send(request(path).DELETE());
    }

    /** Sends a file as the part {@code file} of a form. */
    JsonNode upload(String path, String name, byte[] content) {
        String boundary = "objectos-" + UUID.randomUUID();
        String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                + name.replaceAll("[^A-Za-z0-9._-]", "_") + "\"\r\nContent-Type: application/zip\r\n\r\n";
        BodyPublisher body = BodyPublishers.concat(BodyPublishers.ofString(head), BodyPublishers.ofByteArray(content),
                BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
        return send(request(path).header("Content-Type", "multipart/form-data; boundary=" + boundary).POST(body));
    }

    /** A part of a path. */
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path)).timeout(LONGEST);
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest.Builder request) {
        return json(answer(request));
    }

    private String answer(HttpRequest.Builder request) {
        HttpResponse<String> response;
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build()) {
            response = client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ServerRefusedException(
                    "no server answers at " + address + "; ./objectos status says whether it runs");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerRefusedException("interrupted");
        }
        if (response.statusCode() >= 400) {
            throw refusal(response.statusCode(), json(response.body()));
        }
        return response.body();
    }

    private static JsonNode json(String body) {
        try {
            return body.isBlank() ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }

    private ServerRefusedException refusal(int status, JsonNode problem) {
        String code = problem.path("code").asString("");
        String detail = problem.path("detail")
                .asString(problem.path("message").asString("the server answers " + status));
        var details = new ArrayList<String>();
        for (String list : List.of("errors", "fields")) {
            problem.path(list).forEach(entry -> details.add(entry.isString() ? entry.asString() : line(entry)));
        }
        if (status == 401 && !token.isEmpty()) {
            details.add("Sign in with ./objectos login, or set OBJECTOS_TOKEN.");
        }
        if (details.size() > 1 && details.stream().allMatch(detail::contains)) {
            // They follow, each in its own line.
            detail = problem.path("title").asString(detail);
        }
        return new ServerRefusedException(status, code.isEmpty() ? detail : detail + " (" + code + ")", details);
    }

    private static String line(JsonNode entry) {
        String message = entry.path("message").asString("");
        String place = entry.path("file").asString(entry.path("field").asString(""));
        return message.isEmpty() ? entry.toString() : place.isEmpty() ? message : place + ": " + message;
    }
}
