package dev.objectos.runtime.storage.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.spi.StorageDriver;
import dev.objectos.runtime.spi.StorageDriver.Entry;
import dev.objectos.runtime.spi.StorageDriver.Put;
import dev.objectos.runtime.spi.StorageInterceptor;
import dev.objectos.runtime.storage.GrantedAccess;
import dev.objectos.runtime.storage.KeyValueStore;
import dev.objectos.runtime.storage.Precondition;
import dev.objectos.runtime.storage.StorageAccess;
import dev.objectos.runtime.storage.StorageGrant;
import dev.objectos.runtime.storage.StorageQuota;
import dev.objectos.runtime.storage.StorageUsage;
import dev.objectos.runtime.storage.StoreAddress;
import dev.objectos.runtime.storage.StoredValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is the same whatever the driver: rights, interceptors, encryption, values. */
class GuardedKeyValueStoreTest {

    private final StorageDriver driver = new MemoryStorageDriver();
    private final TestingStores stores = new TestingStores(driver);
    private final List<String> calls = new ArrayList<>();

    private static void refused(RuntimeError code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThat(catchThrowableOfType(PlatformException.class, call)).isNotNull()
                .extracting(PlatformException::code).isEqualTo(code);
    }

    private Entry stored(KeyValueStore store, String key) {
        return driver.read(store.address(), List.of(key), stores.clock().instant()).getFirst();
    }

    @Test
    void anotherPluginDoesWhatItWasGivenUntilThatIsTakenBack() {
        KeyValueStore own = stores.store();
        own.put("a", StoredValue.text("1"));
        KeyValueStore shared = stores.all().of("friend").sharedStore(stores.plugin(), "things", stores.tenant());
        refused(RuntimeError.PERMISSION_DENIED, () -> shared.get("a"));

        stores.own().share("things", "friend", GrantedAccess.READ);
        assertThat(shared.get("a").orElseThrow().value().text()).isEqualTo("1");
        refused(RuntimeError.PERMISSION_DENIED, () -> shared.put("b", StoredValue.text("2")));
        refused(RuntimeError.PERMISSION_DENIED,
                () -> stores.all().of("stranger").sharedStore(stores.plugin(), "things", stores.tenant()).get("a"));
        refused(RuntimeError.PERMISSION_DENIED,
                () -> stores.all().of("friend").sharedStore(stores.plugin(), "other", stores.tenant()).get("a"));

        stores.own().share("things", "friend", GrantedAccess.WRITE);
        shared.put("b", StoredValue.text("2"));
        assertThat(own.get("b")).isPresent();
        assertThat(stores.own().usage(stores.tenant())).isEqualTo(new StorageUsage(4, 2));
        assertThat(stores.all().of("friend").usage(stores.tenant())).isEqualTo(StorageUsage.NOTHING);
        assertThat(stores.own().shares())
                .containsExactly(new StorageGrant(stores.plugin(), "things", "friend", GrantedAccess.WRITE));

        stores.own().unshare("things", "friend");
        refused(RuntimeError.PERMISSION_DENIED, () -> shared.get("a"));
        refused(RuntimeError.INVALID_REQUEST,
                () -> stores.own().share("things", stores.plugin(), GrantedAccess.READ));
    }

    private final class Noting implements StorageInterceptor {

        private final int order;
        private final boolean veto;

        Noting(int order, boolean veto) {
            this.order = order;
            this.veto = veto;
        }

        @Override
        public int order() {
            return order;
        }

        private void note(String what, StorageAccess access) {
            calls.add(order + " " + what + " " + access.operation() + " " + access.keys());
            if (veto && what.startsWith("before")) {
                throw new PlatformException(RuntimeError.PERMISSION_DENIED, "not now");
            }
        }

        @Override
        public void beforeRead(StorageAccess access) {
            note("before", access);
        }

        @Override
        public void afterRead(StorageAccess access, int entries) {
            note("after " + entries, access);
        }

        @Override
        public void beforeWrite(StorageAccess access) {
            assertThat(access.plugin()).isEqualTo(stores.plugin());
            assertThat(access.store()).isEqualTo(new StoreAddress(stores.plugin(), "things", stores.tenant()));
            note("before", access);
        }

        @Override
        public void afterWrite(StorageAccess access) {
            note("after", access);
            throw new IllegalStateException("too late");
        }
    }

