package dev.objectos.runtime.plan;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A search: each word must stand, in whatever case, in at least one of the searchable fields that may be seen unmasked. */
final class SearchPlanner {

    private static final FieldType TEXT = new FieldType.Text("text", null, null, null);

    private SearchPlanner() {}

    /** One condition for each word. */
    static List<RowCondition> plan(int words, RowScope scope) {
        if (words == 0) {
            return List.of();
        }
        Map<String, FieldDefinition> visible = scope.fields();
        List<Scalar> texts = scope.root().table().searchable().stream() //
                .filter(name -> visible.containsKey(name) && scope.masking(name) == null) //
                .map(name -> (Scalar) scope.root().column(name, TEXT)) //
                .toList();
        if (texts.isEmpty()) {
            throw new PlatformException(RuntimeError.INVALID_QUERY,
                    "Records of " + scope.object().name()
                            + " cannot be searched, for none of their fields is searchable");
        }
        var conditions = new ArrayList<RowCondition>();
        for (int word = 0; word < words; word++) {
            var pattern = new Scalar.Parameter(new Binding.Word(word), TEXT, false);
            conditions.add(new RowCondition.Or(texts.stream()
                    .map(text -> (RowCondition) new RowCondition.Like(text, pattern, true)).toList()));
        }
        return conditions;
    }
}
