package com.acme.loyalty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** Asks the server that {@code ./plugin test} has started with the plugin in it. */
class LoyaltyPluginTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void givesPointsForAPurchase() throws IOException, InterruptedException {
        assertThat(post("/api/data/loyalty_points", "{\"customer\": \"Ada\", \"points\": 5}").body())
                .contains("Purchase");
        assertThat(get("/api/x/acme-loyalty/movements/Ada").body()).contains("\"points\":5", "Purchase");
    }

    @Test
    void refusesTooManyAtOnce() throws IOException, InterruptedException {
        HttpResponse<String> refused = post("/api/data/loyalty_points", "{\"customer\": \"Ada\", \"points\": 5000}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("too_many");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return http.send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json))
                .build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(System.getenv("OBJECTOS_URL") + path)).header("Authorization",
                "Bearer " + System.getenv("OBJECTOS_TOKEN"));
    }
}
