package dev.objectos.server.graphql;

import dev.objectos.runtime.ErrorCode;
import dev.objectos.runtime.ErrorKind;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.server.problem.Problem;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.MergedField;
import graphql.language.SourceLocation;
import graphql.validation.ValidationError;
import graphql.validation.ValidationErrorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong, as GraphQL says it: with the code and the members of a problem of the data API in {@code extensions}. */
final class GraphQlErrors {

    private static final Logger LOG = LoggerFactory.getLogger(GraphQlErrors.class);

    /** How the engine says that a value of an input type has a key too many. */
    private static final String UNKNOWN_KEY = "contains a field not in";

    private GraphQlErrors() {}

    /** As an answer shows it (GraphQL, 7.1.2). */
    static Map<String, Object> shown(GraphQLError error) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("message", error.getMessage());
        if (error.getLocations() != null && !error.getLocations().isEmpty()) {
            shown.put("locations", error.getLocations().stream()
                    .map(place -> Map.of("line", place.getLine(), "column", place.getColumn())).toList());
        }
        if (error.getPath() != null) {
            shown.put("path", error.getPath());
        }
        Map<String, Object> extensions = error.getExtensions();
        shown.put("extensions", extensions == null || !extensions.containsKey("code")
                ? Map.of("code", RuntimeError.VALIDATION_FAILED.name())
                : extensions);
        return shown;
    }

    /** @param field under which it went wrong; null: under none */
    static GraphQLError of(Throwable failure, @Nullable MergedField field) {
        Problem problem = failure instanceof PlatformException refusal
                ? Problem.of(refusal)
                : Problem.internal();
        if (problem.code().kind() == ErrorKind.INTERNAL) {
            LOG.error("An operation failed", failure);
        }
        var extensions = new LinkedHashMap<String, Object>();
        extensions.put("code", problem.code().name());
        if (!problem.fields().isEmpty()) {
            extensions.put("fields", problem.fields().stream()
                    .map(error -> Map.of("field", error.field(), "code", error.code(), "message", error.message()))
                    .toList());
        }
        if (problem.object() != null) {
            extensions.put("object", problem.object());
        }
        extensions.putAll(problem.members());
        GraphqlErrorBuilder<?> error = GraphqlErrorBuilder.newError();
        error.message("%s", problem.detail());
        if (field != null) {
            error.path(List.of(field.getResultKey()));
            error.location(field.getSingleField().getSourceLocation());
        }
        error.extensions(extensions);
        return error.build();
    }

    static GraphQLError of(ValidationError error) {
        String message = readable(error.getMessage());
        ErrorCode code = switch (error.getValidationErrorType()) {
            case ValidationErrorType.FieldUndefined -> RuntimeError.INVALID_FIELD;
            case ValidationErrorType.WrongType -> message.contains(UNKNOWN_KEY)
                    ? RuntimeError.INVALID_FIELD
                    : RuntimeError.VALIDATION_FAILED;
            case ValidationErrorType.NullValueForNonNullArgument, ValidationErrorType.MissingFieldArgument ->
                RuntimeError.VALIDATION_FAILED;
            case null, default -> RuntimeError.INVALID_QUERY;
        };
        return error(code, message, error.getLocations() == null ? List.of() : error.getLocations());
    }

    /** Without the name of the rule, and without the value as the engine's own classes print it. */
    private static String readable(String message) {
        return message.replaceFirst("^Validation error \\([^)]*\\) : ", "")
                .replaceFirst(" with value '[A-Za-z]+\\{.*\\}'", "");
    }

    static GraphQLError error(ErrorCode code, String message, List<SourceLocation> locations) {
        GraphqlErrorBuilder<?> error = GraphqlErrorBuilder.newError();
        error.message("%s", message);
        error.locations(locations);
        error.extensions(Map.of("code", code.name()));
        return error.build();
    }
}
