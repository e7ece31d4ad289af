package dev.objectos.runtime.hook;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.objectos.runtime.spi.StorageInterceptor;
import dev.objectos.runtime.storage.GrantedAccess;
import dev.objectos.runtime.storage.StorageAccess;
import dev.objectos.runtime.storage.StorageGrant;
import dev.objectos.runtime.storage.StoreAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stands before and behind the key-value stores for the interceptors of added plugins. One may refuse what is done with its
 * plugin's own namespaces, and with those that are shared with it for writing; of those that are shared for reading it is told
 * afterwards, and of no others. What a plugin's interceptors themselves do with
 * stores, they are not asked about.
 */
public final class StorageHooks implements StorageInterceptor {

    /** How long it may take until what is shared, and what no longer is, counts here. */
    private static final Duration KNOWN = Duration.ofSeconds(1);

    private static final Set<GrantedAccess> REFUSING = Set.of(GrantedAccess.WRITE);
    private static final Set<GrantedAccess> WATCHING = Set.of(GrantedAccess.READ);
    private static final Set<GrantedAccess> ALL = Set.of(GrantedAccess.values());

    /** The plugins whose interceptors are under way in this thread. */
    private static final ScopedValue<Set<String>> ASKED = ScopedValue.newInstance();

    private final Hooks hooks;
    private final LoadingCache<String, List<StorageGrant>> grants;

    /** @param grants what a plugin shares; asked where somebody else's interceptors take part */
    public StorageHooks(Hooks hooks, Function<String, List<StorageGrant>> grants) {
        this.hooks = hooks;
        this.grants = Caffeine.newBuilder().expireAfterWrite(KNOWN).build(grants::apply);
    }

    @Override
    public void beforeRead(StorageAccess access) {
        ask(access, "before a read", interceptor -> interceptor.beforeRead(access));
    }

    @Override
    public void afterRead(StorageAccess access, int entries) {
        ask(access, "after a read", interceptor -> interceptor.afterRead(access, entries));
        tell(access, WATCHING, "after a read", interceptor -> interceptor.afterRead(access, entries));
    }

    @Override
    public void beforeWrite(StorageAccess access) {
        ask(access, "before a write", interceptor -> interceptor.beforeWrite(access));
    }

    @Override
    public void afterWrite(StorageAccess access) {
        tell(access, ALL, "after a write", interceptor -> interceptor.afterWrite(access));
    }

    private void ask(StorageAccess access, String moment, Consumer<StorageInterceptor> code) {
        for (JoinedStorageHook hook : concerned(access, REFUSING)) {
            hook.caller().call(hook.name(), moment + place(access), asking(hook, code));
        }
    }

    private void tell(StorageAccess access, Set<GrantedAccess> may, String moment, Consumer<StorageInterceptor> code) {
        for (JoinedStorageHook hook : concerned(access, may)) {
            hook.caller().tell(hook.name(), moment + place(access), asking(hook, code));
        }
    }

    private static String place(StorageAccess access) {
        return " of " + access.store().owner() + "/" + access.store().namespace();
    }

    /** The plugin's code, which may run in another thread than this. */
    private static Callable<?> asking(JoinedStorageHook hook, Consumer<StorageInterceptor> code) {
        Set<String> asked = Stream.concat(asked().stream(), Stream.of(hook.plugin())).collect(Collectors.toSet());
        return Executors.callable(
                () -> ScopedValue.where(ASKED, asked).run(() -> code.accept(hook.interceptor())));
    }

    private static Set<String> asked() {
        return ASKED.isBound() ? ASKED.get() : Set.of();
    }

    /** @param may what their plugins may do with the store */
    private List<JoinedStorageHook> concerned(StorageAccess access, Set<GrantedAccess> may) {
        List<JoinedStorageHook> all = hooks.storage();
        return all.isEmpty()
                ? all
                : all.stream().filter(hook -> !asked().contains(hook.plugin()))
                        .filter(hook -> reach(hook.plugin(), access.store()).filter(may::contains).isPresent())
                        .toList();
    }

    private Optional<GrantedAccess> reach(String plugin, StoreAddress store) {
        return plugin.equals(store.owner())
                ? Optional.of(GrantedAccess.WRITE)
                : grants.get(store.owner()).stream()
                        .filter(grant -> grant.plugin().equals(plugin) && grant.namespace().equals(store.namespace()))
                        .map(StorageGrant::access).findFirst();
    }
}