    @Test
    void interceptorsAreAskedInTheirOrderAndToldAfterwards() {
        stores.intercept(new Noting(5, false));
        stores.intercept(new Noting(-1, false));
        KeyValueStore store = stores.store();
        store.put("a", StoredValue.text("x"));
        store.scan("a", null, 5);
        store.putIfAbsent("a", StoredValue.text("y"));
        assertThat(calls).containsExactly("-1 before WRITE [a]", "5 before WRITE [a]", "-1 after WRITE [a]",
                "5 after WRITE [a]", "-1 before SCAN [a]", "5 before SCAN [a]", "-1 after 1 SCAN [a]",
                "5 after 1 SCAN [a]", "-1 before WRITE [a]", "5 before WRITE [a]");
        assertThat(store.get("a").orElseThrow().value().text()).isEqualTo("x");
    }

    @Test
    void anInterceptorThatRefusesKeepsItFromHappening() {
        KeyValueStore store = stores.store();
        store.put("a", StoredValue.text("x"));
        stores.intercept(new Noting(0, true));
        stores.intercept(new Noting(1, false));
        KeyValueStore guarded = stores.store();
        refused(RuntimeError.PERMISSION_DENIED, () -> guarded.put("a", StoredValue.text("y")));
        refused(RuntimeError.PERMISSION_DENIED, () -> guarded.delete("a"));
        refused(RuntimeError.PERMISSION_DENIED, () -> guarded.get("a"));
        assertThat(stored(store, "a").content().bytes()).isEqualTo("x".getBytes(StandardCharsets.UTF_8));
        assertThat(calls).allMatch(call -> call.startsWith("0 before"));
        assertThat(stores.meters().timer("objectos.storage.operations", "owner", stores.plugin(), "operation", "write",
                "outcome", "refused").count()).isEqualTo(2);
    }

    /** Waits until it is interrupted, or longer where it does not care. */
    private static final class Slow implements StorageInterceptor {

        private final boolean deaf;
        private volatile boolean interrupted;

        Slow(boolean deaf) {
            this.deaf = deaf;
        }

        @Override
        public void beforeWrite(StorageAccess access) {
            while (!interrupted) {
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
                interrupted = Thread.currentThread().isInterrupted();
            }
            if (!deaf) {
                throw new IllegalStateException("interrupted");
            }
        }

