package dev.objectos.runtime.spi;

import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds what callers give to the types and limits of parameters that are declared as fields are. */
public interface Parameters {

    /**
     * The values in the forms of {@link dev.objectos.runtime.metadata.FieldValues}; what was left out has its constant default, or
     * is missing. A record that the session does not see does not exist.
     *
     * @param object that the parameters are about
     * @param given as JSON has them
     * @throws dev.objectos.runtime.PlatformException {@code VALIDATION_FAILED} with everything that is wrong
     */
    Map<String, @Nullable Object> read(ObjectDefinition object, Map<String, FieldDefinition> params,
            Map<String, @Nullable Object> given, Session session);
}
