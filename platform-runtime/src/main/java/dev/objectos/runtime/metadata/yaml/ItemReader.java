package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads everything but objects. */
final class ItemReader {

    private final Map<String, ObjectDefinition> objects;
    private final ObjectAssembly assembly;
    private final Violations violations;

    ItemReader(Map<String, ObjectDefinition> objects, ObjectAssembly assembly, Violations violations) {
        this.objects = objects;
        this.assembly = assembly;
        this.violations = violations;
    }

    List<MetadataItem> read(List<Part> parts) {
        return new ArrayList<>();
    }
}
