package dev.objectos.server.web;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.session.Session;
import dev.objectos.server.json.JsonAnswer;
import dev.objectos.server.problem.ServerError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Sends JSON that is ready as bytes, past Spring's message converters, which would only copy and negotiate. */
public final class Answers {

    public static final String JSON = "application/json";

    /** Bytes of a document from which on it is compressed; the same as {@code server.compression.min-response-size}. */
    private static final int WORTH_COMPRESSING = 4 * 1024;

    private Answers() {}

    public static void send(HttpServletResponse response, int status, JsonAnswer answer) throws IOException {
        send(response, status, JSON, answer);
    }

    /** @param type a media type of JSON */
    public static void send(HttpServletResponse response, int status, String type, JsonAnswer answer)
            throws IOException {
        head(response, status, type, answer.length());
        answer.writeTo(response.getOutputStream());
    }

    public static void send(HttpServletResponse response, int status, byte[] json) throws IOException {
        head(response, status, JSON, json.length);
        response.getOutputStream().write(json);
    }

    /** Sends a document, or 304 to a caller who holds it already, and says in which language it is. */
    public static void send(HttpServletRequest request, HttpServletResponse response, Document document)
            throws IOException {
        speak(request, response);
        sendAsIs(request, response, document);
    }

    /** The same of a document that is the same for every language that a caller might wish for. */
    public static void sendAsIs(HttpServletRequest request, HttpServletResponse response, Document document)
            throws IOException {
        requireJsonAccepted(request);
        if (!notModified(request, response, tag(request, document))) {
            send(response, HttpServletResponse.SC_OK, document.json());
        }
    }

    /**
     * A strong tag promises the same bytes, and an answer that is compressed on its way has others; the container leaves those
     * with a strong tag as they are.
     */
    private static String tag(HttpServletRequest request, Document document) {
        String accepted = request.getHeader("Accept-Encoding");
        return accepted != null && accepted.contains("gzip") && document.json().length >= WORTH_COMPRESSING
                ? "W/" + document.etag()
                : document.etag();
    }

    /** Says that the answer is in the language of the session, and that another wish may bring another. */
    public static void speak(HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(SessionResolver.ATTRIBUTE) instanceof Session session) {
            response.setHeader("Content-Language", session.locale().toLanguageTag());
            response.addHeader("Vary", "Accept-Language");
        }
    }

    /** Refuses a caller who takes no JSON. */
    public static void requireJsonAccepted(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        if (accept == null || accept.equals("*/*") || accept.equals(JSON) || takesJson(accept)) {
            return;
        }
        throw new PlatformException(ServerError.NOT_ACCEPTABLE,
                "The answer is " + JSON + "; the Accept header excludes it");
    }

    /** Whether the caller holds this version already; then the answer is 304 and complete. */
    public static boolean notModified(HttpServletRequest request, HttpServletResponse response, String etag) {
        response.setHeader("ETag", etag);
        if (!matches(request.getHeader("If-None-Match"), etag)) {
            return false;
        }
        response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        return true;
    }

    /** Weak comparison (RFC 9110, 13.1.2): the mark of weakness does not count. */
    private static boolean matches(@Nullable String given, String etag) {
        if (given == null) {
            return false;
        }
        String wanted = strong(etag);
        for (String tag : given.split(",", -1)) {
            String bare = tag.strip();
            if (bare.equals("*") || strong(bare).equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static String strong(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    private static boolean takesJson(String accept) {
        try {
            return MediaType.parseMediaTypes(accept).stream()
                    .anyMatch(type -> type.includes(MediaType.APPLICATION_JSON) && type.getQualityValue() > 0);
        } catch (InvalidMediaTypeException _) {
            return false;
        }
    }

    private static void head(HttpServletResponse response, int status, String type, int length) {
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(length);
    }
}
