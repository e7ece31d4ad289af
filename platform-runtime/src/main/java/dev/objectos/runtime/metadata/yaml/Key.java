package dev.objectos.runtime.metadata.yaml;

import java.util.List;

/**
 * A key of the language.
 *
 * @param name canonical spelling
 * @param aliases other spellings that real files use
 * @param role what becomes of it
 * @param mandatory whether the element is useless without it
 * @param description one sentence for editors; may be empty
 */
record Key(String name, List<String> aliases, Value value, Role role, boolean mandatory, String description) {

    /** What becomes of a key. */
    enum Role {
        /** The platform acts on it. */
        ENFORCED,
        /** Kept and served, without effect. */
        DESCRIPTIVE,
        /** A map whose keys belong to the element around it. */
        LIFTED
    }

    static Key of(String name, Value value, String... aliases) {
        return new Key(name, List.of(aliases), value, Role.ENFORCED, false, "");
    }

    Key needed() {
        return new Key(name, aliases, value, role, true, description);
    }

    Key descriptive() {
        return new Key(name, aliases, value, Role.DESCRIPTIVE, mandatory, description);
    }

    Key lifted() {
        return new Key(name, aliases, value, Role.LIFTED, mandatory, description);
    }

    Key says(String text) {
        return new Key(name, aliases, value, role, mandatory, text);
    }
}
