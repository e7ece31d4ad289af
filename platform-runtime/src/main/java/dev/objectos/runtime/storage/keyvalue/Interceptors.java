package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.spi.StorageInterceptor;
import dev.objectos.runtime.storage.StorageAccess;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All interceptors: those that come with the server in their order, each within its time, and then those of added plugins. */
final class Interceptors {

    private static final Logger LOG = LoggerFactory.getLogger(Interceptors.class);

    private final Supplier<List<StorageInterceptor>> source;
    private final StorageInterceptor added;
    private final TimeBudget budget;
    private final StorageMeters meters;
    private volatile List<StorageInterceptor> found = List.of();
    private volatile boolean known;

    /**
     * @param source asked at the first use
     * @param added stands for those of added plugins, and sees to their time itself
     * @param budget of each call
     */
    Interceptors(Supplier<List<StorageInterceptor>> source, StorageInterceptor added, Duration budget,
            StorageMeters meters) {
        this.source = source;
        this.added = added;
        this.budget = new TimeBudget(budget);
        this.meters = meters;
    }

    private List<StorageInterceptor> inOrder() {
        if (!known) {
            found = source.get().stream().sorted(Comparator.comparingInt(StorageInterceptor::order)).toList();
            known = true;
        }
        return found;
    }

    void beforeRead(StorageAccess access) {
        inOrder().forEach(interceptor -> admit(interceptor, access, () -> interceptor.beforeRead(access)));
        added.beforeRead(access);
    }

    void afterRead(StorageAccess access, int entries) {
        inOrder().forEach(interceptor -> admit(interceptor, access, () -> interceptor.afterRead(access, entries)));
        added.afterRead(access, entries);
    }

    void beforeWrite(StorageAccess access) {
        inOrder().forEach(interceptor -> admit(interceptor, access, () -> interceptor.beforeWrite(access)));
        added.beforeWrite(access);
    }

    private void admit(StorageInterceptor interceptor, StorageAccess access, Runnable call) {
        if (!budget.run(call)) {
            late(interceptor);
            throw new PlatformException(RuntimeError.UNAVAILABLE,
                    "Nobody could say in time whether " + access.store().owner() + "/" + access.store().namespace()
                            + " may be used; try again");
        }
    }

    /** What was written stands. */
    void afterWrite(StorageAccess access) {
        for (StorageInterceptor interceptor : inOrder()) {
            try {
                if (!budget.run(() -> interceptor.afterWrite(access))) {
                    late(interceptor);
                }
            } catch (RuntimeException e) {
                LOG.error("{} failed after a write to {}/{}, which stands", interceptor.getClass().getName(),
                        access.store().owner(), access.store().namespace(), e);
            }
        }
        added.afterWrite(access);
    }

    private void late(StorageInterceptor interceptor) {
        String name = interceptor.getClass().getName();
        meters.late(name);
        LOG.warn("{} took longer than {} ms about an access to the storage", name, budget.time().toMillis());
    }
}
