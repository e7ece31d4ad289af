package dev.objectos.runtime.metadata;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may see and edit a field, by permission set name.
 *
 * @param visibleTo null: whoever sees the record
 * @param editableBy null: whoever may edit the record
 * @param declassified a derived field that may be seen although its inputs may not
 */
public record FieldAccess(@Nullable List<String> visibleTo, @Nullable List<String> editableBy, boolean declassified) {

    public static final FieldAccess OPEN = new FieldAccess(null, null, false);

    public FieldAccess {
        visibleTo = visibleTo == null ? null : List.copyOf(visibleTo);
        editableBy = editableBy == null ? null : List.copyOf(editableBy);
    }
}
