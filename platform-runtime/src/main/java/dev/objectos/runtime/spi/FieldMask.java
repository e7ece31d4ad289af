package dev.objectos.runtime.spi;

import java.util.Map;
import java.util.Set;

/**
 * Which fields of an object a session may not see. A hidden field is answered exactly like one that does not exist; what is
 * derived from it is hidden with it, unless declassified.
 *
 * @param hidden API names
 * @param masked by API name, what is shown in place of the value; such a field can be selected and nothing else
 */
public record FieldMask(Set<String> hidden, Map<String, Masking> masked) {

    /** Every field may be seen. */
    public static final FieldMask NONE = new FieldMask(Set.of());

    public FieldMask {
        hidden = Set.copyOf(hidden);
        masked = Map.copyOf(masked);
    }

    /** Fields that are hidden, and none that is masked. */
    public FieldMask(Set<String> hidden) {
        this(hidden, Map.of());
    }
}
