package dev.objectos.runtime.spi;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The actions of objects, under the session's rights: the one door through which any surface runs them. */
public interface Actions {

    /**
     * Runs an action.
     *
     * @param object its name or an alias
     * @param record the record that it is run on; null for a global action
     * @param params by name, as JSON has them
     * @return what its handler gives; for updates the changed record, as the session sees it, as a
     *         {@link dev.objectos.runtime.query.RecordDocument}
     * @throws dev.objectos.runtime.PlatformException {@code OBJECT_NOT_FOUND}, {@code RESOURCE_NOT_FOUND},
     *         {@code RECORD_NOT_FOUND}; {@code PERMISSION_DENIED}; {@code VALIDATION_FAILED} with everything that is wrong with
     *         the parameters; {@code NOT_IMPLEMENTED} where the action only describes something; and whatever its handler
     *         refuses with
     */
    @Nullable
    Object run(String object, String action, @Nullable UUID record, Map<String, @Nullable Object> params,
            Session session);

    /** Nobody runs anything. */
    Actions NONE = new Actions() {

        @Override
        public @Nullable Object run(String object, String action, @Nullable UUID record,
                Map<String, @Nullable Object> params, Session session) {
            throw new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no action \"" + action + "\"");
        }

        @Override
        public boolean admits(ObjectDefinition object, String action, Session session, Catalog catalog) {
            return false;
        }

        @Override
        public boolean names(ObjectDefinition object, String action, Session session, Catalog catalog) {
            return false;
        }

        @Override
        public boolean updates(ObjectDefinition object, String action, Catalog catalog) {
            return false;
        }

        @Override
        public Object fingerprint(Session session, Catalog catalog) {
            return "none";
        }
    };

    /** Something that is equal for sessions that {@link #admits} answers alike. */
    Object fingerprint(Session session, Catalog catalog);

    /** Whether a session may run an action, on some record if not on all. */
    boolean admits(ObjectDefinition object, String action, Session session, Catalog catalog);

    /** The same as far as the action itself says; {@link ActionRights} are not asked. */
    boolean names(ObjectDefinition object, String action, Session session, Catalog catalog);

    /** Whether an action changes the record that it is run on, which takes the right to update it. */
    boolean updates(ObjectDefinition object, String action, Catalog catalog);
}
