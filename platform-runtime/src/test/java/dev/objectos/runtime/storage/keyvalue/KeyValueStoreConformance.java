package dev.objectos.runtime.storage.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.objectos.runtime.ErrorCode;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.spi.StorageDriver;
import dev.objectos.runtime.storage.KeyValueStore;
import dev.objectos.runtime.storage.Precondition;
import dev.objectos.runtime.storage.StorageChange;
import dev.objectos.runtime.storage.StorageResult;
import dev.objectos.runtime.storage.StorageUsage;
import dev.objectos.runtime.storage.StoredEntry;
import dev.objectos.runtime.storage.StoredPage;
import dev.objectos.runtime.storage.StoredValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every driver must do; a driver's test inherits it. */
abstract class KeyValueStoreConformance {

    protected final TestingStores stores = new TestingStores(driver());

    protected abstract StorageDriver driver();

    private static StoredValue text(String text) {
        return StoredValue.text(text);
    }

    private static void refused(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThat(catchThrowableOfType(PlatformException.class, call)).isNotNull()
                .extracting(PlatformException::code).isEqualTo(code);
    }

    @Test
    void givesBackWhatWasPut() {
        KeyValueStore store = stores.store();
        assertThat(store.get("a")).isEmpty();
        long revision = store.put("a", StoredValue.json("{\"x\": [1, 2]}"));

        StoredEntry entry = store.get("a").orElseThrow();
        assertThat(entry).isEqualTo(new StoredEntry("a", StoredValue.json("{\"x\": [1, 2]}"), revision, null,
                stores.clock().instant()));
        byte[] bytes = {0, -1, 7};
        assertThat(store.put("a", StoredValue.of(bytes))).isGreaterThan(revision);
        assertThat(store.get("a").orElseThrow().value()).isEqualTo(StoredValue.of(new byte[]{0, -1, 7}));
    }

    @Test
    void keepsItsOwnCopyOfTheBytes() {
        KeyValueStore store = stores.store();
        byte[] bytes = {1, 2};
        store.put("a", StoredValue.of(bytes));
        bytes[0] = 9;
        store.get("a").orElseThrow().value().bytes()[1] = 9;
        assertThat(store.get("a").orElseThrow().value().bytes()).containsExactly(1, 2);
    }

    @Test
    void findsSeveralKeysAtOnce() {
        KeyValueStore store = stores.store();
        store.put("a", text("1"));
        store.put("b", text("2"));
        assertThat(store.getAll(List.of("a", "b", "c"))).containsOnlyKeys("a", "b");
    }

    @Test
    void deletes() {
        KeyValueStore store = stores.store();
        long revision = store.put("a", text("1"));
        assertThat(store.delete("a", revision + 1)).isFalse();
        assertThat(store.delete("a", revision)).isTrue();
        assertThat(store.delete("a")).isFalse();
        store.put("a", text("2"));
        assertThat(store.delete("a")).isTrue();
        assertThat(store.get("a")).isEmpty();
    }

    @Test
    void putsIfAbsentOnce() {
        KeyValueStore store = stores.store();
        assertThat(store.putIfAbsent("a", text("1"))).isPresent();
        assertThat(store.putIfAbsent("a", text("2"))).isEmpty();
        assertThat(store.get("a").orElseThrow().value().text()).isEqualTo("1");
    }

    @Test
    void comparesRevisionsAndNeverUsesOneAgain() {
        KeyValueStore store = stores.store();
        long first = store.put("a", text("1"));
        long second = store.compareAndSet("a", first, text("2")).orElseThrow();
        assertThat(store.compareAndSet("a", first, text("3"))).isEmpty();
        assertThat(store.get("a").orElseThrow().value().text()).isEqualTo("2");
        store.delete("a");
        assertThat(store.compareAndSet("a", second, text("4"))).isEmpty();
        assertThat(store.put("a", text("5"))).isGreaterThan(second);
        assertThat(store.compareAndSet("a", second, text("6"))).isEmpty();
    }

