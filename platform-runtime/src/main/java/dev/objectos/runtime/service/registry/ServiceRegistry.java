package dev.objectos.runtime.service.registry;

import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.plugin.manifest.VersionRange;
import dev.objectos.runtime.service.ServiceDescription;
import dev.objectos.runtime.service.ServiceDirectory;
import dev.objectos.runtime.service.ServiceKey;
import dev.objectos.runtime.service.ServiceMissingException;
import dev.objectos.runtime.service.ServiceNeed;
import dev.objectos.runtime.service.ServiceOffer;
import dev.objectos.runtime.service.ServiceOffered;
import dev.objectos.runtime.service.ServiceQuery;
import dev.objectos.runtime.service.ServiceReference;
import dev.objectos.runtime.service.ServiceScope;
import dev.objectos.runtime.service.ServiceUse;
import dev.objectos.runtime.service.ServiceWithdrawn;
import dev.objectos.runtime.service.Services;
import dev.objectos.runtime.service.Withdrawal;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The services of this server. One lock guards who offers and who uses; calls to a service take none. */
public final class ServiceRegistry implements ServiceDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceRegistry.class);

    private final EventBus bus;
    private final Clock clock;
    private final ServiceMeters meters;
    private final ReentrantLock lock = new ReentrantLock();
    /** Something was offered, or a reference was closed. */
    private final Condition changed = lock.newCondition();
    /** Those that can be found. */
    private final List<Offering<?>> offerings = new ArrayList<>();
    /** Those that nobody finds any more, and that somebody still uses. */
    private final List<Offering<?>> leaving = new ArrayList<>();
    /** Those who come with the server, and have one run. */
    private final Map<String, Member> residents = new ConcurrentHashMap<>();

    public ServiceRegistry(EventBus bus, MeterRegistry registry, Clock clock) {
        this.bus = bus;
        this.clock = clock;
        this.meters = new ServiceMeters(registry);
        meters.watch(this, services -> services.discover(ServiceQuery.EVERYTHING).size(),
                services -> services.uses().stream().mapToInt(ServiceUse::references).sum());
    }

    @Override
    public Services of(String plugin) {
        return new PluginServices(this, residents.computeIfAbsent(plugin, Member::new));
    }

    @Override
    public ServiceScope open(String plugin) {
        return new PluginServices(this, new Member(plugin));
    }

    <T> ServiceOffer offer(Member owner, ServiceKey<T> key, T service) {
        var offering = new Offering<>(key, owner, key.type().cast(service), clock.instant());
        lock.lock();
        try {
            owner.requirePresent();
            for (Offering<?> other : offerings) {
                refuseClash(offering, other);
            }
            offerings.add(offering);
            bus.publish(new ServiceOffered(key.capability(), key.version().toString(), owner.plugin()));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return patience -> withdraw(List.of(offering), patience);
    }

    private static void refuseClash(Offering<?> offering, Offering<?> other) {
        boolean earlierRun = !other.owner().equals(offering.owner())
                && other.owner().plugin().equals(offering.owner().plugin());
        if (earlierRun || !other.key().capability().equals(offering.key().capability())) {
            return;
        }
        if (!other.key().type().equals(offering.key().type())) {
            throw new IllegalStateException(offering.owner().plugin() + " cannot offer " + offering.key() + " as "
                    + offering.key().type().getName() + ": " + otherType(other));
        }
        if (other.owner().equals(offering.owner()) && other.key().version().equals(offering.key().version())) {
            throw new IllegalStateException(offering.owner().plugin() + " offers " + offering.key() + " already");
        }
    }

    private static String otherType(Offering<?> other) {
        return other.owner().plugin() + " offers " + other.key().capability() + " as " + other.key().type().getName()
                + " of another origin or name; both must use the type of one shared package";
    }

    <T> Optional<ServiceReference<T>> find(Member user, ServiceNeed<T> need) {
        lock.lock();
        try {
            Optional<ServiceReference<T>> found = refer(user, need);
            meters.lookup(found.isPresent());
            return found;
        } finally {
            lock.unlock();
        }
    }

    <T> ServiceReference<T> await(Member user, ServiceNeed<T> need, Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = timeout.toNanos();
            Optional<ServiceReference<T>> found = refer(user, need);
            while (found.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
                found = refer(user, need);
            }
            meters.lookup(found.isPresent());
            return found.orElseThrow(() -> new ServiceMissingException(need, timeout, instead(need)));
        } finally {
            lock.unlock();
        }
    }

    private String instead(ServiceNeed<?> need) {
        String others = offerings.stream().filter(other -> other.key().capability().equals(need.capability()))
                .map(other -> other.key() + " by " + other.owner().plugin()).collect(Collectors.joining(", "));
        return others.isEmpty() ? "nobody offers " + need.capability() + " at all" : "offered are " + others;
    }

    /** The newest one; of two runs of a plugin that offer the same, the later. */
    private <T> Optional<ServiceReference<T>> refer(Member user, ServiceNeed<T> need) {
        user.requirePresent();
        List<Offering<?>> fitting = offerings.reversed().stream()
                .filter(offering -> offering.key().capability().equals(need.capability())
                        && need.range().contains(offering.key().version()))
                .toList();
        Optional<Offering<?>> best = fitting.stream().filter(offering -> offering.key().type().equals(need.type()))
                .min(Comparator.comparing((Offering<?> offering) -> offering.key().version(), Comparator.reverseOrder())
                        .thenComparing(offering -> offering.owner().plugin()));
        if (best.isEmpty() && !fitting.isEmpty()) {
            throw new IllegalArgumentException("The service " + need + " cannot be used as " + need.type().getName()
                    + ": " + otherType(fitting.getFirst()));
        }
        return best.map(offering -> refer(user, need, typed(offering)));
    }

    @SuppressWarnings("unchecked") // the key says so
    private static <T> Offering<T> typed(Offering<?> offering) {
        return (Offering<T>) offering;
    }

    private <T> ServiceReference<T> refer(Member user, ServiceNeed<T> need, Offering<T> offering) {
        var handle = new Handle<>(offering, user, need.range(), this::close);
        offering.add(handle);
        return handle;
    }

    private void close(Handle<?> handle) {
        lock.lock();
        try {
            handle.markClosed();
            handle.offering().remove(handle);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Withdrawal withdraw(List<Offering<?>> wanted, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            List<Offering<?>> going = wanted.stream().filter(offerings::remove).toList();
            leaving.addAll(going);
            for (Offering<?> offering : going) {
                if (!replaced(offering)) {
                    tell(offering, patience);
                }
            }
            try {
                long left = patience.toNanos();
                while (left > 0 && going.stream().anyMatch(Offering::isUsed)) {
                    left = changed.awaitNanos(left);
                }
            } catch (InterruptedException e) {
                cut(going);
                throw e;
            }
            return cut(going);
        } finally {
            lock.unlock();
        }
    }

    /** Has its users go over to another run of its plugin; whether nobody need know that it goes. */
    private boolean replaced(Offering<?> offering) {
        for (Handle<?> handle : offering.handles()) {
            successor(offering, handle.range()).ifPresent(next -> offering.handOver(handle, next));
        }
        return !offering.isUsed() && offerings.stream().anyMatch(other -> other.key().equals(offering.key())
                && other.owner().plugin().equals(offering.owner().plugin()));
    }

    private Optional<Offering<?>> successor(Offering<?> offering, VersionRange range) {
        return offerings.stream().filter(other -> offering.isSucceededBy(other, range))
                .max(Comparator.comparing(other -> other.key().version()));
    }

    private void tell(Offering<?> offering, Duration patience) {
        bus.publish(new ServiceWithdrawn(offering.key().capability(), offering.key().version().toString(),
                offering.owner().plugin(), patience, offering.description().users()));
    }

    private Withdrawal cut(List<Offering<?>> going) {
        var cut = new ArrayList<ServiceUse>();
        leaving.removeAll(going);
        for (Offering<?> offering : going) {
            List<ServiceUse> uses = offering.uses();
            meters.withdrawal(!uses.isEmpty());
            uses.forEach(use -> LOG.warn("{} is cut off from the service {} of {}", use.user(), offering.key(),
                    use.owner()));
            cut.addAll(uses);
            offering.cut();
        }
        return new Withdrawal(going.size(), cut);
    }

    @Override
    public Withdrawal leave(String plugin, Duration patience) throws InterruptedException {
        return leave(member -> member.plugin().equals(plugin), patience);
    }

    Withdrawal leave(Member run, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            run.leave();
            // Whoever waits in its name is told that it has ended.
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return leave(run::equals, patience);
    }

    private Withdrawal leave(Predicate<Member> who, Duration patience) throws InterruptedException {
        List<Offering<?>> own;
        lock.lock();
        try {
            own = offerings.stream().filter(offering -> who.test(offering.owner())).toList();
            everything().flatMap(offering -> offering.handles().stream()).filter(handle -> who.test(handle.user()))
                    .forEach(Handle::close);
        } finally {
            lock.unlock();
        }
        return withdraw(own, patience);
    }

    private Stream<Offering<?>> everything() {
        var all = new ArrayList<>(offerings);
        all.addAll(leaving);
        return all.stream();
    }

    @Override
    public List<ServiceDescription> discover(ServiceQuery query) {
        lock.lock();
        try {
            return offerings.stream()
                    .filter(offering -> query.matches(offering.key().capability(), offering.key().version()))
                    .sorted(Comparator.comparing((Offering<?> offering) -> offering.key().capability())
                            .thenComparing(offering -> offering.key().version(), Comparator.reverseOrder())
                            .thenComparing(offering -> offering.owner().plugin()))
                    .map(Offering::description).toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<ServiceUse> uses() {
        lock.lock();
        try {
            return everything().flatMap(offering -> offering.uses().stream()).toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<List<String>> cycles() {
        return UseGraph.cycles(uses());
    }
}
