package dev.objectos.permissions;

import dev.objectos.permissions.definition.ActionPermission;
import dev.objectos.permissions.definition.Condition;
import dev.objectos.permissions.definition.Permissions;
import dev.objectos.permissions.limit.ActionRuns;
import dev.objectos.permissions.rights.Rights;
import dev.objectos.permissions.rights.RightsByCatalog;
import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ActionRights;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lets run actions and transitions whom {@code action_permissions} name; those that have no entry, everybody. */
public final class PermissionActions implements ActionRights {

    private final RightsByCatalog rights;

    private final ActionRuns runs;

    public PermissionActions(RightsByCatalog rights, ActionRuns runs) {
        this.rights = rights;
        this.runs = runs;
    }

    @Override
    public Set<String> roles(Session session, Catalog catalog) {
        return rights.of(catalog).held(session);
    }

    @Override
    public Optional<String> refusal(ObjectDefinition object, String action, Session session, Catalog catalog,
            Function<CompiledExpression, @Nullable Object> evaluation) {
        ActionPermission permission = Permissions.of(catalog).of(object).actions().get(action);
        if (permission == null || Rights.unlimited(session)) {
            return Optional.empty();
        }
        if (!permission.admits(roles(session, catalog))) {
            return Optional.of(permission.whose());
        }
        return holds(permission.condition(), evaluation) ? Optional.empty() : Optional.of(permission.notWithThis());
    }

    /** A limit holds for everybody in person; what the platform does by itself is nobody's run. */
    @Override
    public void count(ObjectDefinition object, String action, Session session, Catalog catalog) {
        ActionPermission permission = Permissions.of(catalog).of(object).actions().get(action);
        UUID user = session.userId();
        if (permission != null && !permission.limits().isEmpty() && user != null) {
            runs.count(session.tenant(), user, object.name() + "." + action, permission.limits());
        }
    }

    /** What cannot be read holds for nothing. */
    private static boolean holds(@Nullable Condition condition,
            Function<CompiledExpression, @Nullable Object> evaluation) {
        if (condition == null) {
            return true;
        }
        CompiledExpression expression = condition.expression();
        return expression != null && Boolean.TRUE.equals(evaluation.apply(expression));
    }
}
