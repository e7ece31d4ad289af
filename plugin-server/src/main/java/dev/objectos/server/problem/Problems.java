package dev.objectos.server.problem;

import dev.objectos.runtime.ErrorKind;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Session;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.apache.tomcat.util.http.fileupload.InvalidFileNameException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** The one place that turns whatever went wrong into an answer; faults of ours are logged here, once. */
public final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    /**
     * Answers with what went wrong.
     *
     * @throws IOException also where an answer is already under way: it must be cut off, for it would look complete
     */
    public static void answer(HttpServletRequest request, HttpServletResponse response, Throwable failure)
            throws IOException {
        Problem problem = problem(failure);
        log(request, problem, failure);
        if (response.isCommitted()) {
            throw new IOException("The answer to request " + RequestId.of(request) + " is cut off");
        }
        if (failure instanceof HttpRequestMethodNotSupportedException method && method.getSupportedMethods() != null) {
            response.setHeader("Allow", String.join(", ", method.getSupportedMethods()));
        }
        answer(request, response, problem);
    }

    /** Answers with a problem, unless the answer is already under way. */
    public static void answer(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.status());
        switch (problem.status()) {
            case 401 -> response.setHeader("WWW-Authenticate", "Bearer");
            case 429, 503 -> response.setHeader("Retry-After",
                    String.valueOf(problem.members().getOrDefault("retryAfter", problem.status() == 429 ? 1 : 5)));
            default -> {
            }
        }
        if (!problem.fields().isEmpty() && request.getAttribute(Session.class.getName()) instanceof Session session) {
            response.setHeader("Content-Language", session.locale().toLanguageTag());
            response.addHeader("Vary", "Accept-Language");
        }
        String id = RequestId.of(request);
        byte[] json = problem.json(id);
        response.setHeader(RequestId.HEADER, id);
        response.setHeader("ETag", null);
        response.setContentType(Problem.MEDIA_TYPE);
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    private static Problem problem(Throwable failure) {
        return switch (failure) {
            case PlatformException refusal -> Problem.of(refusal);
            case HttpRequestMethodNotSupportedException method -> Problem.of(ServerError.METHOD_NOT_ALLOWED,
                    method.getMethod() + " is not allowed here");
            case HttpMediaTypeNotSupportedException _ -> Problem.ofStatus(415);
            case HttpMediaTypeNotAcceptableException _ -> Problem.ofStatus(406);
            case NoHandlerFoundException _,NoResourceFoundException _ -> Problem.of(RuntimeError.RESOURCE_NOT_FOUND,
                    "There is nothing at this path");
            case HttpMessageNotReadableException _ -> Problem.of(RuntimeError.INVALID_REQUEST,
                    "The body is no JSON of the shape that this endpoint takes");
            case InvalidParameterException _ -> Problem.of(RuntimeError.INVALID_REQUEST,
                    "A parameter of the address or the form cannot be read; is it UTF-8?");
            case InvalidFileNameException _ -> Problem.of(RuntimeError.INVALID_REQUEST,
                    "The name of the file holds a NUL character, which no text has");
            case MethodArgumentTypeMismatchException mismatch -> ofMismatch(mismatch);
            case ErrorResponse response -> ofErrorResponse(response.getStatusCode());
            default -> Problem.internal();
        };
    }

    /** A text that cannot be what an endpoint takes: on the path it names nothing. */
    private static Problem ofMismatch(MethodArgumentTypeMismatchException mismatch) {
        return mismatch.getParameter().hasParameterAnnotation(PathVariable.class)
                ? Problem.of(RuntimeError.RESOURCE_NOT_FOUND, "There is nothing at this path")
                : Problem.of(RuntimeError.INVALID_REQUEST,
                        "The value of the parameter \"" + mismatch.getName() + "\" has another type than it must have");
    }

    private static Problem ofErrorResponse(HttpStatusCode status) {
        return status.value() == 400
                ? new Problem(400, RuntimeError.INVALID_REQUEST,
                        "The request lacks something or has something unusable",
                        null, List.of(), Map.of())
                : Problem.ofStatus(status.value());
    }

    private static void log(HttpServletRequest request, Problem problem, Throwable failure) {
        if (problem.code().kind() == ErrorKind.INTERNAL) {
            LOG.error("Request {} ({} {}) failed", RequestId.of(request), request.getMethod(), request.getRequestURI(),
                    failure);
        } else if (problem.code().kind() == ErrorKind.UNAVAILABLE) {
            LOG.warn("Request {} could not be served: {}", RequestId.of(request), failure.toString());
        }
    }
}
