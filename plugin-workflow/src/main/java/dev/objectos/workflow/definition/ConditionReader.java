package dev.objectos.workflow.definition;

import dev.objectos.runtime.expression.CelText;
import dev.objectos.runtime.expression.FieldCondition;
import dev.objectos.runtime.expression.ItemProblems;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ItemPart;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads conditions: expressions with or without <code>${…}</code>, and <code>{field, operator, value}</code>. */
final class ConditionReader {

    private static final String RECORD = "record.";

    private final ObjectDefinition object;
    private final ItemProblems problems;

    ConditionReader(ObjectDefinition object, ItemProblems problems) {
        this.object = object;
        this.problems = problems;
    }

    /** The condition; null where it cannot be read, which is then reported. */
    @Nullable
    ExpressionSource read(ItemPart written) {
        ItemPart inner = written.first("condition", "expression");
        if (inner != null) {
            return read(inner);
        }
        String cel = cel(written);
        return cel == null ? null : new ExpressionSource(cel, written.where());
    }

    private @Nullable String cel(ItemPart written) {
        if (written.value() instanceof List) {
            return joined(written.elements(), " && ");
        }
        if (!written.isMap()) {
            String text = written.text();
            if (text.isBlank()) {
                problems.error(written.where(), "the condition is empty", "write an expression");
                return null;
            }
            return CelText.fromOlder(text);
        }
        if (written.has("all_of")) {
            return joined(written.elements("all_of"), " && ");
        }
        if (written.has("any_of")) {
            return joined(written.elements("any_of"), " || ");
        }
        ItemPart inner = written.first("condition", "expression");
        return inner != null ? cel(inner) : comparison(written);
    }

    private @Nullable String joined(List<ItemPart> parts, String operator) {
        var conditions = new ArrayList<String>();
        for (ItemPart part : parts) {
            String cel = cel(part);
            if (cel == null) {
                return null;
            }
            conditions.add("(" + cel + ")");
        }
        return conditions.isEmpty() ? "true" : String.join(operator, conditions);
    }

    private @Nullable String comparison(ItemPart written) {
        String field = written.text("field");
        String operator = written.text("operator");
        if (field == null || operator == null) {
            problems.error(written.where(), "the condition says neither field and operator nor expression",
                    "write {field, operator, value}, or an expression");
            return null;
        }
        String name = field.startsWith(RECORD) ? field.substring(RECORD.length()) : field;
        FieldType type = object.field(name).map(FieldDefinition::type).orElse(null);
        ItemPart value = written.get("value");
        try {
            return FieldCondition.cel(RECORD + name, type, operator, value == null ? null : value.value());
        } catch (FieldCondition.UnusableException e) {
            problems.error(written.where(), e.problem(), e.suggestion());
            return null;
        }
    }
}
