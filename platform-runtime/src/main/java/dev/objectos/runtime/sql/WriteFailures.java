package dev.objectos.runtime.sql;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.plan.FieldErrors;
import dev.objectos.runtime.plan.FieldView;
import dev.objectos.runtime.schema.ConstraintCatalog;
import dev.objectos.runtime.schema.PhysicalColumn;
import dev.objectos.runtime.schema.PhysicalSchema;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What the database refuses, in the words of the caller: fields instead of columns and constraints, and nothing more. */
final class WriteFailures {

    private static final String UNIQUE = "23505";
    private static final String FOREIGN_KEY = "23503";
    private static final String NOT_NULL = "23502";
    private static final String CHECK = "23514";

    private static final String TOO_MUCH = "54000";

    /** How the function of the server is called that makes the entries of indexes. */
    private static final String MAKES_ENTRIES = "index_form_tuple";

    private WriteFailures() {}

    /** A deadlock, a serialization failure, or a plan that a publish has made stale: the same once more may succeed. */
    static boolean mayBeTriedAgain(SQLException e) {
        return switch (String.valueOf(e.getSQLState())) {
            case "40001", "40P01", "0A000" -> true;
            default -> false;
        };
    }

    /** Whether a value is taken that must be unique. */
    static boolean isTaken(SQLException e) {
        return UNIQUE.equals(e.getSQLState());
    }

    /**
     * The refusal that a violated constraint of the object stands for; empty where it is another failure.
     *
     * @param view what the writer sees of the object: other fields are not named
     */
    static Optional<PlatformException> refusal(SQLException e, Catalog catalog, ObjectDefinition object,
            FieldView view) {
        ServerErrorMessage message = e instanceof PSQLException failure ? failure.getServerErrorMessage() : null;
        if (message == null) {
            return Optional.empty();
        }
        var errors = new FieldErrors(object, view);
        switch (String.valueOf(e.getSQLState())) {
            case UNIQUE -> {
                return Optional.of(taken(catalog, object, message.getConstraint(), view));
            }
            case FOREIGN_KEY -> fields(catalog, object, message.getConstraint())
                    .forEach(field -> errors.add(field, "invalid_reference",
                            "refers to a record that does not exist"));
            case CHECK -> fields(catalog, object, message.getConstraint())
                    .forEach(field -> errors.add(field, "invalid", "has a value that is not allowed"));
            case NOT_NULL -> column(catalog, object, message.getColumn())
                    .ifPresent(field -> errors.add(field, "required", "is required"));
            case TOO_MUCH -> {
                tooLarge(catalog, object, message).forEach(errors::tooLargeForIndex);
                if (errors.isEmpty()) {
                    return Optional.of(unstorable(e, object));
                }
            }
            case "22003", "22008", "22001", "22P02", "22P05" -> {
                return Optional.of(unstorable(e, object));
            }
            default -> {
            }
        }
        return errors.isEmpty() ? Optional.empty() : Optional.of(errors.refusal());
    }

    private static PlatformException unstorable(SQLException e, ObjectDefinition object) {
        return new PlatformException(RuntimeError.VALIDATION_FAILED,
                "A value is too large, or not one that can be stored", e).about(object.name());
    }

    /** The fields for whose values an index may have no room. Of what is by far too large, the server does not say which index. */
    private static List<FieldDefinition> tooLarge(Catalog catalog, ObjectDefinition object,
            ServerErrorMessage message) {
        String index = message.getConstraint();
        if (index == null && !String.valueOf(message.getRoutine()).startsWith(MAKES_ENTRIES)) {
            return List.of();
        }
        return ConstraintCatalog.of(catalog).indexed(object.name(), index).stream().map(object::field)
                .flatMap(Optional::stream).filter(field -> field.type() instanceof FieldType.Text
                        || field.type() instanceof FieldType.Json || field.type() instanceof FieldType.Choices
                        || field.type() instanceof FieldType.File)
                .toList();
    }

    /** What is left when no constraint explains it. */
    static PlatformException refusal(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (e instanceof SQLTransientConnectionException || state.startsWith("08") || state.startsWith("57")
                || state.startsWith("53") || state.equals("55P03")) {
            return new PlatformException(RuntimeError.UNAVAILABLE, "The database does not answer at the moment", e);
        }
        if (mayBeTriedAgain(e)) {
            return new PlatformException(RuntimeError.UNAVAILABLE,
                    "Too many changes of the same records at once; try again", e);
        }
        return new PlatformException(RuntimeError.INTERNAL, "The change could not be stored", e);
    }

    /** That a value is taken is told to everybody; of which fields, only where all of them are seen. */
    private static PlatformException taken(Catalog catalog, ObjectDefinition object, @Nullable String constraint,
            FieldView view) {
        List<FieldDefinition> all = fields(catalog, object, constraint);
        List<FieldDefinition> fields = all.stream().allMatch(field -> view.has(object, field.name()))
                ? all
                : List.of();
        List<String> labels = fields.stream().map(FieldDefinition::label).toList();
        String subject = labels.isEmpty() ? "A value" : String.join(" and ", labels);
        return new PlatformException(RuntimeError.UNIQUE_VIOLATION, subject + " is already taken")
                .about(object.name()).withFields(fields.stream()
                        .map(field -> new FieldError(field.name(), "unique", field.label() + " is already taken",
                                Map.of(FieldError.LABEL, field.label())))
                        .toList());
    }

    private static List<FieldDefinition> fields(Catalog catalog, ObjectDefinition object,
            @Nullable String constraint) {
        if (constraint == null) {
            return List.of();
        }
        return ConstraintCatalog.of(catalog).find(constraint).filter(found -> found.object().equals(object.name()))
                .map(found -> found.fields().stream().map(object::field).flatMap(Optional::stream).toList())
                .orElse(List.of());
    }

    private static Optional<FieldDefinition> column(Catalog catalog, ObjectDefinition object,
            @Nullable String column) {
        for (Map.Entry<String, PhysicalColumn> entry : PhysicalSchema.of(catalog).table(object.name()).columns()
                .entrySet()) {
            if (entry.getValue().name().equals(column)) {
                return object.field(entry.getKey());
            }
        }
        return Optional.empty();
    }
}
