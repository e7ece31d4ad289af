package dev.objectos.audit.view;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.FieldMask;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.spi.RowFilter;
import java.util.Set;

/**
 * Lets administrators read the trail as records. A column cannot leave out what its reader may not see of the object that an
 * entry is about; so values are there for those alone who may see all of them.
 */
public final class LogReads implements QueryRewriter {

    static final String OBJECT = "_audit_log";

    private static final FieldMask VALUES = new FieldMask(Set.of("before_value", "after_value"));

    /** What an answer depends on. */
    private record Rank(boolean platform, boolean tenant) {}

    @Override
    public Object fingerprint(Session session, Catalog catalog) {
        return new Rank(session.platformAdministrator(), session.may(SystemPermission.VIEW_AUDIT));
    }

    @Override
    public void admit(ObjectDefinition object, Session session, Catalog catalog) {
        if (object.name().equals(OBJECT) && !session.may(SystemPermission.VIEW_AUDIT)) {
            throw new PlatformException(RuntimeError.OBJECT_NOT_FOUND, "There is no such object").about(object.name());
        }
    }

    @Override
    public RowFilter rows(ObjectDefinition object, Session session, Catalog catalog) {
        return object.name().equals(OBJECT) && !session.may(SystemPermission.VIEW_AUDIT)
                ? RowFilter.NOTHING
                : RowFilter.EVERYTHING;
    }

    @Override
    public FieldMask fields(ObjectDefinition object, Session session, Catalog catalog) {
        return object.name().equals(OBJECT) && !session.platformAdministrator() ? VALUES : FieldMask.NONE;
    }
}