    @Test
    void whatHasExpiredIsGoneAtOnceForEveryOperation() {
        KeyValueStore store = stores.store();
        var minute = Duration.ofMinutes(1);
        long revision = store.put("get", text("1"), minute);
        store.put("absent", text("1"), minute);
        store.put("number", StoredValue.number(5), minute);
        store.put("kept", text("1"));
        stores.clock().advance(minute.minusMillis(1));
        assertThat(store.scan("", null, 10).entries()).hasSize(4);
        stores.clock().advance(Duration.ofMillis(1));

        assertThat(store.get("get")).isEmpty();
        assertThat(store.scan("", null, 10).entries()).extracting(StoredEntry::key).containsExactly("kept");
        assertThat(store.compareAndSet("get", revision, text("2"))).isEmpty();
        assertThat(store.delete("get", revision)).isFalse();
        assertThat(store.delete("get")).isFalse();
        assertThat(store.putIfAbsent("absent", text("2"))).isPresent();
        assertThat(store.increment("number", 2)).isEqualTo(2);
        assertThat(store.get("number").orElseThrow().expiresAt()).isNull();
    }

    @Test
    void removesWhatHasExpiredInBatchesAndCountsItNoMore() {
        KeyValueStore store = stores.store();
        for (int i = 0; i < 7; i++) {
            store.put("gone" + i, text("x"), Duration.ofSeconds(1));
        }
        store.put("kept", text("x"), Duration.ofSeconds(9));
        assertThat(stores.own().usage(stores.tenant()).entries()).isEqualTo(8);
        stores.clock().advance(Duration.ofSeconds(2));
        assertThat(stores.expiryJob(3).removeExpired()).isGreaterThanOrEqualTo(7);
        assertThat(stores.own().usage(stores.tenant())).isEqualTo(new StorageUsage(5, 1));
        assertThat(store.get("kept")).isPresent();
    }

    @Test
    void countsUpAndDown() {
        KeyValueStore store = stores.store();
        assertThat(store.increment("n", 3, Duration.ofMinutes(1))).isEqualTo(3);
        assertThat(store.increment("n", -5)).isEqualTo(-2);
        StoredEntry entry = store.get("n").orElseThrow();
        assertThat(entry.value().number()).isEqualTo(-2);
        assertThat(entry.expiresAt()).isEqualTo(stores.clock().instant().plusSeconds(60));
        store.put("n", StoredValue.number(Long.MAX_VALUE));
        refused(RuntimeError.STORAGE_CONFLICT, () -> store.increment("n", 1));
        assertThat(store.get("n").orElseThrow().value().number()).isEqualTo(Long.MAX_VALUE);
        store.put("t", text("12345678"));
        refused(RuntimeError.STORAGE_CONFLICT, () -> store.increment("t", 1));
    }

    @Test
    void scansAPrefixPageByPageInTheOrderOfCodePoints() {
        KeyValueStore store = stores.store();
        List<String> keys = List.of("p/", "p/A", "p/Z", "p/a", "p/é", "p/\uD7FF", "p/\uFF5E", "p/😀",
                "p/\uDBFF\uDFFFz");
        keys.reversed().forEach(key -> store.put(key, text(key)));
        List.of("o", "p", "p0", "q").forEach(key -> store.put(key, text(key)));

        var found = new ArrayList<String>();
        String cursor = null;
        do {
            StoredPage page = store.scan("p/", cursor, 2);
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(2);
            page.entries().forEach(entry -> found.add(entry.key()));
            cursor = page.cursor();
        } while (cursor != null);
        assertThat(found).containsExactlyElementsOf(keys);
        assertThat(store.scan("p/\uDBFF\uDFFF", null, 5).entries()).hasSize(1);
        assertThat(store.scan("p/\uD7FF", null, 5).entries()).hasSize(1);
        assertThat(store.scan("p/", "a", 100).entries()).hasSize(keys.size());
        assertThat(store.scan("p/", "z", 100).entries()).isEmpty();
        assertThat(store.scan("", null, 100).entries()).hasSize(keys.size() + 4);
        refused(RuntimeError.INVALID_REQUEST, () -> store.scan("", null, 0));
        refused(RuntimeError.INVALID_REQUEST, () -> store.scan("", null, 1_001));
    }

