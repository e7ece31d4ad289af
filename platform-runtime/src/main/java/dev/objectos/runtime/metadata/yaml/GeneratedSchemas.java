package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.spi.EditorSchemas;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The schemas that are generated from the tables of known keys. */
public final class GeneratedSchemas implements EditorSchemas {

    @Override
    public List<String> types() {
        return MetadataSchemas.types();
    }

    @Override
    public Optional<Map<String, Object>> schema(String type) {
        return MetadataSchemas.schema(type);
    }
}
