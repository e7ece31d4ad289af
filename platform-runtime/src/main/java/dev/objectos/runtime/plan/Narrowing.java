package dev.objectos.runtime.plan;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.QueryRewriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Who narrows reads at a moment, and everything about a session that they look at: sessions with an equal one share
 * statements.
 */
record Narrowing(boolean system, List<QueryRewriter> rewriters, List<Object> fingerprints) {

    static Narrowing of(List<QueryRewriter> rewriters, Session session, Catalog catalog) {
        var fingerprints = new ArrayList<>(rewriters.size());
        for (QueryRewriter rewriter : rewriters) {
            fingerprints.add(rewriter.fingerprint(session, catalog));
        }
        return new Narrowing(session.isSystem(), rewriters, fingerprints);
    }
}
