package dev.objectos.server.file;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.storage.Files;
import dev.objectos.runtime.storage.NewFile;
import dev.objectos.runtime.storage.StoredFile;
import dev.objectos.server.problem.ServerError;
import dev.objectos.server.web.JsonBodies;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes files in: at once, by a link, or in parts. */
@RestController
@RequestMapping("/api/storage")
public final class UploadController {

    private static final String PART = "file";
    private static final String UNKNOWN_TYPE = "application/octet-stream";
    private static final long PART_SIZE = 5L << 20;

    private final Files files;
    private final JsonBodies bodies;

    public UploadController(Files files, JsonBodies bodies) {
        this.files = files;
        this.bodies = bodies;
    }

    /** A multipart request with a part {@code file}. */
    @PostMapping("/upload")
    void upload(HttpServletRequest request, HttpServletResponse response, Session session) throws IOException {
        String type = request.getContentType();
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            throw new PlatformException(ServerError.UNSUPPORTED_MEDIA_TYPE,
                    "The file must be sent as multipart/form-data, in the part \"" + PART + "\"");
        }
        Part part = part(request);
        try (InputStream content = part.getInputStream()) {
            String name = Objects.requireNonNullElse(part.getSubmittedFileName(), PART);
            StoredFile file = files.store(
                    new NewFile(name, Objects.requireNonNullElse(part.getContentType(), UNKNOWN_TYPE)), content,
                    session);
            response.setHeader("Location", FileAnswers.path(file.id()));
            FileAnswers.send(response, HttpServletResponse.SC_CREATED, FileAnswers.file(file));
        } finally {
            part.delete();
        }
    }

    /** {@code {"filename","mimeType","size","scope"?}}; answers with a link to which the bytes are put. */
    @PostMapping("/upload/presigned")
    void announce(HttpServletRequest request, HttpServletResponse response, Session session) throws IOException {
        Map<String, @Nullable Object> body = body(request, Set.of("filename", "mimeType", "size", "scope", "bucket"));
        NewFile file = file(body);
        Files.Announced announced = files.announce(file, number(body, "size"), session);
        var data = new LinkedHashMap<String, Object>();
        data.put("uploadUrl", FileAnswers.absolute(request, "/api/storage/raw/" + announced.token()));
        data.put("method", "PUT");
        data.put("headers", Map.of("Content-Type", file.contentType()));
        data.put("fileId", announced.id().toString());
        data.put("expiresIn", Math.max(0, (announced.expires().toEpochMilli() - System.currentTimeMillis()) / 1_000));
        FileAnswers.send(response, HttpServletResponse.SC_OK, data);
    }

    /** The body is the file; the token in the path says which, and that it may be sent. */
    @PutMapping("/raw/{token}")
    void receive(HttpServletRequest request, HttpServletResponse response, @PathVariable("token") String token)
            throws IOException {
        files.receive(token, request.getInputStream());
        FileAnswers.send(response, HttpServletResponse.SC_OK, Map.of("key", token));
    }

    /** {@code {"fileId","eTag"?}}. */
    @PostMapping("/upload/complete")
    void complete(HttpServletRequest request, HttpServletResponse response, Session session) throws IOException {
        Map<String, @Nullable Object> body = body(request, Set.of("fileId", "eTag"));
        StoredFile file = files.complete(id(text(body, "fileId")), session);
        FileAnswers.send(response, HttpServletResponse.SC_OK, FileAnswers.file(file));
    }

    /** {@code {"filename","mimeType","totalSize","chunkSize"?,"scope"?}}. */
    @PostMapping("/upload/chunked")
    void announceParts(HttpServletRequest request, HttpServletResponse response, Session session) throws IOException {
        Map<String, @Nullable Object> body = body(request,
                Set.of("filename", "mimeType", "totalSize", "chunkSize", "scope", "bucket", "metadata"));
        long size = number(body, "totalSize");
        if (size < 1) {
            throw invalid("totalSize", "A file in parts has at least one byte");
        }
        Files.Parts parts = files.announceParts(file(body), size,
                body.get("chunkSize") == null ? PART_SIZE : number(body, "chunkSize"), session);
        var data = new LinkedHashMap<String, Object>();
        data.put("uploadId", parts.id().toString());
        data.put("resumeToken", parts.token());
        data.put("fileId", parts.id().toString());
        data.put("totalChunks", parts.total());
        data.put("chunkSize", parts.partSize());
        data.put("expiresAt", parts.expires().toString());
        FileAnswers.send(response, HttpServletResponse.SC_OK, data);
    }

    @PutMapping("/upload/chunked/{upload}/chunk/{index}")
    void receivePart(HttpServletRequest request, HttpServletResponse response, @PathVariable("upload") String upload,
            @PathVariable("index") String index, Session session) throws IOException {
        if (!index.matches("[0-9]{1,9}")) {
            throw unknown();
        }
        String token = request.getHeader("x-resume-token");
        if (token == null) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "A part comes with the header x-resume-token, which the upload was begun with");
        }
        int part = Integer.parseInt(index);
        String etag = files.receivePart(id(upload), part, token, request.getInputStream(), session);
        var data = new LinkedHashMap<String, Object>();
        data.put("chunkIndex", part);
        data.put("eTag", etag);
        data.put("bytesReceived", Math.max(0, request.getContentLengthLong()));
        FileAnswers.send(response, HttpServletResponse.SC_OK, data);
    }

    @GetMapping("/upload/chunked/{upload}/progress")
    void progress(HttpServletResponse response, @PathVariable("upload") String upload, Session session)
            throws IOException {
        Files.Progress progress = files.progress(id(upload), session);
        var data = new LinkedHashMap<String, Object>();
        data.put("uploadId", upload);
        data.put("fileId", progress.id().toString());
        data.put("filename", progress.name());
        data.put("totalSize", progress.size());
        data.put("uploadedSize", progress.bytes());
        data.put("totalChunks", progress.total());
        data.put("uploadedChunks", progress.parts());
        data.put("percentComplete", progress.bytes() * 100 / progress.size());
        data.put("status", progress.complete()
                ? "completed"
                : progress.expires().toEpochMilli() < System.currentTimeMillis() ? "expired" : "in_progress");
        data.put("startedAt", progress.started().toString());
        data.put("expiresAt", progress.expires().toString());
        FileAnswers.send(response, HttpServletResponse.SC_OK, data);
    }

    @PostMapping("/upload/chunked/{upload}/complete")
    void completeParts(HttpServletResponse response, @PathVariable("upload") String upload, Session session)
            throws IOException {
        StoredFile file = files.completeParts(id(upload), session);
        var data = new LinkedHashMap<>(FileAnswers.file(file));
        data.put("key", file.id().toString());
        data.put("eTag", file.sha256());
        FileAnswers.send(response, HttpServletResponse.SC_OK, data);
    }

    static UUID id(String text) {
        if (!FieldValues.isId(text)) {
            throw unknown();
        }
        return UUID.fromString(text);
    }

    private static Part part(HttpServletRequest request) {
        try {
            @Nullable
            Part part = request.getPart(PART);
            if (part == null) {
                throw new PlatformException(RuntimeError.INVALID_REQUEST, "The request has no part \"" + PART + "\"");
            }
            return part;
        } catch (IllegalStateException e) {
            // What the servlet API says of a body or a part above its limits.
            throw new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE,
                    "The file is too large for a form; send it to a link or in parts", e);
        } catch (IOException | ServletException e) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "The multipart body cannot be read", e);
        }
    }

    /** Scope and bucket are the client's; here a file is as visible as the record that holds it. */
    private Map<String, @Nullable Object> body(HttpServletRequest request, Set<String> known) {
        Map<String, @Nullable Object> body = bodies.readObject(request);
        for (String key : body.keySet()) {
            if (!known.contains(key)) {
                throw new PlatformException(RuntimeError.INVALID_REQUEST, "\"" + key + "\" is not known here");
            }
        }
        return body;
    }

    private static NewFile file(Map<String, @Nullable Object> body) {
        Object type = body.get("mimeType");
        return new NewFile(text(body, "filename"),
                type instanceof String text && !text.isBlank() ? text : UNKNOWN_TYPE);
    }

    private static String text(Map<String, @Nullable Object> body, String name) {
        if (body.get(name) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw invalid(name, name + " is a text, and must be given");
    }

    private static long number(Map<String, @Nullable Object> body, String name) {
        return switch (body.get(name)) {
            case Integer number -> number;
            case Long number -> number;
            case null, default -> throw invalid(name, name + " is a whole number of bytes, and must be given");
        };
    }

    private static PlatformException invalid(String field, String message) {
        return PlatformException.validation(List.of(new FieldError(field, "invalid", message)));
    }

    private static PlatformException unknown() {
        return new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such file");
    }
}
