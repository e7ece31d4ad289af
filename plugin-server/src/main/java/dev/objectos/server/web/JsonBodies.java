package dev.objectos.server.web;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.server.json.JsonReader;
import dev.objectos.server.problem.ServerError;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Reads the JSON of requests up to a size. */
public final class JsonBodies {

    private volatile int maxBytes;

    /** @param maxBytes the largest body that is read */
    public JsonBodies(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Bodies that are read from now on have at most that many bytes. */
    public void limit(int bytes) {
        maxBytes = bytes;
    }

    /** How many bytes are read at most. */
    public int limit() {
        return maxBytes;
    }

    /** The value in the body; null is JSON's. */
    public @Nullable Object read(HttpServletRequest request) {
        requireJson(request);
        byte[] bytes = bytes(request);
        if (bytes.length == 0) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "The body is empty; JSON is expected");
        }
        return JsonReader.read(bytes);
    }

    /** The object in the body. */
    public Map<String, @Nullable Object> readObject(HttpServletRequest request) {
        return object(read(request));
    }

    /** The object in the body, or an empty one where there is no body. */
    public Map<String, @Nullable Object> readObjectIfAny(HttpServletRequest request) {
        byte[] bytes = bytes(request);
        if (bytes.length == 0) {
            return Map.of();
        }
        requireJson(request);
        return object(JsonReader.read(bytes));
    }

    @SuppressWarnings("unchecked") // the reader makes no other map
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            return (Map<String, @Nullable Object>) object;
        }
        throw new PlatformException(RuntimeError.INVALID_REQUEST, "The body must be a JSON object");
    }

    /** The body as it came. */
    public byte[] bytes(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        if (length > maxBytes) {
            throw tooLarge();
        }
        byte[] bytes;
        try {
            // The buffer is as large as what may come, up to 16 KB.
            bytes = request.getInputStream().readNBytes(length < 0 ? maxBytes + 1 : (int) length);
        } catch (IOException e) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "The body could not be read to its end", e);
        }
        if (bytes.length > maxBytes) {
            throw tooLarge();
        }
        return bytes;
    }

    private PlatformException tooLarge() {
        return new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE, "A body has at most " + maxBytes + " bytes");
    }

    private static void requireJson(HttpServletRequest request) {
        String type = request.getContentType();
        if (!Answers.JSON.equals(type) && !isJson(type)) {
            throw new PlatformException(ServerError.UNSUPPORTED_MEDIA_TYPE,
                    "The body must be sent with Content-Type: " + Answers.JSON);
        }
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new PlatformException(ServerError.UNSUPPORTED_MEDIA_TYPE,
                    "The body must be sent without a Content-Encoding");
        }
    }

    private static boolean isJson(@Nullable String header) {
        if (header == null) {
            return false;
        }
        try {
            MediaType type = MediaType.parseMediaType(header);
            String subtype = type.getSubtype().toLowerCase(Locale.ROOT);
            String charset = type.getParameter("charset");
            return type.getType().equalsIgnoreCase("application")
                    && (subtype.equals("json") || subtype.endsWith("+json"))
                    && (charset == null || charset.replace("\"", "").equalsIgnoreCase("utf-8"));
        } catch (InvalidMediaTypeException _) {
            return false;
        }
    }
}
