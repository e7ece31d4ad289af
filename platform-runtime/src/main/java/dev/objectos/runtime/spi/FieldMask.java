package dev.objectos.runtime.spi;

import java.util.Set;

/**
 * Which fields of an object a session may not see. A hidden field is answered exactly like one that does not exist; what is
 * derived from it is hidden with it, unless declassified.
 *
 * @param hidden API names
 */
public record FieldMask(Set<String> hidden) {

    /** Every field may be seen. */
    public static final FieldMask NONE = new FieldMask(Set.of());

    public FieldMask {
        hidden = Set.copyOf(hidden);
    }
}
