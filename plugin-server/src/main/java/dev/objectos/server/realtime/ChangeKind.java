package dev.objectos.server.realtime;

import java.util.Locale;

/** What has become of a record, as a subscriber sees it. */
public enum ChangeKind {

    /** It is new, and in the result. */
    CREATED,
    /** It has changed and is in the result, whether or not it was before. */
    UPDATED,
    /** It was in the result and is gone. */
    DELETED,
    /** It was in the result, and does not match or may not be seen any more. */
    LEFT;

    /** As clients read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
