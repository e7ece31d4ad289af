package dev.objectos.server;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.FieldMask;
import dev.objectos.runtime.spi.Masking;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.spi.WriteRights;
import java.util.Map;
import java.util.Set;

/**
 * What the role {@value #ROLE} may do, where everybody else may do everything: no account, nobody's salary and number, masked
 * addresses; staff may be changed while active, but never deleted, and their notice not after their creation; of deals
 * those of the north, without what is earned by them.
 */
final class ClerkRights implements QueryRewriter, WriteRights {

    static final String ROLE = "clerk";

    @Override
    public Object fingerprint(Session session, Catalog catalog) {
        return clerk(session);
    }

    @Override
    public void admit(ObjectDefinition object, Session session, Catalog catalog) {
        if (clerk(session) && object.name().equals("accounts")) {
            throw denied(object);
        }
    }

    @Override
    public RowFilter rows(ObjectDefinition object, Session session, Catalog catalog) {
        return !clerk(session) ? RowFilter.EVERYTHING : switch (object.name()) {
            case "accounts" -> RowFilter.NOTHING;
            case "deals" -> where("region", "north");
            default -> RowFilter.EVERYTHING;
        };
    }

    @Override
    public FieldMask fields(ObjectDefinition object, Session session, Catalog catalog) {
        return !clerk(session) ? FieldMask.NONE : switch (object.name()) {
            case "staff" -> new FieldMask(Set.of("salary", "number", "address"),
                    Map.of("email", new Masking.Address()));
            case "deals" -> new FieldMask(Set.of("margin", "secret", "ended"), Map.of());
            default -> FieldMask.NONE;
        };
    }

    @Override
    public void admit(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
        if (clerk(session) && (action == ChangeAction.DELETE || object.name().equals("accounts"))) {
            throw denied(object);
        }
    }

    @Override
    public RowFilter rows(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
        return clerk(session) && object.name().equals("staff") && action == ChangeAction.UPDATE
                ? where("status", "active")
                : RowFilter.EVERYTHING;
    }

    @Override
    public Set<String> locked(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
        return clerk(session) && object.name().equals("staff") && action == ChangeAction.UPDATE
                ? Set.of("notice")
                : Set.of();
    }

    private static RowFilter where(String field, String value) {
        return new RowFilter.Where(
                new Predicate.Comparison(FieldPath.of(field), Operator.EQ, new Operand.Literal(value)));
    }

    private static boolean clerk(Session session) {
        return session.roles().contains(ROLE);
    }

    private static PlatformException denied(ObjectDefinition object) {
        return new PlatformException(RuntimeError.PERMISSION_DENIED, "No").about(object.name());
    }
}
