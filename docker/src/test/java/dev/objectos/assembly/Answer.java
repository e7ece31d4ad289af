package dev.objectos.assembly;

import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a server said. */
record Answer(int status, String contentType, String body) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers().firstValue("Content-Type").orElse(""),
                response.body());
    }

    JsonNode json() {
        return JSON.readTree(body);
    }

    /** The record of an answer that holds one. */
    JsonNode record() {
        return json().path("record");
    }

    String code() {
        return json().path("code").asString("");
    }

    /** The id of the record that a create has made. */
    String id() {
        if (status != 201) {
            throw new AssertionError("Not created: " + this);
        }
        return json().path("id").asString();
    }
}
