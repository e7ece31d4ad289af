package dev.objectos.server.file;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.TakesParameters;
import dev.objectos.runtime.storage.FileUsage;
import dev.objectos.runtime.storage.Files;
import dev.objectos.runtime.storage.StoredFile;
import dev.objectos.server.problem.Problem;
import dev.objectos.server.problem.Problems;
import dev.objectos.server.web.Answers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Gives files out, whole or in ranges, to whoever may read them or has a link. */
@RestController
@RequestMapping("/api/storage")
public final class DownloadController {

    private static final int BUFFER = 64 << 10;

    private final Files files;

    public DownloadController(Files files) {
        this.files = files;
    }

    /** {@code ?download} saves what browsers would show. */
    @RequestMapping(path = "/files/{id}", method = {RequestMethod.GET, RequestMethod.HEAD})
    @TakesParameters("download")
    void download(HttpServletRequest request, HttpServletResponse response, @PathVariable("id") String id,
            Session session) throws IOException {
        send(request, response, files.find(UploadController.id(id), session));
    }

    @RequestMapping(path = "/raw/{token}", method = {RequestMethod.GET, RequestMethod.HEAD})
    @TakesParameters("download")
    void downloadByLink(HttpServletRequest request, HttpServletResponse response,
            @PathVariable("token") String token) throws IOException {
        send(request, response, files.byDownloadToken(token));
    }

    /** A link that works for some minutes without signing in. */
    @GetMapping("/files/{id}/url")
    void link(HttpServletRequest request, HttpServletResponse response, @PathVariable("id") String id,
            Session session) throws IOException {
        StoredFile file = files.find(UploadController.id(id), session);
        FileAnswers.send(response, HttpServletResponse.SC_OK, Map.of("url",
                FileAnswers.absolute(request, "/api/storage/raw/" + files.downloadToken(file))));
    }

    @GetMapping("/files/{id}/metadata")
    void metadata(HttpServletResponse response, @PathVariable("id") String id, Session session) throws IOException {
        FileAnswers.send(response, HttpServletResponse.SC_OK,
                FileAnswers.file(files.find(UploadController.id(id), session)));
    }

    /** What the files of the organization take up, for its administrators. */
    @GetMapping("/usage")
    void usage(HttpServletResponse response, Session session) throws IOException {
        FileUsage usage = files.usage(session);
        var data = new LinkedHashMap<String, Object>();
        data.put("files", usage.files());
        data.put("bytes", usage.bytes());
        if (usage.quota() != null) {
            data.put("quota", usage.quota());
        }
        FileAnswers.send(response, HttpServletResponse.SC_OK, data);
    }

    @DeleteMapping("/files/{id}")
    void remove(HttpServletResponse response, @PathVariable("id") String id, Session session) throws IOException {
        files.remove(UploadController.id(id), session);
        FileAnswers.send(response, HttpServletResponse.SC_OK, Map.of("fileId", id));
    }

    private void send(HttpServletRequest request, HttpServletResponse response, StoredFile file) throws IOException {
        String etag = FileAnswers.etag(file);
        response.setHeader("Accept-Ranges", "bytes");
        response.setHeader("Last-Modified", DateTimeFormatter.RFC_1123_DATE_TIME
                .format(file.storedAt().truncatedTo(ChronoUnit.SECONDS).atZone(ZoneOffset.UTC)));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Disposition", Disposition.header(file.contentType(), file.name(),
                request.getParameter("download") != null));
        if (!file.contentType().equals("application/pdf")) {
            response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
        }
        if (Answers.notModified(request, response, etag)) {
            return;
        }
        Optional<ByteRange> range = unchanged(request.getHeader("If-Range"), etag)
                ? ByteRange.of(request.getHeader("Range"), file.size())
                : Optional.empty();
        response.setContentType(file.contentType());
        if (range.isPresent() && !range.get().satisfiable()) {
            response.setHeader("Content-Range", "bytes */" + file.size());
            response.setHeader("Content-Disposition", null);
            Problems.answer(request, response, new Problem(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE,
                    RuntimeError.INVALID_REQUEST,
                    "The file has " + file.size() + " bytes, none of which is in the range",
                    null, List.of(), Map.of()));
            return;
        }
        ByteRange wanted = range.orElseGet(() -> new ByteRange(0, file.size() - 1));
        boolean told = request.getMethod().equals("HEAD");
        // Before anything is said of an answer that may have to be a refusal.
        try (InputStream content = told
                ? InputStream.nullInputStream()
                : files.open(file, wanted.first(), wanted.length())) {
            range.ifPresent(part -> {
                response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
                response.setHeader("Content-Range",
                        "bytes " + part.first() + "-" + part.last() + "/" + file.size());
            });
            response.setContentLengthLong(wanted.length());
            if (!told) {
                copy(content, response.getOutputStream(), wanted.length());
            }
        }
    }

    /** A range of what the caller has another version of would not fit to that. */
    private static boolean unchanged(@Nullable String condition, String etag) {
        return condition == null || condition.equals(etag);
    }

    private static void copy(InputStream from, OutputStream to, long length) throws IOException {
        var buffer = new byte[BUFFER];
        long left = length;
        while (left > 0) {
            int got = from.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (got < 0) {
                throw new PlatformException(RuntimeError.UNAVAILABLE,
                        "The storage of files has given less than the whole file; try again later");
            }
            to.write(buffer, 0, got);
            left -= got;
        }
    }
}
