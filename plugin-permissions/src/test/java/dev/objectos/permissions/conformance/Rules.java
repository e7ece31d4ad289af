package dev.objectos.permissions.conformance;

import java.util.LinkedHashMap;
import java.util.Map;

/** The schema of a case and what is written about permissions on each of its objects. */
record Rules(Schema.OnDelete taskOfAccount, Schema.OnDelete taskOfDeal, Map<String, ObjectRules> objects) {

    Schema schema() {
        return new Schema(taskOfAccount, taskOfDeal);
    }

    ObjectRules of(String object) {
        return objects.getOrDefault(object, ObjectRules.NONE);
    }

    Rules with(String object, ObjectRules rules) {
        var changed = new LinkedHashMap<>(objects);
        changed.put(object, rules);
        return new Rules(taskOfAccount, taskOfDeal, changed);
    }
}
