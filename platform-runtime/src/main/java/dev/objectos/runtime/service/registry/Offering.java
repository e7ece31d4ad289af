package dev.objectos.runtime.service.registry;

import dev.objectos.runtime.plugin.manifest.VersionRange;
import dev.objectos.runtime.service.ServiceDescription;
import dev.objectos.runtime.service.ServiceKey;
import dev.objectos.runtime.service.ServiceUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A service with those who hold references to it. All but {@link #isCut} is guarded by the registry's lock. */
final class Offering<T> {

    private final ServiceKey<T> key;
    private final Member owner;
    private final T service;
    private final Instant since;
    private final List<Handle<T>> handles = new ArrayList<>();
    private volatile boolean cut;

    Offering(ServiceKey<T> key, Member owner, T service, Instant since) {
        this.key = key;
        this.owner = owner;
        this.service = service;
        this.since = since;
    }

    ServiceKey<T> key() {
        return key;
    }

    Member owner() {
        return owner;
    }

    T service() {
        return service;
    }

    void add(Handle<T> handle) {
        handles.add(handle);
    }

    void remove(Handle<?> handle) {
        handles.remove(handle);
    }

    List<Handle<T>> handles() {
        return List.copyOf(handles);
    }

    /** Whether another run of the same plugin offers what this one does, for somebody to whom that range will do. */
    boolean isSucceededBy(Offering<?> other, VersionRange range) {
        return !other.owner.equals(owner) && other.owner.plugin().equals(owner.plugin())
                && other.key.capability().equals(key.capability()) && other.key.type().equals(key.type())
                && range.contains(other.key.version());
    }

    /** Has a user go on with another offering of the same type. */
    @SuppressWarnings("unchecked") // the types of both keys are equal
    void handOver(Handle<?> handle, Offering<?> successor) {
        handles.remove(handle);
        ((Handle<T>) handle).follow((Offering<T>) successor);
        ((Offering<T>) successor).add((Handle<T>) handle);
    }

    boolean isUsed() {
        return !handles.isEmpty();
    }

    /** Lets no call through any more. */
    void cut() {
        cut = true;
        handles.clear();
    }

    boolean isCut() {
        return cut;
    }

    List<ServiceUse> uses() {
        Map<String, Long> counts = handles.stream()
                .collect(Collectors.groupingBy(handle -> handle.user().plugin(), TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream().map(count -> new ServiceUse(count.getKey(), owner.plugin(), key.capability(),
                key.version().toString(), Math.toIntExact(count.getValue()))).toList();
    }

    ServiceDescription description() {
        return new ServiceDescription(key.capability(), key.version().toString(), key.type().getName(), owner.plugin(),
                since,
                handles.size(), uses().stream().map(ServiceUse::user).toList());
    }
}
