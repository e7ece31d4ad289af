package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.pipeline.TestingWrites.refusal;
import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.idempotency.KeyKeeper;
import dev.objectos.runtime.idempotency.StoredIdempotencyKeys;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.BatchResult.Outcome;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.spi.IdempotencyKeys;
import dev.objectos.runtime.spi.IdempotencyKeys.Answer;
import dev.objectos.runtime.spi.IdempotencyKeys.Attempt;
import dev.objectos.runtime.spi.IdempotencyKeys.Claim;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests under a key, whose nodes die at the worst moments. */
class RepeatedWritesTest {

    private static final byte[] REQUEST = {1};

    private static TestingWrites writes;
    private static KeyKeeper keeper;
    private static IdempotencyKeys keys;

    private String key = "";

    @BeforeAll
    static void publish() {
        writes = TestingWrites.of("write_repeated", """
                name: tickets
                fields:
                  name: {type: text, required: true}
                  code: {type: text, external_id: true, unique: true}
                """);
        keeper = new KeyKeeper(writes.databases().worker());
        keys = new StoredIdempotencyKeys(writes.databases().app(), keeper);
    }

    @AfterAll
    static void close() {
        writes.close();
    }

    @BeforeEach
    void takeANewKey() {
        key = UUID.randomUUID().toString();
    }

    @Test
    void answersAgainWhatWasKept() {
        Attempt attempt = begin();
        attempt.keep(new Answer(201, "application/json", "/there", "\"1\"", new byte[]{7}));
        assertThat(claim()).isInstanceOfSatisfying(Claim.Answered.class, answered -> {
            assertThat(answered.answer()).usingRecursiveComparison()
                    .isEqualTo(new Answer(201, "application/json", "/there", "\"1\"", new byte[]{7}));
        });
        assertThat(keys.claim(writes.session(), key, new byte[]{2})).isInstanceOf(Claim.Reused.class);
        assertThat(keys.claim(writes.session(TestingWrites.OTHER_TENANT), key, new byte[]{2}))
                .isInstanceOf(Claim.Begun.class);
    }

    @Test
    void letsOneAtATimeTry() {
        Attempt attempt = begin();
        assertThat(claim()).isInstanceOf(Claim.Running.class);
        attempt.release();
        assertThat(claim()).isInstanceOf(Claim.Begun.class);
    }

    @Test
    void doesNotRepeatWhatWasDoneBeforeACrash() {
        RecordDocument made = begin().run(() -> create("once"));
        // The node dies here: the change is committed, and nobody was answered.
        lapse();
        RecordDocument again = begin().run(() -> create("once"));
        assertThat(again.id()).isEqualTo(made.id());
        assertThat(again.json().toString()).isEqualTo(made.json().toString());
        assertThat(count("once")).isOne();
    }

    @Test
    void doesTheWritesThatAreLeft() {
        begin().run(() -> create("first"));
        lapse();
        List<UUID> ids = begin().run(() -> List.of(create("first").id(), create("second").id()));
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(count("first") + count("second")).isEqualTo(2);
    }

    @Test
    void goesOnWithABatchWhereItStopped() {
        create("taken", "T1");
        var batch = new Batch(List.of(mutation("a", "A1"), mutation("b", "T1"), mutation("c", "C1")), false, true,
                false);
        BatchResult before = begin().run(() -> writes.pipeline().batch(batch, writes.session()));
        assertThat(before.succeeded()).isEqualTo(2);
        writes.platform("delete from platform.idempotent_effect where key = '" + key
                + "' and step = '0.2' returning step");
        writes.delete("tickets", id(before, 2));
        lapse();
        BatchResult after = begin().run(() -> writes.pipeline().batch(batch, writes.session()));
        assertThat(after.succeeded()).isEqualTo(2);
        assertThat(id(after, 0)).isEqualTo(id(before, 0));
        assertThat(id(after, 2)).isNotEqualTo(id(before, 2));
        assertThat(count("a") + count("c")).isEqualTo(2);
    }

    @Test
    void tellsUpsertsThatCreatedFromThoseThatDidNot() {
        var batch = new Batch(List.of(upsert("u1", "U1"), upsert("u2", "U1")), true, false, false);
        BatchResult before = begin().run(() -> writes.pipeline().batch(batch, writes.session()));
        lapse();
        BatchResult after = begin().run(() -> writes.pipeline().batch(batch, writes.session()));
        assertThat(after.outcomes()).isEqualTo(before.outcomes());
    }

    @Test
    void undoesTheWriteOfAnAttemptThatWasTakenOver() {
        Attempt slow = begin();
        lapse();
        begin();
        assertThat(refusal(() -> slow.run(() -> create("late"))).code()).isEqualTo(RuntimeError.CONCURRENT_UPDATE);
        assertThat(count("late")).isZero();
        slow.keep(new Answer(201, null, null, null, new byte[0]));
        assertThat(claim()).isInstanceOf(Claim.Running.class);
    }

    @Test
    void freesTheKeyWhereNothingWasDone() {
        Attempt attempt = begin();
        assertThat(refusal(() -> attempt.run(() -> create("refused", "X", "unknown"))).code())
                .isEqualTo(RuntimeError.INVALID_FIELD);
        attempt.release();
        assertThat(keys.claim(writes.session(), key, new byte[]{2})).isInstanceOf(Claim.Begun.class);
    }

    @Test
    void forgetsAfterADay() {
        begin().run(() -> create("old"));
        writes.platform("update platform.idempotency_key set expires_at = now() - interval '1 second' where key = '"
                + key + "' returning key");
        assertThat(keys.claim(writes.session(), key, new byte[]{2})).isInstanceOf(Claim.Begun.class);
        writes.platform("update platform.idempotency_key set expires_at = now() - interval '1 second' where key = '"
                + key + "' returning key");
        keeper.purge();
        assertThat(writes.platform("select key from platform.idempotency_key where key = '" + key + "'")).isEmpty();
        assertThat(writes.platform("select key from platform.idempotent_effect where key = '" + key + "'")).isEmpty();
    }

    private Claim claim() {
        return keys.claim(writes.session(), key, REQUEST);
    }

    private Attempt begin() {
        return ((Claim.Begun) claim()).attempt();
    }

    /** The node of the attempt says nothing any more. */
    private void lapse() {
        writes.platform("update platform.idempotency_key set leased_until = now() - interval '1 second' where key = '"
                + key + "' returning key");
    }

    private static long count(String name) {
        return writes.number("select count(*) from data.tickets where name = '" + name + "'");
    }

    private static RecordDocument create(String name) {
        return writes.create("tickets", values("name", name));
    }

    private static RecordDocument create(String name, String code) {
        return writes.create("tickets", values("name", name, "code", code));
    }

    private static RecordDocument create(String name, String code, String unknown) {
        return writes.create("tickets", values("name", name, "code", code, unknown, 1));
    }

    private static Mutation mutation(String name, String code) {
        return new Mutation.Create("tickets", values("name", name, "code", code));
    }

    private static Mutation upsert(String name, String code) {
        return new Mutation.Upsert("tickets", new Mutation.Match.ExternalId(code),
                values("name", name, "code", code));
    }

    private static UUID id(BatchResult result, int index) {
        return Objects.requireNonNull(((Outcome.Done) result.outcomes().get(index)).id());
    }
}
