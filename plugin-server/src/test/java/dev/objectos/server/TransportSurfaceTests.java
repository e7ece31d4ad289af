package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How answers travel: compressed for those who ask, and over HTTP/2 where the operator offers it. */
final class TransportSurfaceTests {

    private static final String LARGE = "/api/metadata/object";

    @SuppressWarnings("NullAway.Init")
    private static TestingHttp http;

    @SuppressWarnings("NullAway.Init")
    private static HttpClient client;

    @BeforeAll
    static void start() {
        http = TestingHttp.start(new RecordingRecords(), Map.of("server.http2.enabled", "true"));
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        http.close();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void compressesLargeAnswersForThoseWhoAsk(Version version) throws IOException, InterruptedException {
        HttpResponse<byte[]> plain = get(LARGE, version);
        HttpResponse<byte[]> compressed = get(LARGE, version, "Accept-Encoding", "gzip, br");
        assertThat(plain.headers().map()).doesNotContainKey("content-encoding");
        assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(compressed.body().length).isLessThan(plain.body().length / 4);
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(unpacked.readAllBytes()).isEqualTo(plain.body());
        }
        assertThat(String.join(",", compressed.headers().allValues("Vary")).toLowerCase(java.util.Locale.ROOT))
                .contains("accept-encoding", "accept-language");
    }

    @Test
    void leavesSmallAnswersAsTheyAre() throws IOException, InterruptedException {
        HttpResponse<byte[]> small = get("/api/i18n/locales", Version.HTTP_1_1, "Accept-Encoding", "gzip");
        assertThat(small.headers().map()).doesNotContainKey("content-encoding");
        assertThat(small.headers().firstValue("Content-Length")).contains(String.valueOf(small.body().length));
    }

    @Test
    void promisesTheSameBytesOnlyWhereTheyAreTheSame() throws IOException, InterruptedException {
        String strong = get(LARGE, Version.HTTP_1_1).headers().firstValue("ETag").orElseThrow();
        String weak = get(LARGE, Version.HTTP_1_1, "Accept-Encoding", "gzip").headers().firstValue("ETag")
                .orElseThrow();
        assertThat(weak).isEqualTo("W/" + strong);
        for (String held : List.of(strong, weak)) {
            assertThat(get(LARGE, Version.HTTP_1_1, "If-None-Match", held).statusCode()).isEqualTo(304);
            assertThat(get(LARGE, Version.HTTP_1_1, "If-None-Match", held, "Accept-Encoding", "gzip").statusCode())
                    .isEqualTo(304);
        }
    }

    @Test
    void speaksHttp2InClearTextWhereTheOperatorOffersIt() throws IOException, InterruptedException {
        HttpResponse<byte[]> upgraded = get(LARGE, Version.HTTP_2);
        assertThat(upgraded.statusCode()).isEqualTo(200);
        assertThat(upgraded.version()).isEqualTo(Version.HTTP_2);
        assertThat(get(LARGE, Version.HTTP_1_1).version()).isEqualTo(Version.HTTP_1_1);
        try (TestingHttp usual = TestingHttp.start()) {
            HttpResponse<byte[]> answer = client.send(request(usual, LARGE, Version.HTTP_2),
                    BodyHandlers.ofByteArray());
            assertThat(answer.version()).as("off unless asked for").isEqualTo(Version.HTTP_1_1);
        }
    }

    private static HttpResponse<byte[]> get(String path, Version version, String... headers)
            throws IOException, InterruptedException {
        return client.send(request(http, path, version, headers), BodyHandlers.ofByteArray());
    }

    private static HttpRequest request(TestingHttp server, String path, Version version, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).version(version)
                .header("Authorization", "Bearer test");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.build();
    }
}
