package dev.objectos.server.file;

import dev.objectos.runtime.storage.StoredFile;
import dev.objectos.server.json.JsonAnswer;
import dev.objectos.server.web.Answers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The shapes that the TypeScript client expects: <code>{"success":true,"data":{…}}</code>. */
final class FileAnswers {

    private FileAnswers() {}

    static void send(HttpServletResponse response, int status, Map<String, Object> data) throws IOException {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("success", true);
        answer.put("data", data);
        Answers.send(response, status, JsonAnswer.tree(answer));
    }

    static Map<String, Object> file(StoredFile file) {
        var data = new LinkedHashMap<String, Object>();
        data.put("fileId", file.id().toString());
        data.put("path", path(file.id()));
        data.put("name", file.name());
        data.put("size", file.size());
        data.put("mimeType", file.contentType());
        data.put("sha256", file.sha256());
        data.put("etag", etag(file));
        data.put("created", file.storedAt().toString());
        data.put("lastModified", file.storedAt().toString());
        data.put("url", path(file.id()));
        return data;
    }

    /** Strong: the same bytes have the same tag. */
    static String etag(StoredFile file) {
        return '"' + file.sha256() + '"';
    }

    static String path(UUID id) {
        return "/api/storage/files/" + id;
    }

    /** A path of this server as callers from elsewhere use it. */
    static String absolute(HttpServletRequest request, String path) {
        StringBuffer url = request.getRequestURL();
        return url.substring(0, url.length() - request.getRequestURI().length()) + path;
    }
}
