package dev.objectos.runtime.metadata;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition that every written record must meet. Rules of the older forms arrive here already turned into a condition.
 *
 * @param condition holds for a good record; unknown (null) counts as good
 * @param when the rule applies only where this holds; null: always
 * @param message for the person who wrote the record
 * @param fields the fields to mark
 * @param errorCode the field error's code; {@code invalid} where the author gave none
 * @param needsPrevious whether the condition reads {@code previous} (a state machine does)
 */
public record ValidationRule(String name, ExpressionSource condition, @Nullable ExpressionSource when, String message,
        List<String> fields, String errorCode, boolean needsPrevious, SourceLocation source) {

    public ValidationRule {
        fields = List.copyOf(fields);
    }
}
