package dev.objectos.permissions.definition;

import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises conditions that compare a text of the record with constants, so that many of them can become one. Only what
 * is certainly such a comparison is recognised.
 */
final class ConstantComparison {

    private static final String LITERAL = "'[^'\\\\]*'";
    private static final Pattern EQUALS = Pattern.compile("\\s*record\\.(\\w+)\\s*==\\s*(" + LITERAL + ")\\s*");
    private static final Pattern AMONG = Pattern
            .compile("\\s*record\\.(\\w+)\\s+in\\s+\\[\\s*(" + LITERAL + "(?:\\s*,\\s*" + LITERAL + ")*)\\s*]\\s*");
    private static final Pattern ONE = Pattern.compile(LITERAL);

    private ConstantComparison() {}

    static Condition.@Nullable Constants of(ObjectDefinition object, String cel) {
        Matcher found = EQUALS.matcher(cel);
        if (!found.matches()) {
            found = AMONG.matcher(cel);
            if (!found.matches()) {
                return null;
            }
        }
        FieldType type = object.field(found.group(1)).map(FieldDefinition::type).orElse(null);
        if (!(type instanceof FieldType.Text || type instanceof FieldType.Choice)) {
            return null;
        }
        List<Object> values = new ArrayList<>();
        Matcher literal = ONE.matcher(found.group(2));
        while (literal.find()) {
            values.add(literal.group().substring(1, literal.group().length() - 1));
        }
        return new Condition.Constants(FieldPath.of(found.group(1)), values);
    }
}
