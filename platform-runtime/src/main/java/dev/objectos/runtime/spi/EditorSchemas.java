package dev.objectos.runtime.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON Schemas (draft 2020-12) of metadata files, for editors. */
public interface EditorSchemas {

    /** Every metadata type that has files, {@code object} included. */
    List<String> types();

    /** The schema of a type's files, as plain JSON values; empty where there is no such type. */
    Optional<Map<String, Object>> schema(String type);
}
