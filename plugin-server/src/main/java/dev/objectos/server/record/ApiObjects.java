package dev.objectos.server.record;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.UUID;

/** Finds what a path names: objects that the data API serves, and ids. */
public final class ApiObjects {

    private ApiObjects() {}

    /** The object of that name; one that is kept out of the API ({@code enable.api: false}) is as unknown as any. */
    public static ObjectDefinition require(Catalog catalog, String name) {
        return catalog.object(name).filter(object -> object.enable().api())
                .orElseThrow(() -> new PlatformException(RuntimeError.OBJECT_NOT_FOUND, "There is no such object")
                        .about(name));
    }

    /** The id in a path; a text that is no id names no record. */
    static UUID id(ObjectDefinition object, String text) {
        if (!FieldValues.isId(text)) {
            throw new PlatformException(RuntimeError.RECORD_NOT_FOUND, "There is no such record").about(object.name());
        }
        return UUID.fromString(text);
    }
}
