package dev.objectos.runtime.hook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.FieldMask;
import dev.objectos.runtime.spi.FindRestriction;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.spi.Viewer;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Narrows reads as one hook says. The hook is asked once for each object and kind of viewer of a snapshot; what it refuses is
 * asked again.
 */
final class FindHookRewriter implements QueryRewriter {

    private static final int MOST_ANSWERS = 10_000;

    private volatile @Nullable JoinedRecordHook hook;
    private final Set<Viewer.Part> looksAt;
    private final Cache<Question, FindRestriction> answers = Caffeine.newBuilder().maximumSize(MOST_ANSWERS).build();

    FindHookRewriter(JoinedRecordHook hook) {
        this.hook = hook;
        this.looksAt = Set.copyOf(hook.hook().looksAt());
    }

    private record Question(long catalog, String object, PartOfSession viewer) {}

    @Override
    public PartOfSession fingerprint(Session session, Catalog catalog) {
        return PartOfSession.of(session, looksAt);
    }

    @Override
    public RowFilter rows(ObjectDefinition object, Session session, Catalog catalog) {
        return restriction(object, session, catalog).rows();
    }

    @Override
    public FieldMask fields(ObjectDefinition object, Session session, Catalog catalog) {
        return restriction(object, session, catalog).fields();
    }

    private FindRestriction restriction(ObjectDefinition object, Session session, Catalog catalog) {
        JoinedRecordHook asked = hook;
        if (asked == null || !asked.concerns(object.name())) {
            return FindRestriction.NONE;
        }
        PartOfSession viewer = fingerprint(session, catalog);
        var question = new Question(catalog.version(), object.name(), viewer);
        FindRestriction known = answers.getIfPresent(question);
        if (known == null) {
            // No session: it must not decide by what others, for whom the answer is kept, may not share.
            known = asked.caller().call(asked.name(), "before a find of " + object.name(),
                    () -> Objects.requireNonNull(asked.hook().beforeFind(object, viewer), "no answer"));
            refuseTables(known.rows(), asked);
            answers.put(question, known);
        }
        return known;
    }

    /** The tables behind such filters are the platform's, which an added plugin has no business with. */
    private static void refuseTables(RowFilter filter, JoinedRecordHook asked) {
        switch (filter) {
            case RowFilter.Where _,RowFilter.Matching _ -> {
                // names fields alone
            }
            case RowFilter.AnyOf(List<RowFilter> filters) -> filters.forEach(one -> refuseTables(one, asked));
            case RowFilter.AllOf(List<RowFilter> filters) -> filters.forEach(one -> refuseTables(one, asked));
            case RowFilter.Not(RowFilter inner) -> refuseTables(inner, asked);
            case RowFilter.Through(String _, RowFilter inner) -> refuseTables(inner, asked);
            case RowFilter.Listed _ -> throw new IllegalArgumentException(
                    asked.name() + " narrows finds by a table, which hooks may not");
        }
    }

    /** Lets go of the plugin's code: keys of kept statements may hold on to this for a while. */
    void forget() {
        hook = null;
        answers.invalidateAll();
    }
}
