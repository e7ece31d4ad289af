package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.plan.RecordVisibility;
import dev.objectos.runtime.query.MatchingIds;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.spi.RowFilter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** A record may be referred to by whom the read path shows it to. */
public final class ReadVisibility implements RecordVisibility {

    private final ReadPipeline reads;
    private final Supplier<List<QueryRewriter>> rewriters;

    public ReadVisibility(ReadPipeline reads, List<QueryRewriter> rewriters) {
        this(reads, () -> rewriters);
    }

    /** @param rewriters those that narrow reads at the moment */
    public ReadVisibility(ReadPipeline reads, Supplier<List<QueryRewriter>> rewriters) {
        this.reads = reads;
        this.rewriters = rewriters;
    }

    @Override
    public boolean restricted(ObjectDefinition object, Session session, Catalog catalog) {
        return rewriters.get().stream()
                .anyMatch(rewriter -> !rewriter.rows(object, session, catalog).equals(RowFilter.EVERYTHING));
    }

    @Override
    public Set<UUID> visible(ObjectDefinition object, Collection<UUID> ids, Session session, Catalog catalog) {
        return Set.copyOf(MatchingIds.find(query -> reads.query(query, session, catalog), object.name(),
                SystemFields.ID, ids));
    }
}
