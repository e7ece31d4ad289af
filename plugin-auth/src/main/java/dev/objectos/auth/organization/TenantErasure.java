package dev.objectos.auth.organization;

import dev.objectos.auth.background.BackgroundTask;
import dev.objectos.auth.background.BackgroundWork;
import dev.objectos.auth.background.PostponedException;
import dev.objectos.auth.tenant.Tenant;
import dev.objectos.auth.tenant.TenantRepository;
import dev.objectos.runtime.cache.Caches;
import dev.objectos.runtime.storage.KeyValueStores;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Erases what plugins keep and remember of a tenant that has been deleted, wherever that is: in Redis or in a file no transaction of the
 * database reaches it. It is left as work before the deletion, so that it happens even if the server dies in between.
 */
public final class TenantErasure implements BackgroundTask {

    private static final String TENANT = "tenant";

    private final TenantRepository tenants;
    private final KeyValueStores stores;
    private final Caches caches;
    private final BackgroundWork work;

    public TenantErasure(TenantRepository tenants, KeyValueStores stores, Caches caches, BackgroundWork work) {
        this.tenants = tenants;
        this.stores = stores;
        this.caches = caches;
        this.work = work;
    }

    /** Has it erased once the tenant is gone. */
    void later(UUID tenant) {
        work.leave(kind(), Map.of(TENANT, tenant.toString()));
    }

    @Override
    public String kind() {
        return "erase-tenant";
    }

    /** A tenant that works on was not deleted after all; one that is suspended may be about to be. */
    @Override
    public void perform(Map<String, String> details) {
        UUID tenant = UUID.fromString(Objects.requireNonNull(details.get(TENANT)));
        Optional<Tenant> there = tenants.findById(tenant);
        if (there.isEmpty()) {
            stores.eraseTenant(tenant);
            caches.eraseTenant(tenant);
        } else if (there.get().suspended()) {
            throw new PostponedException("the tenant is not deleted yet");
        }
    }
}
