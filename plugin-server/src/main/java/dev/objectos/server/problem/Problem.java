package dev.objectos.server.problem;

import dev.objectos.runtime.ErrorCode;
import dev.objectos.runtime.ErrorKind;
import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.server.json.JsonAnswer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as HTTP shows it (RFC 9457 with our members).
 *
 * @param detail for the caller; never SQL, class or table names
 * @param members further members, such as {@code currentVersion}
 */
public record Problem(int status, ErrorCode code, String detail, @Nullable String object, List<FieldError> fields,
        Map<String, Object> members) {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPES = "https://objectos.dev/errors/";

    public Problem {
        fields = List.copyOf(fields);
        members = Map.copyOf(members);
    }

    public static Problem of(PlatformException refusal) {
        return new Problem(status(refusal.code()), refusal.code(), refusal.message(), refusal.object(),
                refusal.fields(), refusal.members());
    }

    static Problem of(ErrorCode code, String detail) {
        return new Problem(status(code), code, detail, null, List.of(), Map.of());
    }

    /** What is said of a fault of ours: nothing. */
    public static Problem internal() {
        return of(RuntimeError.INTERNAL, RuntimeError.INTERNAL.title());
    }

    /** The problem behind a bare status, as the container or a filter sends it. */
    public static Problem ofStatus(int status) {
        return switch (status) {
            case 401 -> of(RuntimeError.UNAUTHENTICATED, RuntimeError.UNAUTHENTICATED.title());
            case 403 -> of(RuntimeError.PERMISSION_DENIED, RuntimeError.PERMISSION_DENIED.title());
            case 404 -> of(RuntimeError.RESOURCE_NOT_FOUND, RuntimeError.RESOURCE_NOT_FOUND.title());
            case 405 -> of(ServerError.METHOD_NOT_ALLOWED, ServerError.METHOD_NOT_ALLOWED.title());
            case 406 -> of(ServerError.NOT_ACCEPTABLE, ServerError.NOT_ACCEPTABLE.title());
            case 413 -> of(RuntimeError.PAYLOAD_TOO_LARGE, RuntimeError.PAYLOAD_TOO_LARGE.title());
            case 415 -> of(ServerError.UNSUPPORTED_MEDIA_TYPE, ServerError.UNSUPPORTED_MEDIA_TYPE.title());
            case 429 -> of(RuntimeError.RATE_LIMITED, RuntimeError.RATE_LIMITED.title());
            case 503 -> of(RuntimeError.UNAVAILABLE, RuntimeError.UNAVAILABLE.title());
            default -> status >= 400 && status < 500
                    ? new Problem(status, RuntimeError.INVALID_REQUEST, RuntimeError.INVALID_REQUEST.title(), null,
                            List.of(), Map.of())
                    : internal();
        };
    }

    /** The document, in UTF-8. */
    public byte[] json(String requestId) {
        JsonAnswer answer = new JsonAnswer(512).beginObject()
                .text("type", TYPES + code.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .text("title", code.title()).name("status").number(status).text("detail", detail)
                .text("message", detail).text("code", code.name());
        if (!fields.isEmpty()) {
            answer.name("fields");
            fields(answer, fields);
        }
        if (object != null) {
            answer.text("object", object);
        }
        members.forEach((name, value) -> answer.treeIfAny(name, value));
        return answer.text("requestId", requestId).endObject().bytes();
    }

    /** The field errors of a write as a JSON array. */
    public static void fields(JsonAnswer answer, List<FieldError> fields) {
        answer.beginArray();
        for (FieldError field : fields) {
            answer.beginObject();
            if (!field.field().isEmpty()) {
                answer.text("field", field.field());
            }
            answer.text("code", field.code()).text("message", field.message()).endObject();
        }
        answer.endArray();
    }

    private static int status(ErrorCode code) {
        if (code == RuntimeError.NOT_IMPLEMENTED) {
            return 501;
        }
        return code instanceof ServerError ours ? ours.status() : status(code.kind());
    }

    private static int status(ErrorKind kind) {
        return switch (kind) {
            case USER -> 400;
            case UNAUTHENTICATED -> 401;
            case DENIED -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case UNPROCESSABLE -> 422;
            case LIMIT -> 429;
            case INTERNAL -> 500;
            case UNAVAILABLE -> 503;
        };
    }
}
