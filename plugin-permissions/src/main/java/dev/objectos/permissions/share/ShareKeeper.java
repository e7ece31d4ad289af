package dev.objectos.permissions.share;

import dev.objectos.runtime.PlatformException;
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
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Removes shares that can count for nothing any more: those that have run out, and those of records that are gone for good. What lies in a
 * recycle bin keeps its shares, for it may come back.
 */
public final class ShareKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ShareKeeper.class);
    private static final Duration INTERVAL = Duration.ofHours(6);
    private static final int TOGETHER = 500;

    private final Shares shares;
    private final Catalogs catalogs;
    private final RecordFilters records;
    private final RecycleBin bin;
    private final ScheduledExecutorService rounds = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("objectos-shares").factory());

    public ShareKeeper(Shares shares, Catalogs catalogs, RecordFilters records, RecycleBin bin) {
        this.shares = shares;
        this.catalogs = catalogs;
        this.records = records;
        this.bin = bin;
    }

    /** Not at once: the server has better things to do while it starts. */
    public void start() {
        var _ = rounds.scheduleWithFixedDelay(this::round, INTERVAL.toMinutes(), INTERVAL.toMinutes(),
                TimeUnit.MINUTES);
    }

    private void round() {
        try {
            clear();
        } catch (DataAccessException | PlatformException e) {
            LOG.warn("Shares that count no more could not be removed; it is tried again: {}", e.toString());
        }
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

    /** Lets a round that has begun end: an interrupt would break the connection in use. */
    @Override
    public void close() {
        rounds.close();
    }
}
