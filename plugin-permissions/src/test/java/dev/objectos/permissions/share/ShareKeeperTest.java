package dev.objectos.permissions.share;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.permissions.PermissionsPlugin;
import dev.objectos.runtime.database.PlatformMigrations;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.pipeline.FilteredRecords;
import dev.objectos.runtime.pipeline.TestingWrites;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.sql.QueryExecutor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which shares go, and which stay. */
class ShareKeeperTest {

    private static final Session PLATFORM = Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM);

    @Test
    void sharesGoWithTheirRecordsForGoodAndNotBefore() {
        var catalog = TestingCatalogs.loadFiles(Map.of("objects/deals.object.yml",
                "{name: deals, fields: {name: {type: text}}}", "objects/notes.object.yml",
                "{name: notes, enable: {trash: false}, fields: {name: {type: text}}}"));
        try (TestingWrites writes = TestingWrites.over("share_keeper", catalog); var keeper = keeper(writes)) {
            PlatformMigrations.migrate(writes.databases(), List.of(PermissionsPlugin.ID));
            var shares = new Shares(writes.databases().worker());
            UUID kept = share(writes, shares, "deals", null);
            UUID binned = share(writes, shares, "deals", null);
            UUID purged = share(writes, shares, "deals", null);
            UUID deleted = share(writes, shares, "notes", null);
            UUID over = share(writes, shares, "notes", Instant.now().minus(Duration.ofDays(2)));
            writes.pipeline().delete(new Mutation.Delete("deals", binned, null), PLATFORM);
            writes.pipeline().delete(new Mutation.Delete("deals", purged, null), PLATFORM);
            writes.bin().purge("deals", purged, PLATFORM);
            writes.pipeline().delete(new Mutation.Delete("notes", deleted, null), PLATFORM);
            shares.add(Session.DEFAULT_TENANT, share("gone", UUID.randomUUID(), null));

            assertThat(keeper.clear()).isEqualTo(3);
            assertThat(keeper.clear()).isZero();
            assertThat(writes.platform("select record_id from record_share where object <> 'gone' order by record_id"))
                    .containsExactlyInAnyOrder(kept.toString(), binned.toString());
            assertThat(shares.of(Session.DEFAULT_TENANT, "notes", over, Instant.EPOCH)).isEmpty();
            writes.bin().restore("deals", binned, PLATFORM);
            assertThat(shares.of(Session.DEFAULT_TENANT, "deals", binned, Instant.now())).hasSize(1);
        }
    }

    private static ShareKeeper keeper(TestingWrites writes) {
        return new ShareKeeper(new Shares(writes.databases().worker()), writes.catalogs(),
                new FilteredRecords(writes.catalogs(),
                        new QueryExecutor(writes.databases().app(), new SimpleMeterRegistry()), Clock.systemUTC()),
                writes.bin());
    }

    private static UUID share(TestingWrites writes, Shares shares, String object, @Nullable Instant until) {
        UUID record = writes.create(object, Map.of("name", "Shared"), PLATFORM).id();
        shares.add(Session.DEFAULT_TENANT, share(object, record, until));
        return record;
    }

    private static Share share(String object, UUID record, @Nullable Instant until) {
        return new Share(record, object, record, new Grantee.Role("clerk"), Access.READ, null, Instant.now(), until);
    }
}
