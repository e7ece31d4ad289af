package dev.objectos.runtime.spi;

import dev.objectos.runtime.session.Session;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An action that somebody runs.
 *
 * @param object canonical name
 * @param record the record that it is run on, which the session sees; null: the action is global
 * @param params by name, in the forms of {@link dev.objectos.runtime.metadata.FieldValues}; those that were left out have their
 *        default, or are missing
 * @param session who runs it
 */
public record ActionCall(String object, String action, @Nullable UUID record, Map<String, @Nullable Object> params,
        Session session) {

    public ActionCall {
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }
}
