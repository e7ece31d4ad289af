package dev.objectos.runtime.metadata.edit;

import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.MetadataEditing.State;
import dev.objectos.runtime.spi.MetadataEditing.Version;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who writes a version, when and why. */
record Author(Session session, @Nullable String comment, Instant at) {

    /**
     * A version that serves from now on.
     *
     * @param base the last one decided about before
     * @param plan what is done to the tables
     */
    Version deciding(Edit edit, int base, List<String> plan) {
        return version(edit, edit.deletes() ? State.DELETED : State.PUBLISHED, base, plan, at);
    }

    /** A version that is kept aside. */
    Version drafting(Edit edit, int base) {
        return version(edit, State.DRAFT, base, List.of(), null);
    }

    private Version version(Edit edit, State state, int base, List<String> plan, @Nullable Instant publishedAt) {
        UserIdentity user = session.user();
        return new Version(edit.item(), edit.version(), 0, state, base, edit.content(), comment, plan,
                user == null ? null : user.id(), user == null ? null : user.name(), at, publishedAt);
    }
}
