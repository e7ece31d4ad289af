package dev.objectos.runtime.spi;

import dev.objectos.runtime.session.Session;

/** Says which paths of the server a session's credential is good for, whatever it may do there. */
@FunctionalInterface
public interface PathRights {

    /** Where nothing narrows credentials. */
    PathRights EVERYWHERE = (_, _, _) -> true;

    /**
     * Whether a request gets through to what answers at a path.
     *
     * @param method in capitals
     * @param path a variable in it stands for any value
     */
    boolean reach(Session session, String method, String path);
}
