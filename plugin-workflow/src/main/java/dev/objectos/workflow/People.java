package dev.objectos.workflow;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Records;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds the users whom texts name: by id, user name or e-mail address. */
final class People {

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> FIELDS = List.of("id", "username", "email");

    private final Records records;

    People(Records records) {
        this.records = records;
    }

    /** Name → user's id; names of nobody are missing. */
    Map<String, UUID> find(Collection<String> names, Session session) {
        var found = new HashMap<String, UUID>();
        if (names.isEmpty()) {
            return found;
        }
        List<Object> all = List.copyOf(names);
        List<Object> ids = new ArrayList<>(names.stream().filter(FieldValues::isId).toList());
        var terms = new ArrayList<Predicate>();
        terms.add(in("username", all));
        terms.add(in("email", all));
        if (!ids.isEmpty()) {
            terms.add(in("id", ids));
        }
        var query = new Query(Catalog.USER, FIELDS.stream().map(FieldPath::of).toList(), new Predicate.Or(terms),
                List.of(), Page.first(Page.MAXIMUM), List.of(), List.of(), List.of(), Predicate.ALWAYS, null, false);
        for (JsonNode user : JSON.readTree(records.query(query, session).utf8()).path("records")) {
            UUID id = UUID.fromString(user.path("id").asString());
            for (String field : FIELDS) {
                JsonNode value = user.path(field);
                if (value.isString() && names.contains(value.asString())) {
                    found.put(value.asString(), id);
                }
            }
        }
        return found;
    }

    private static Predicate in(String field, List<Object> values) {
        return new Predicate.Comparison(FieldPath.of(field), Operator.IN, new Operand.Literals(values));
    }
}
