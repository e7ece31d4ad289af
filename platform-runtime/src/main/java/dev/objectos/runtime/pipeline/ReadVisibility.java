package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.ErrorKind;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.plan.ReadPlanner;
import dev.objectos.runtime.plan.RecordVisibility;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.session.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a session may see, found out by reading. */
public final class ReadVisibility implements RecordVisibility {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final FieldPath ID = FieldPath.of("id");

    private final ReadPlanner planner;
    private final ReadPipeline pipeline;

    public ReadVisibility(ReadPlanner planner, ReadPipeline pipeline) {
        this.planner = planner;
        this.pipeline = pipeline;
    }

    @Override
    public boolean restricted(ObjectDefinition object, Session session, Catalog catalog) {
        return planner.restricted(object, session, catalog);
    }

    @Override
    public Set<UUID> visible(ObjectDefinition object, Collection<UUID> ids, Session session, Catalog catalog) {
        var wanted = new ArrayList<Object>(new HashSet<>(ids));
        var seen = new HashSet<UUID>();
        for (int from = 0; from < wanted.size(); from += Page.MAXIMUM) {
            List<Object> part = wanted.subList(from, Math.min(wanted.size(), from + Page.MAXIMUM));
            for (JsonNode record : records(object, part, session, catalog)) {
                seen.add(UUID.fromString(record.get("id").stringValue()));
            }
        }
        return seen;
    }

    private JsonNode records(ObjectDefinition object, List<Object> ids, Session session, Catalog catalog) {
        Query query = new Query(object.name(), List.of(ID),
                new Predicate.Comparison(ID, Operator.IN, new Operand.Literals(ids)), List.of(),
                Page.first(Page.MAXIMUM), List.of(), List.of(), List.of(), Predicate.ALWAYS, null, false);
        try {
            return JSON.readTree(pipeline.query(query, session, catalog).utf8()).get("records");
        } catch (PlatformException e) {
            if (e.code().kind() == ErrorKind.DENIED) {
                return JSON.createArrayNode();
            }
            throw e;
        }
    }
}
