package dev.objectos.automation.run;

import dev.objectos.automation.trigger.NewValue;
import dev.objectos.automation.trigger.TextTemplate;
import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldValues;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that a run writes, as callers of the data API write them. */
final class RunValues {

    private final RunContext context;
    private final StoredRecords stored;

    RunValues(RunContext context, StoredRecords stored) {
        this.context = context;
        this.stored = stored;
    }

    @Nullable
    Object evaluate(CompiledExpression expression) {
        return expression.evaluate(context);
    }

    String text(TextTemplate template) {
        return template.render(this::evaluate);
    }

    UserNames users() {
        return new UserNames((field, values) -> stored.find(Catalog.USER, field, values));
    }

    StoredRecords stored() {
        return stored;
    }

    Map<String, @Nullable Object> all(Map<String, NewValue> values) {
        var written = new LinkedHashMap<String, @Nullable Object>();
        values.forEach((field, value) -> written.put(field, one(value)));
        return written;
    }

    @Nullable
    Object one(NewValue value) {
        return FieldValues.json(switch (value) {
            case NewValue.Constant constant -> constant.value();
            case NewValue.Computed computed -> evaluate(computed.expression());
            case NewValue.Filled filled -> text(filled.text());
            case NewValue.Person person -> users().one(person.who());
            case NewValue.RoundRobin _ -> throw new TriggerFailure("users take turns for the record itself only");
        });
    }
}
