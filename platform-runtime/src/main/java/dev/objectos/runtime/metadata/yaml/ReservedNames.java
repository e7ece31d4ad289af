package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.SystemFields;
import java.util.Set;

/** Keeps names apart that would mean two things: in filters, expressions and addresses. */
final class ReservedNames {

    /** Words of the query language and of expressions that cannot be told from a field. */
    private static final Set<String> WORDS = Set.of("and", "or", "not", "in", "true", "false", "null");

    /** Variables of expressions. */
    private static final Set<String> VARIABLES = Set.of("record", "previous", "now", "today");

    /** Parameters of a list request. */
    private static final Set<String> PARAMETERS = Set.of("select", "fields", "filter", "filters", "where", "sort",
            "top",
            "limit", "skip", "offset", "expand", "include", "populate", "search", "cursor", "aggregations", "having");

    private final Findings findings;

    ReservedNames(Findings findings) {
        this.findings = findings;
    }

    /** Whether the object may have the name; where not, why is reported. */
    boolean allowsObject(String name, String plugin, SourceLocation where) {
        boolean folder = plugin.equals(MetadataSource.FOLDER);
        if (folder ? !Names.isSnakeCase(name) : !Names.isSystemName(name)) {
            findings.error(where, "'" + name + "' is no object name: it must be snake_case with at most " + Names.MAX
                    + " characters", "write name: " + Names.snakeCase(name));
            return false;
        }
        if (MetadataKind.isTypeName(name)) {
            findings.error(where, "'" + name + "' is a type of metadata and no name for an object",
                    "choose another name, such as " + name + "_record");
            return false;
        }
        return true;
    }

    /** Whether the object keeps the field; where not, or where the name is awkward, that is reported. */
    boolean allowsField(FieldDefinition field) {
        String name = field.name();
        if (SystemFields.RESERVED.contains(name)) {
            if (resembles(name, field.type())) {
                findings.warning(field.source(), "every object has the field '" + name + "' from the platform",
                        "remove it");
            } else {
                findings.warning(field.source(),
                        "'" + name + "' is a field of the platform and of another type, and stays what it is",
                        "choose another name, such as " + name + "_value");
            }
            return false;
        }
        if (WORDS.contains(name)) {
            findings.error(field.source(),
                    "'" + name + "' is a word of filters and expressions and no name for a field",
                    "choose another name, such as is_" + name);
            return false;
        }
        if (VARIABLES.contains(name)) {
            findings.warning(field.source(), "'" + name + "' is also a variable of expressions",
                    "write record." + name + " there, or choose another name");
        } else if (PARAMETERS.contains(name)) {
            findings.warning(field.source(), "'" + name + "' is also a parameter of lists, so ?" + name
                    + "= cannot filter by it", "use where, or choose another name");
        }
        return true;
    }

    /** Whether the author only wrote down what the platform brings anyway. */
    private static boolean resembles(String name, FieldType type) {
        return switch (name) {
            case SystemFields.CREATED_AT, SystemFields.UPDATED_AT ->
                type instanceof FieldType.Instant || type instanceof FieldType.Date;
            case SystemFields.CREATED_BY, SystemFields.UPDATED_BY ->
                type instanceof FieldType.Reference || type instanceof FieldType.Text;
            case SystemFields.VERSION -> type instanceof FieldType.Whole || type instanceof FieldType.Decimal;
            default -> type instanceof FieldType.Text || type instanceof FieldType.Reference;
        };
    }
}
