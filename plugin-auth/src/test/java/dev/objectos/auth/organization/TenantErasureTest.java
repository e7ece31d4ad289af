package dev.objectos.auth.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.background.PostponedException;
import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.cache.Cache;
import dev.objectos.runtime.cache.Caches;
import dev.objectos.runtime.storage.KeyValueStore;
import dev.objectos.runtime.storage.KeyValueStores;
import dev.objectos.runtime.storage.StoredValue;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What plugins keep of a tenant outside of the database goes with it. */
final class TenantErasureTest {

    /** Keeps what plugins keep in a file of its own. */
    private final TestingServer server = TestingServer.guarded();
    private final TestingPeople people = new TestingPeople(server, "erasure");

    private KeyValueStore store(UUID tenant) {
        return server.bean(KeyValueStores.class).of("erasure-test").store("notes", tenant);
    }

    @Test
    void isErasedOnceTheTenantIsDeletedAndNothingElseIs() {
        UUID tenant = people.tenant("erasure-gone");
        UUID other = people.tenant();
        Person owner = people.person(tenant, "owner");
        store(tenant).put("a", StoredValue.text("kept for the tenant"));
        store(other).put("a", StoredValue.text("kept for another one"));
        Cache<String> cache = server.bean(Caches.class).of("erasure-test").open("names", String.class);
        cache.put(tenant, "a", "remembered of the tenant");
        cache.put(other, "a", "remembered of another one");
        assertThat(owner.post("/api/auth/organization/delete",
                Map.of("organizationId", tenant.toString(), "slug", "erasure-gone")).status()).isEqualTo(200);
        Eventually.await(() -> store(tenant).get("a").isEmpty() && cache.peek(tenant, "a").isEmpty());
        assertThat(store(other).get("a")).isPresent();
        assertThat(cache.peek(other, "a")).isPresent();
    }

    @Test
    void waitsForTheDeletionAndLetsAloneWhatWorksOn() {
        UUID tenant = people.tenant();
        store(tenant).put("a", StoredValue.text("kept"));
        TenantErasure erasure = server.bean(TenantErasure.class);
        erasure.perform(Map.of("tenant", tenant.toString()));
        assertThat(store(tenant).get("a")).isPresent();
        server.bean(Organizations.class).suspend(tenant);
        assertThatThrownBy(() -> erasure.perform(Map.of("tenant", tenant.toString())))
                .isInstanceOf(PostponedException.class);
        assertThat(store(tenant).get("a")).isPresent();
    }
}
