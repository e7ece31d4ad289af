package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Files over HTTP, and the records that hold them. */
@ExtendWith(SharedServer.class)
class FilesTest {

    private static final String TEXT = "0123456789";

    private final ServerProcess server;
    private final Path watched;

    FilesTest(SharedServer.Fixture fixture) {
        server = fixture.server();
        watched = fixture.watched();
    }

    @Test
    void aFileIsSentByALinkAndGivenOutWholeOrInRanges() {
        JsonNode link = server.post("/api/storage/upload/presigned",
                "{\"filename\": \"Zahlen ä.txt\", \"mimeType\": \"text/plain\", \"size\": 10, \"scope\": \"user\"}")
                .json().path("data");
        String put = path(link.path("uploadUrl").asString());
        assertThat(link.path("method").asString()).isEqualTo("PUT");
        assertThat(server.send(server.unsigned("PUT", put).method("PUT", BodyPublishers.ofString(TEXT))).status())
                .isEqualTo(200);
        JsonNode file = server.post("/api/storage/upload/complete",
                "{\"fileId\": \"" + link.path("fileId").asString() + "\"}").json();
        assertThat(file.path("success").asBoolean()).isTrue();
        assertThat(file.path("data").path("size").asInt()).isEqualTo(10);
        String path = file.path("data").path("url").asString();

        HttpResponse<String> whole = server.response(server.signed("GET", path));
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(TEXT);
        assertThat(header(whole, "Content-Disposition"))
                .isEqualTo("inline; filename=\"Zahlen _.txt\"; filename*=UTF-8''Zahlen%20%C3%A4.txt");
        assertThat(header(whole, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(whole, "Accept-Ranges")).isEqualTo("bytes");
        String etag = header(whole, "ETag");
        assertThat(server.response(server.signed("GET", path).header("If-None-Match", etag)).statusCode())
                .isEqualTo(304);
        assertThat(header(server.response(server.signed("GET", path + "?download")), "Content-Disposition"))
                .startsWith("attachment;");

        assertRange(path, "bytes=2-4", 206, "bytes 2-4/10", "234");
        assertRange(path, "bytes=7-", 206, "bytes 7-9/10", "789");
        assertRange(path, "bytes=-3", 206, "bytes 7-9/10", "789");
        assertRange(path, "bytes=5-100", 206, "bytes 5-9/10", "56789");
        HttpResponse<String> beyond = server.response(server.signed("GET", path).header("Range", "bytes=10-"));
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(header(beyond, "Content-Range")).isEqualTo("bytes */10");
        assertThat(header(beyond, "Content-Type")).isEqualTo("application/problem+json");
        assertRange(path, "bytes=0-1,4-5", 200, "", TEXT);
        assertRange(path, "lines=1-2", 200, "", TEXT);
        HttpResponse<String> other = server.response(
                server.signed("GET", path).header("Range", "bytes=2-4").header("If-Range", "\"another\""));
        assertThat(other.statusCode()).isEqualTo(200);
        HttpResponse<String> head = server.response(server.signed("HEAD", path));
        assertThat(header(head, "Content-Length")).isEqualTo("10");
        assertThat(head.body()).isEmpty();

        String url = server.get(path + "/url").json().path("data").path("url").asString();
        assertThat(server.send(server.unsigned("GET", path(url))).body()).isEqualTo(TEXT);
        assertThat(server.send(server.unsigned("GET", path)).status()).isEqualTo(401);
        assertThat(server.send(server.unsigned("GET", path(url) + "x")).status()).isEqualTo(404);
        assertThat(server.get("/api/storage/files/none").status()).isEqualTo(404);
    }

    @Test
    void aPageIsNeverShownAndAPretenderIsRefused() {
        Answer page = upload("page.html", "text/html", "<html><script>alert(1)</script></html>");
        assertThat(page.status()).as(page.body()).isEqualTo(201);
        HttpResponse<String> shown = server
                .response(server.signed("GET", page.json().path("data").path("url").asString()));
        assertThat(header(shown, "Content-Disposition")).startsWith("attachment;");
        assertThat(header(shown, "Content-Security-Policy")).contains("sandbox");
        Answer pretender = upload("picture.png", "image/png", "<html><script>alert(1)</script></html>");
        assertThat(pretender.status()).isEqualTo(400);
        assertThat(pretender.code()).isEqualTo("VALIDATION_FAILED");
        assertThat(server.post("/api/storage/upload", "{}").status()).isEqualTo(415);
    }

    @Test
    void administratorsAreToldWhatFilesTakeUpAndNobodyElse() {
        JsonNode before = server.get("/api/storage/usage").json().path("data");
        upload("numbers.txt", "text/plain", TEXT);
        JsonNode after = server.get("/api/storage/usage").json().path("data");
        assertThat(after.path("bytes").asLong()).isGreaterThanOrEqualTo(before.path("bytes").asLong() + 10);
        assertThat(after.path("files").asLong()).isGreaterThan(before.path("files").asLong());
        Colleague member = Colleague.join(server, "usage" + UUID.randomUUID().toString().substring(0, 8), "member");
        assertThat(member.get("/api/storage/usage").code()).isEqualTo("PERMISSION_DENIED");
    }

    @Test
    void aFileIsAsVisibleAsTheRecordThatHoldsIt() throws IOException {
        Files.writeString(watched.resolve("document.object.yml"), """
                name: documents
                fields:
                  title: {type: text}
                  scan: {type: file}
                permission_sets:
                  clerk: {allowRead: [{field: title, equals: open}]}
                """);
        Patience.until("the object", Duration.ofSeconds(30),
                () -> server.get("/api/metadata/documents").status() == 200);
        String mark = UUID.randomUUID().toString().substring(0, 8);
        Colleague clerk = Colleague.join(server, "clerk" + mark, "clerk");
        String file = upload("scan.txt", "text/plain", "hidden").json().path("data").path("fileId").asString();
        String path = "/api/storage/files/" + file;
        assertThat(clerk.get(path).status()).isEqualTo(404);

        String document = server.post("/api/data/documents", "{\"title\": \"closed\", \"scan\": \"" + file + "\"}")
                .id();
        assertThat(clerk.get(path).status()).isEqualTo(404);
        server.patch("/api/data/documents/" + document, "{\"title\": \"open\"}");
        assertThat(clerk.get(path).body()).isEqualTo("hidden");
        assertThat(server.delete(path).code()).isEqualTo("DELETE_RESTRICTED");
        server.delete("/api/data/documents/" + document);
        assertThat(clerk.get(path).status()).isEqualTo(404);

        Answer refused = server.post("/api/data/documents", "{\"scan\": \"" + UUID.randomUUID() + "\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("fields").path(0).path("code").asString()).isEqualTo("invalid_reference");
    }

    private void assertRange(String path, String range, int status, String contentRange, String body) {
        HttpResponse<String> answer = server.response(server.signed("GET", path).header("Range", range));
        assertThat(answer.statusCode()).as(range).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Range").orElse("")).as(range).isEqualTo(contentRange);
        assertThat(answer.body()).as(range).isEqualTo(body);
    }

    private Answer upload(String name, String type, String content) {
        String body = "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: " + type + "\r\n\r\n" + content + "\r\n--part--\r\n";
        return server.send(server.signed("POST", "/api/storage/upload")
                .header("Content-Type", "multipart/form-data; boundary=part")
                .method("POST", BodyPublishers.ofString(body, StandardCharsets.UTF_8)));
    }

    private static String path(String url) {
        return URI.create(url).getPath();
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
