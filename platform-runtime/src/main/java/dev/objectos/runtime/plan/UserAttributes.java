package dev.objectos.runtime.plan;

import dev.objectos.runtime.expression.ExpressionType;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What expressions in a statement know of the acting user: the attributes that every session has. */
public final class UserAttributes {

    private UserAttributes() {}

    /** The parameter for one of the platform's own attributes. */
    public static Scalar.Parameter named(String attribute) {
        return switch (attribute) {
            case "id" -> of(ExpressionType.reference(null), Session::userId);
            case "tenant" -> of(ExpressionType.reference(null), Session::tenant);
            case "roles" -> of(ExpressionType.list(ExpressionType.TEXT), session -> List.copyOf(session.roles()));
            case "email" -> ofUser(UserIdentity::email);
            case "name" -> ofUser(UserIdentity::name);
            case "username" -> ofUser(UserIdentity::username);
            case "locale" -> of(ExpressionType.TEXT, session -> session.locale().toLanguageTag());
            case "timezone" -> of(ExpressionType.TEXT, session -> session.zone().getId());
            default -> throw new IllegalArgumentException("currentUser has no " + attribute + " in SQL");
        };
    }

    static Scalar.Parameter parameter(ExpressionType type, Binding binding) {
        return type instanceof ExpressionType.ListOf(ExpressionType element)
                ? new Scalar.Parameter(binding, fieldType(element), true)
                : new Scalar.Parameter(binding, fieldType(type), false);
    }

    private static Scalar.Parameter ofUser(Function<UserIdentity, @Nullable String> attribute) {
        return of(ExpressionType.TEXT, session -> {
            UserIdentity user = session.user();
            return user == null ? null : attribute.apply(user);
        });
    }

    private static Scalar.Parameter of(ExpressionType type, dev.objectos.runtime.spi.SessionValue value) {
        return parameter(type, new Binding.OfSession(value));
    }

    private static FieldType fieldType(ExpressionType type) {
        return switch (type) {
            case ExpressionType.Reference _ -> new FieldType.Id();
            case ExpressionType.Scalar(String name) -> dev.objectos.runtime.metadata.FieldValues.scalar(name);
            case ExpressionType.ListOf _ -> throw new IllegalArgumentException("a list of lists has no SQL form");
        };
    }
}
