package dev.objectos.server.graphql;

import dev.objectos.runtime.PlatformException;
import dev.objectos.server.problem.ServerError;
import graphql.ExecutionResult;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import org.reactivestreams.Publisher;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * How much a client likes each form of an answer, from 0 to 1 (RFC 9110, 12.4.2). One that says nothing gets JSON, as it always
 * has.
 *
 * @param json {@code application/json}, with status 200 whatever has come of the operation
 * @param standard {@code application/graphql-response+json}, whose status tells whether it was executed
 * @param events server-sent events
 */
record Accepted(double json, double standard, double events) {

    private static final MediaType STANDARD = new MediaType("application", "graphql-response+json");

    /** @throws PlatformException {@code NOT_ACCEPTABLE} where the client takes none of them */
    static Accepted of(HttpServletRequest request) {
        String header = request.getHeader("Accept");
        if (header == null || header.isBlank()) {
            return new Accepted(1, 0, 0);
        }
        List<MediaType> types = types(header);
        var accepted = new Accepted(quality(types, MediaType.APPLICATION_JSON), named(types, STANDARD),
                named(types, MediaType.TEXT_EVENT_STREAM));
        if (accepted.json + accepted.standard + accepted.events == 0) {
            throw new PlatformException(ServerError.NOT_ACCEPTABLE, "The answer is application/json, " + STANDARD
                    + " or text/event-stream; the Accept header excludes them");
        }
        return accepted;
    }

    private static List<MediaType> types(String header) {
        try {
            return MediaType.parseMediaTypes(header);
        } catch (InvalidMediaTypeException _) {
            return List.of();
        }
    }

    /** What is said of the type, or else of all that are like it. */
    private static double quality(List<MediaType> types, MediaType wanted) {
        return types.stream().filter(type -> type.includes(wanted))
                .max(Comparator
                        .comparingInt(type -> (type.isWildcardType() ? 0 : 1) + (type.isWildcardSubtype() ? 0 : 1)))
                .map(MediaType::getQualityValue).orElse(0.0);
    }

    private static double named(List<MediaType> types, MediaType wanted) {
        return types.stream().filter(type -> type.equalsTypeAndSubtype(wanted)).mapToDouble(MediaType::getQualityValue)
                .max().orElse(0);
    }

    /** Whether the answer is told by events: those of a subscription, and others where nothing else will do. */
    boolean byEvents(ExecutionResult result) {
        return events > 0 && (result.getData() instanceof Publisher<?> || json + standard == 0);
    }

    /**
     * Whether the answer has the standard form. Many clients name both forms and then throw away the body of whatever is not
     * 200: where JSON is liked as well, they are told by that why nothing was executed.
     */
    boolean standard(boolean executed) {
        return executed ? standard > 0 && standard >= json : standard > json;
    }
}