        @Override
        public void afterWrite(StorageAccess access) {
            beforeWrite(access);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInterceptorThatIsTooSlowIsInterruptedAndTheWriteRefused(boolean deaf) {
        stores.allowInterceptors(Duration.ofMillis(30));
        stores.intercept(new Slow(deaf));
        KeyValueStore store = stores.store();
        refused(RuntimeError.UNAVAILABLE, () -> store.put("a", StoredValue.text("x")));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(store.get("a")).isEmpty();
        assertThat(stores.meters().get("objectos.storage.interceptors.late").counter().count()).isEqualTo(1);
    }

    @Test
    void aWriteStandsThatAnInterceptorIsToldOfTooSlowly() {
        stores.allowInterceptors(Duration.ofMillis(30));
        stores.intercept(new StorageInterceptor() {

            @Override
            public void afterWrite(StorageAccess access) {
                new Slow(false).beforeWrite(access);
            }
        });
        KeyValueStore store = stores.store();
        store.put("a", StoredValue.text("x"));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(store.get("a")).isPresent();
        assertThat(stores.meters().get("objectos.storage.interceptors.late").counter().count()).isEqualTo(1);
    }

    @Test
    void anInterceptorMayKeepACallerFromSeeingWhatWasRead() {
        stores.store().put("a", StoredValue.text("x"));
        stores.intercept(new StorageInterceptor() {

            @Override
            public void afterRead(StorageAccess access, int entries) {
                throw new PlatformException(RuntimeError.PERMISSION_DENIED, "too many: " + entries);
            }
        });
        refused(RuntimeError.PERMISSION_DENIED, () -> stores.store().scan("", null, 5));
    }

    @Test
    void aSharedStoreMayBeEncryptedAndIsErasedWithEitherPlugin() {
        stores.store().encrypted().put("a", StoredValue.text("top secret"));
        stores.own().share("things", "friend", GrantedAccess.WRITE);
        KeyValueStore shared = stores.all().of("friend").sharedStore(stores.plugin(), "things", stores.tenant());
        assertThat(shared.get("a").orElseThrow().value().text()).isEqualTo("top secret");
        shared.encrypted().put("a", StoredValue.text("theirs"));
        assertThat(stored(shared, "a").content().keyId()).isNotNull();
        assertThat(stores.store().get("a").orElseThrow().value().text()).isEqualTo("theirs");

        stores.all().erase("friend");
        assertThat(stores.own().shares()).isEmpty();
        refused(RuntimeError.PERMISSION_DENIED, () -> shared.get("a"));
        assertThat(stores.store().get("a")).isPresent();
    }

    @Test
    void whatIsEncryptedIsReadableHereAlone() {
        KeyValueStore secret = stores.store().encrypted();
        secret.put("a", StoredValue.text("top secret"));
        Entry kept = stored(secret, "a");
        assertThat(new String(kept.content().bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("secret");
        assertThat(kept.content().keyId()).hasSize(16);
        secret.put("b", StoredValue.text("top secret"));
        assertThat(stored(secret, "b").content().bytes()).isNotEqualTo(kept.content().bytes());

        assertThat(secret.get("a").orElseThrow().value()).isEqualTo(StoredValue.text("top secret"));
        assertThat(stores.store().get("a").orElseThrow().value()).isEqualTo(StoredValue.text("top secret"));
        refused(RuntimeError.INVALID_REQUEST, () -> secret.increment("n", 1));
        secret.put("n", StoredValue.number(1));
        refused(RuntimeError.STORAGE_CONFLICT, () -> stores.store().increment("n", 1));
    }

    @Test
    void anEncryptedValueOpensOnlyWhereItWasPut() {
        KeyValueStore secret = stores.store().encrypted();
        secret.put("a", StoredValue.text("top secret"));
        KeyValueStore elsewhere = stores.store("other");
        for (var place : List.of(secret.address(), elsewhere.address())) {
            driver.write(place, List.of(new Put("copy", stored(secret, "a").content(), new Precondition.None())),
                    new StorageQuota(1_000, 10), stores.clock().instant());
        }
        refused(RuntimeError.INTERNAL, () -> secret.get("copy"));
        refused(RuntimeError.INTERNAL, () -> elsewhere.get("copy"));
    }

    @Test
    void keysCanBeRotated() {
        stores.store().encrypted().put("a", StoredValue.text("old"));
        KeyValueStore rotated = stores.with(TestingStores.cipher(2, 1)).of(stores.plugin())
                .store("things", stores.tenant()).encrypted();
        assertThat(rotated.get("a").orElseThrow().value().text()).isEqualTo("old");
        String before = stored(rotated, "a").content().keyId();
        rotated.put("a", rotated.get("a").orElseThrow().value());
        assertThat(stored(rotated, "a").content().keyId()).isNotEqualTo(before);
        assertThatThrownBy(() -> stores.store().get("a")).isInstanceOf(PlatformException.class)
                .hasMessageContaining("retired-key-files");
    }

    @Test
    void aValueIsWhatItSays() {
        refused(RuntimeError.INVALID_REQUEST, () -> StoredValue.json("{"));
        refused(RuntimeError.INVALID_REQUEST, () -> StoredValue.json(""));
        refused(RuntimeError.INVALID_REQUEST, () -> StoredValue.json("1 2"));
        assertThat(StoredValue.json(" [1, {\"a\": null}] ").text()).isEqualTo(" [1, {\"a\": null}] ");
        refused(RuntimeError.INVALID_REQUEST, () -> new StoredValue(new byte[3], StoredValue.NUMBER));
        refused(RuntimeError.INVALID_REQUEST, () -> new StoredValue(new byte[3], ""));
        assertThatThrownBy(() -> StoredValue.text("1").number()).isInstanceOf(IllegalStateException.class);
        assertThat(StoredValue.text("secret")).hasToString("text/plain;charset=UTF-8, 6 bytes")
                .isNotEqualTo(StoredValue.json("1")).hasSameHashCodeAs(StoredValue.text("secret"));
    }

    @Test
    void measuresUseAndWhatIsKept() {
        stores.store().put("a", StoredValue.text("12"));
        stores.store().get("a");
        assertThat(stores.meters().timer("objectos.storage.operations", "owner", stores.plugin(), "operation", "get",
                "outcome", "done").count()).isEqualTo(1);
        new StorageMeters(stores.meters()).used(driver.usages());
        assertThat(stores.meters().get("objectos.storage.used").tag("owner", stores.plugin()).gauge().value())
                .isEqualTo(3);
    }
}
