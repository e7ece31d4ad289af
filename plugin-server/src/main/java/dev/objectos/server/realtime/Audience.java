package dev.objectos.server.realtime;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.CommittedChange;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.WatchedRecords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Works out what sessions that see the same, with the same question, are told of changed records: by asking as they would. */
final class Audience {

    /** What a message may hold is not known before it is asked for, so that few are asked for at once. */
    static final int TOGETHER = 100;

    private final Records records;
    private final WatchedRecords watched;
    private final Query query;
    private final List<Session> alike;

    Audience(Records records, WatchedRecords watched, Query query, List<Session> alike) {
        this.records = records;
        this.watched = watched;
        this.query = query;
        this.alike = List.copyOf(alike);
    }

    /**
     * The events in the order of their positions.
     *
     * @param context earlier changes of the same records, of which it may not have been told what they meant
     * @param unsettled where a record is noted that has changed again already, so that only with its next change can be
     *        said whether it has left
     */
    List<ChangeEvent> events(ChangedRecords changed, ChangedRecords context, Unsettled unsettled) {
        var events = new ArrayList<ChangeEvent>();
        each(changed, context, unsettled, TOGETHER).forEachRemaining(events::add);
        return events;
    }

    /**
     * The same one after the other, of which few are in memory at a time.
     *
     * @param together how many are asked for at once, at most {@link #TOGETHER}
     */
    Iterator<ChangeEvent> each(ChangedRecords changed, ChangedRecords context, Unsettled unsettled, int together) {
        List<ChangedRecord> inOrder = changed.all().stream()
                .sorted(Comparator.comparingLong(record -> record.last().position())).toList();
        return Stream.iterate(0, start -> start < inOrder.size(), start -> start + together)
                .flatMap(start -> events(inOrder.subList(start, Math.min(inOrder.size(), start + together)), context,
                        unsettled).stream())
                .iterator();
    }

    private List<ChangeEvent> events(List<ChangedRecord> changed, ChangedRecords context, Unsettled unsettled) {
        var events = new ArrayList<ChangeEvent>();
        Map<UUID, JsonDocument> seen = seen(
                changed.stream().filter(record -> !record.removed()).map(ChangedRecord::id).toList());
        List<ChangedRecord> unseen = new ArrayList<>();
        for (ChangedRecord record : changed) {
            JsonDocument now = seen.get(record.id());
            if (now != null) {
                events.add(event(record, record.created() ? ChangeKind.CREATED : ChangeKind.UPDATED, now));
            } else {
                unseen.add(record);
            }
        }
        Set<UUID> left = left(unseen, context);
        // Asked last: what has not changed again by now had not when it was asked about before.
        left.removeAll(unsettled.again(unseen.stream().filter(record -> !record.removed()).toList()));
        for (ChangedRecord record : unseen) {
            if (left.contains(record.id())) {
                events.add(event(record, record.removed() ? ChangeKind.DELETED : ChangeKind.LEFT, null));
            }
        }
        events.sort(Comparator.comparingLong(ChangeEvent::position));
        return events;
    }

    private Map<UUID, JsonDocument> seen(List<UUID> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        try {
            return found(ids);
        } catch (PlatformException e) {
            if (e.code() != RuntimeError.PAYLOAD_TOO_LARGE || ids.size() == 1) {
                throw e;
            }
            Map<UUID, JsonDocument> seen = new HashMap<>(seen(ids.subList(0, ids.size() / 2)));
            seen.putAll(seen(ids.subList(ids.size() / 2, ids.size())));
            return seen;
        }
    }

    private Map<UUID, JsonDocument> found(List<UUID> ids) {
        var among = new Predicate.Comparison(FieldPath.of(SystemFields.ID), Operator.IN,
                new Operand.Literals(ids.stream().<Object>map(UUID::toString).toList()));
        Predicate where = query.where().equals(Predicate.ALWAYS)
                ? among
                : new Predicate.And(List.of(among, query.where()));
        return RecordSlices.of(records.query(new Query(query.object(), query.fields(), where, List.of(),
                Page.first(TOGETHER), query.expand(), List.of(), List.of(), Predicate.ALWAYS, null, false), alike));
    }

    /** Only what its readers could have seen before may be said to have gone. */
    private Set<UUID> left(List<ChangedRecord> unseen, ChangedRecords context) {
        Session reader = alike.getFirst();
        var left = new HashSet<>(watched.before(query,
                unseen.stream().filter(record -> !record.created()).map(ChangedRecord::earlier).toList(), reader));
        List<ChangedRecord> further = new ArrayList<>();
        for (ChangedRecord record : unseen) {
            ChangedRecord earlier = context.of(record.id());
            if (earlier != null && !left.contains(record.id())) {
                further.add(record.behind(earlier));
            }
        }
        left.addAll(watched.before(query, further.stream().map(ChangedRecord::earlier).toList(), reader));
        return left;
    }

    private ChangeEvent event(ChangedRecord changed, ChangeKind kind, @Nullable JsonDocument record) {
        CommittedChange last = changed.last();
        return new ChangeEvent(last.position(), true, query.object(), changed.id(), kind, record,
                kind == ChangeKind.LEFT ? null : last.version(),
                last.at());
    }
}
