package {{package}};

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
class {{Name}}PluginTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void keepsNotes() throws IOException, InterruptedException {
        assertThat(post("/api/data/{{object}}", "{\"title\": \"  First \"}").body()).contains("\"First\"");
        assertThat(get("/api/data/{{object}}").body()).contains("\"First\"");
    }

    @Test
    void refusesABlankTitle() throws IOException, InterruptedException {
        HttpResponse<String> refused = post("/api/data/{{object}}", "{\"title\": \"   \"}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("title");
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
