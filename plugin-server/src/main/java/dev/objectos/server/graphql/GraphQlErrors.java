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

    private GraphQlErrors() {}

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
        ErrorCode code = switch (error.getValidationErrorType()) {
            case ValidationErrorType.FieldUndefined -> RuntimeError.INVALID_FIELD;
            case ValidationErrorType.WrongType,ValidationErrorType.NullValueForNonNullArgument,ValidationErrorType.MissingFieldArgument ->
                RuntimeError.VALIDATION_FAILED;
            case null, default -> RuntimeError.INVALID_QUERY;
        };
        return error(code, error.getMessage(), error.getLocations() == null ? List.of() : error.getLocations());
    }

    /** An error of the engine itself, such as a variable of the wrong type. */
    static GraphQLError engine(GraphQLError error) {
        Map<String, Object> extensions = error.getExtensions();
        if (extensions != null && extensions.containsKey("code")) {
            return error;
        }
        return error(RuntimeError.VALIDATION_FAILED, error.getMessage(),
                error.getLocations() == null ? List.of() : error.getLocations());
    }

    static GraphQLError error(ErrorCode code, String message, List<SourceLocation> locations) {
        GraphqlErrorBuilder<?> error = GraphqlErrorBuilder.newError();
        error.message("%s", message);
        error.locations(locations);
        error.extensions(Map.of("code", code.name()));
        return error.build();
    }
}
