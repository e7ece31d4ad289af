package dev.objectos.permissions.share;

import dev.objectos.runtime.background.Rounds;
import dev.objectos.runtime.background.Rounds.Rests;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.query.MatchingIds;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.RecordFilters;
import dev.objectos.runtime.spi.RecycleBin;
import dev.objectos.runtime.spi.RowFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Removes shares that can count for nothing any more: those that have run out, and those of records that are gone for good. What lies in a
 * recycle bin keeps its shares, for it may come back.
 */
public final class ShareKeeper implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofHours(6);
    private static final int TOGETHER = 500;

    private final Shares shares;
    private final Catalogs catalogs;
    private final RecordFilters records;
    private final RecycleBin bin;
    /** Not at once: the server has better things to do while it starts. */
    private final Rounds rounds = new Rounds("objectos-shares", Rests.of(INTERVAL),
            "Shares that count no more could not be removed", this::clear);

    public ShareKeeper(Shares shares, Catalogs catalogs, RecordFilters records, RecycleBin bin) {
        this.shares = shares;
        this.catalogs = catalogs;
        this.records = records;
        this.bin = bin;
    }

    public void start() {
        rounds.start();
    }

    /** Removes all that there are by now. @return how many */
    public int clear() {
        int removed = shares.removeExpired();
        Shares.@Nullable Shared last = null;
        List<Shares.Shared> some;
        do {
            some = shares.recordsAfter(last, TOGETHER);
            removed += clear(some);
            last = some.isEmpty() ? last : some.getLast();
        } while (some.size() == TOGETHER);
        return removed;
    }

    /** @param some in order, so that those of one tenant and object stand together */
    private int clear(List<Shares.Shared> some) {
        int removed = 0;
        for (int from = 0; from < some.size();) {
            Shares.Shared first = some.get(from);
            var ids = new ArrayList<UUID>();
            int to = from;
            for (; to < some.size() && some.get(to).alike(first); to++) {
                ids.add(some.get(to).record());
            }
            removed += clear(first.tenant(), first.object(), ids);
            from = to;
        }
        return removed;
    }

    /** An object that nobody describes at the moment may come back, and its records with it. */
    private int clear(UUID tenant, String object, List<UUID> ids) {
        ObjectDefinition definition = catalogs.current().object(object).orElse(null);
        if (definition == null) {
            return 0;
        }
        Session platform = Session.system(tenant, Origin.SYSTEM);
        Set<UUID> gone = new HashSet<>(ids);
        gone.removeAll(records.passing(object, ids, RowFilter.EVERYTHING, platform));
        if (!gone.isEmpty() && definition.enable().trash()) {
            MatchingIds.find(query -> bin.query(query, platform), object, SystemFields.ID, gone).forEach(gone::remove);
            // One that came back between the two looks was in neither place.
            gone.removeAll(records.passing(object, gone, RowFilter.EVERYTHING, platform));
        }
        return gone.isEmpty() ? 0 : shares.remove(tenant, object, gone);
    }

    @Override
    public void close() {
        rounds.close();
    }
}
