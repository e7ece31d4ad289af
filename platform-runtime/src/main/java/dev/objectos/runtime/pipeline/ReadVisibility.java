package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.plan.RecordVisibility;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.sql.WriteJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A record may be referred to by whom the read path shows it to. */
public final class ReadVisibility implements RecordVisibility {

    private final ReadPipeline reads;
    private final List<QueryRewriter> rewriters;

    public ReadVisibility(ReadPipeline reads, List<QueryRewriter> rewriters) {
        this.reads = reads;
        this.rewriters = List.copyOf(rewriters);
    }

    @Override
    public boolean restricted(ObjectDefinition object, Session session, Catalog catalog) {
        return rewriters.stream()
                .anyMatch(rewriter -> !rewriter.rows(object, session, catalog).equals(RowFilter.EVERYTHING));
    }

    @Override
    public Set<UUID> visible(ObjectDefinition object, Collection<UUID> ids, Session session, Catalog catalog) {
        var wanted = new ArrayList<Object>(ids);
        var visible = new HashSet<UUID>();
        for (int from = 0; from < wanted.size(); from += Page.MAXIMUM) {
            var some = wanted.subList(from, Math.min(from + Page.MAXIMUM, wanted.size()));
            var query = new Query(object.name(), List.of(FieldPath.of(SystemFields.ID)),
                    new Predicate.Comparison(FieldPath.of(SystemFields.ID), Operator.IN, new Operand.Literals(some)),
                    List.of(), Page.first(Page.MAXIMUM), List.of(), List.of(), List.of(), Predicate.ALWAYS, null,
                    false);
            collect(WriteJson.parse(reads.query(query, session, catalog).toString()), visible);
        }
        return visible;
    }

    private static void collect(@Nullable Object answer, Set<UUID> ids) {
        if (answer instanceof Map<?, ?> members && members.get("records") instanceof List<?> records) {
            records.forEach(row -> {
                if (row instanceof Map<?, ?> values) {
                    ids.add(UUID.fromString(String.valueOf(values.get(SystemFields.ID))));
                }
            });
        }
    }
}
