package dev.objectos.runtime.action;

import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.plan.ParameterValues;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Parameters;
import dev.objectos.runtime.spi.Records;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parameters that may name records: those that whoever gives them sees. */
public final class GivenParameters implements Parameters {

    private final Records records;

    public GivenParameters(Records records) {
        this.records = records;
    }

    @Override
    public Map<String, @Nullable Object> read(ObjectDefinition object, Map<String, FieldDefinition> params,
            Map<String, @Nullable Object> given, Session session) {
        return ParameterValues.read(object, params, given, (target, id) -> records.sees(target, id, session));
    }
}
