package dev.objectos.auth.scim;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.json.JsonMapper;

/** Answers what SCIM's endpoints refuse in SCIM's form (RFC 7644, 3.12), rather than in that of the rest of the server. */
public final class ScimRefusals implements HandlerExceptionResolver, Ordered {

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
            @Nullable Object handler, Exception failure) {
        if (!request.getRequestURI().startsWith(request.getContextPath() + "/scim/v2/")) {
            return null;
        }
        ScimException refusal = switch (failure) {
            case ScimException own -> own;
            case PlatformException platform -> refusal(platform);
            case HttpMessageNotReadableException _ -> new ScimException(400, "invalidSyntax", "The body is no JSON");
            default -> null;
        };
        if (refusal == null) {
            return null;
        }
        try {
            answer(refusal, response);
        } catch (IOException _) {
            // Nobody is there to be told.
        }
        return new ModelAndView();
    }

    private static ScimException refusal(PlatformException refusal) {
        int status = switch (refusal.code().kind()) {
            case USER, UNPROCESSABLE -> 400;
            case UNAUTHENTICATED -> 401;
            case DENIED -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case LIMIT -> 429;
            case INTERNAL -> 500;
            case UNAVAILABLE -> 503;
        };
        String type = null;
        if (refusal.code() == RuntimeError.UNIQUE_VIOLATION) {
            type = "uniqueness";
        } else if (status == 400) {
            type = refusal.code() == RuntimeError.INVALID_REQUEST ? "invalidSyntax" : "invalidValue";
        }
        return new ScimException(status, type, refusal.message());
    }

    private static void answer(ScimException refusal, HttpServletResponse response) throws IOException {
        var error = new LinkedHashMap<String, Object>();
        error.put("schemas", List.of("urn:ietf:params:scim:api:messages:2.0:Error"));
        error.put("status", Integer.toString(refusal.status()));
        String type = refusal.type();
        if (type != null) {
            error.put("scimType", type);
        }
        error.put("detail", String.valueOf(refusal.getMessage()));
        response.setStatus(refusal.status());
        response.setContentType(ScimHttp.SCIM_JSON);
        response.getOutputStream().write(JsonMapper.shared().writeValueAsBytes(error));
    }
}
