package dev.objectos.server.query;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.Optional;

/**
 * What the fields that can be reached from an object hold, so that text in a URL and date macros can be told apart. It
 * refuses nothing: whether a field exists for somebody is the planner's to say.
 */
@FunctionalInterface
interface PathTypes {

    /** Knows no field. */
    PathTypes NONE = _ -> Optional.empty();

    /** The type at the end of a path; what is computed counts as what it yields. */
    Optional<FieldType> at(FieldPath path);

    static PathTypes from(Catalog catalog, ObjectDefinition object) {
        return path -> catalog.field(object, path).map(FieldDefinition::type).map(FieldValues::yielded);
    }
}