    @Test
    void aPageThatEndsExactlyHasNoCursor() {
        KeyValueStore store = stores.store();
        store.put("a", text("1"));
        store.put("b", text("2"));
        assertThat(store.scan("", null, 2).cursor()).isNull();
        assertThat(store.scan("", null, 1).cursor()).isEqualTo("a");
    }

    @Test
    void aBatchIsMadeAsAWholeAndAnswersInItsOrder() {
        KeyValueStore store = stores.store();
        long revision = store.put("b", text("old"));
        List<StorageResult> results = store.batch(List.of(StorageChange.delete("z"),
                new StorageChange.Put("b", text("new"), null, new Precondition.Revision(revision)),
                new StorageChange.Put("a", text("1"), null, new Precondition.Absent()),
                new StorageChange.Increment("n", 4, null)));
        assertThat(results).extracting(StorageResult::existed).containsExactly(false, true, false, false);
        assertThat(results.get(3).number()).isEqualTo(4);
        assertThat(store.get("b").orElseThrow().revision()).isEqualTo(results.get(1).revision());
        assertThat(store.batch(List.of())).isEmpty();
    }

    @Test
    void aBatchThatCannotBeMadeChangesNothing() {
        KeyValueStore store = stores.store();
        store.put("b", text("old"));
        StorageUsage before = stores.own().usage(stores.tenant());
        var refusal = catchThrowableOfType(PlatformException.class,
                () -> store.batch(List.of(new StorageChange.Put("c", text("x"), null, new Precondition.None()),
                        new StorageChange.Put("b", text("x"), null, new Precondition.Absent()),
                        StorageChange.put("a", text("x")))));
        assertThat(refusal.code()).isEqualTo(RuntimeError.STORAGE_CONFLICT);
        assertThat(refusal.members()).containsEntry("key", "b").containsEntry("change", 1);
        assertThat(store.scan("", null, 9).entries()).extracting(StoredEntry::key).containsExactly("b");
        refused(RuntimeError.STORAGE_CONFLICT,
                () -> store
                        .batch(List.of(StorageChange.put("a", text("x")), new StorageChange.Increment("b", 1, null))));
        refused(RuntimeError.STORAGE_CONFLICT, () -> store.batch(List.of(StorageChange.put("a", text("x")),
                new StorageChange.Delete("b", new Precondition.Absent()))));
        assertThat(store.get("a")).isEmpty();
        assertThat(stores.own().usage(stores.tenant())).isEqualTo(before);
        refused(RuntimeError.INVALID_REQUEST,
                () -> store.batch(List.of(StorageChange.delete("a"), StorageChange.delete("a"))));
    }

    @Test
    void countsWhatIsKeptExactly() {
        KeyValueStore store = stores.store();
        store.put("é", text("123"));
        assertThat(stores.own().usage(stores.tenant())).isEqualTo(new StorageUsage(5, 1));
        store.put("é", text("1"));
        stores.store("other").increment("n", 1);
        assertThat(stores.own().usage(stores.tenant())).isEqualTo(new StorageUsage(12, 2));
        store.delete("é");
        assertThat(stores.own().usage(stores.tenant())).isEqualTo(new StorageUsage(9, 1));
        assertThat(stores.all().usage(stores.plugin())).isEqualTo(new StorageUsage(9, 1));
    }

    @Test
    void refusesWhatIsAboveTheQuotaButNeverWhatShrinks() {
        KeyValueStore store = stores.store();
        stores.allow(100, 2);
        store.put("a", text("x".repeat(50)));
        assertThatThrownBy(() -> store.put("b", text("x".repeat(50)))).isInstanceOfSatisfying(PlatformException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(RuntimeError.QUOTA_EXCEEDED))
                .hasMessageContaining("100 bytes in 2 entries");
        store.put("b", text("x".repeat(48)));
        refused(RuntimeError.QUOTA_EXCEEDED, () -> store.increment("n", 1));
        refused(RuntimeError.QUOTA_EXCEEDED, () -> store.putIfAbsent("c", text("")));
        assertThat(stores.own().usage(stores.tenant())).isEqualTo(new StorageUsage(100, 2));
        stores.allow(10, 1);
        store.put("a", text("x".repeat(20)));
        store.delete("b");
        assertThat(stores.own().usage(stores.tenant())).isEqualTo(new StorageUsage(21, 1));
        assertThat(stores.meters().counter("objectos.storage.over.quota", "owner", stores.plugin()).count())
                .isEqualTo(3);
    }

