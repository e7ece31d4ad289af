package dev.objectos.runtime.spi;

import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.UserIdentity;
import java.util.Set;
import java.util.UUID;

/**
 * Who looks at records, as far as a hook has said that it wants to know; what it has not named in
 * {@link RecordHook#looksAt} is refused with an {@link IllegalStateException}.
 */
public interface Viewer {

    /** What can be looked at; the fewer, the more sessions share a statement. */
    enum Part {
        TENANT, USER, ROLES, ORIGIN
    }

    /** Whether it is the platform's own work rather than a person's. */
    boolean system();

    boolean platformAdministrator();

    UUID tenant();

    /** The acting person. @throws IllegalStateException also where it is the platform's own work */
    UserIdentity user();

    Set<String> roles();

    Origin origin();
}
