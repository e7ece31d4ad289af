package dev.objectos.permissions.share;

import dev.objectos.runtime.metadata.FieldValues;
import java.util.UUID;

/** To whom a record is open. */
public sealed interface Grantee {

    /** As it is stored, and compared in statements. */
    String written();

    /** @param id of the user's record */
    record User(UUID id) implements Grantee {

        private static final String KIND = "user:";

        @Override
        public String written() {
            return KIND + id;
        }
    }

    /** Whoever holds a role. */
    record Role(String name) implements Grantee {

        private static final String KIND = "role:";

        @Override
        public String written() {
            return KIND + name;
        }
    }

    /** What {@link #written} has made. */
    static Grantee read(String written) {
        return written.startsWith(User.KIND)
                ? new User(FieldValues.id(written.substring(User.KIND.length())).orElseThrow())
                : new Role(written.substring(Role.KIND.length()));
    }
}