    @Test
    void whatHasExpiredMakesRoom() {
        KeyValueStore store = stores.store();
        stores.allow(1_000, 2);
        store.put("a", text("1"), Duration.ofSeconds(1));
        store.put("b", text("1"), Duration.ofSeconds(1));
        refused(RuntimeError.QUOTA_EXCEEDED, () -> store.put("c", text("1")));
        stores.clock().advance(Duration.ofSeconds(1));
        store.put("c", text("1"));
        assertThat(stores.own().usage(stores.tenant()).entries()).isEqualTo(1);
    }

    @Test
    void nobodySeesAnothersEntries() {
        stores.store().put("a", text("mine"));
        UUID elsewhere = UUID.randomUUID();
        List<KeyValueStore> others = List.of(stores.store("other"), stores.own().store("things", elsewhere),
                stores.all().of(stores.plugin() + "x").store("things", stores.tenant()));
        for (KeyValueStore other : others) {
            assertThat(other.get("a")).isEmpty();
            assertThat(other.scan("", null, 10).entries()).isEmpty();
            assertThat(other.putIfAbsent("a", text("theirs"))).isPresent();
            assertThat(other.delete("a")).isTrue();
        }
        assertThat(stores.store().get("a").orElseThrow().value().text()).isEqualTo("mine");
        assertThat(stores.own().usage(elsewhere)).isEqualTo(StorageUsage.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\u0000b", "a\nb", "\uD800"})
    void refusesKeysThatCannotBeOnes(String key) {
        refused(RuntimeError.INVALID_REQUEST, () -> stores.store().put(key, text("x")));
        refused(RuntimeError.INVALID_REQUEST, () -> stores.store().get(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "1a", "a b", "a/b"})
    void refusesNamespacesThatCannotBeOnes(String namespace) {
        refused(RuntimeError.INVALID_REQUEST, () -> stores.store(namespace));
    }

    @Test
    void refusesWhatIsTooLarge() {
        KeyValueStore store = stores.store();
        String key = "é".repeat(256);
        store.put(key, StoredValue.of(new byte[TestingStores.MAXIMUM_VALUE]));
        assertThat(store.get(key).orElseThrow().value().bytes()).hasSize(TestingStores.MAXIMUM_VALUE);
        refused(RuntimeError.INVALID_REQUEST, () -> store.put(key + "x", text("x")));
        refused(RuntimeError.PAYLOAD_TOO_LARGE,
                () -> store.put("a", StoredValue.of(new byte[TestingStores.MAXIMUM_VALUE + 1])));
        refused(RuntimeError.INVALID_REQUEST, () -> store.put("a", text("x"), Duration.ZERO));
    }

    @Test
    void theRevisionOfAnAbsentEntryIsNone() {
        assertThat(stores.store().compareAndSet("a", 0, text("x"))).isEqualTo(OptionalLong.empty());
    }

    @Test
    void erasesAPluginWithWhatItShares() {
        stores.store().put("a", text("1"));
        stores.own().store("things", UUID.randomUUID()).put("a", text("1"));
        stores.own().share("things", "friend", dev.objectos.runtime.storage.GrantedAccess.READ);
        stores.all().erase(stores.plugin());
        assertThat(stores.store().get("a")).isEmpty();
        assertThat(stores.own().usage(stores.tenant())).isEqualTo(StorageUsage.NOTHING);
        assertThat(stores.own().shares()).isEmpty();
    }

    @Test
    void erasesATenantAndNoOther() {
        UUID other = UUID.randomUUID();
        stores.store().put("a", text("1"));
        stores.own().store("more", stores.tenant()).put("b", text("2"));
        stores.own().store("things", other).put("a", text("1"));
        stores.all().eraseTenant(stores.tenant());
        assertThat(stores.store().get("a")).isEmpty();
        assertThat(stores.own().store("more", stores.tenant()).get("b")).isEmpty();
        assertThat(stores.own().usage(stores.tenant())).isEqualTo(StorageUsage.NOTHING);
        assertThat(stores.own().store("things", other).get("a")).isPresent();
    }
}
