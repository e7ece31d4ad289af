package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.pipeline.TestingWrites.reason;
import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.BatchResult.Outcome;
import dev.objectos.runtime.query.Mutation;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Of several changes at once each is judged as if it stood alone, in the state that those before it leave. */
class BatchRightsTest {

    private static RestrictedAccounts accounts;
    private static TestingWrites writes;
    private static UUID ada;
    private static UUID bob;

    @BeforeAll
    static void publish() {
        accounts = new RestrictedAccounts("batch_rights");
        writes = accounts.writes();
        ada = accounts.ada();
        bob = accounts.bob();
    }

    @AfterAll
    static void close() {
        accounts.close();
    }

    @Test
    void judgesEachRecordOfABatch() {
        UUID mine = accounts.account("Mine", ada);
        UUID others = accounts.account("Others", bob);
        UUID hidden = accounts.account("Hidden", ada);
        UUID second = accounts.account("Second", ada);
        List<Mutation> updates = List.of(rename(mine), rename(others), rename(hidden), rename(second));
        List<Mutation> creations = List.of(creation(ada), creation(bob), creation(ada));
        long records = writes.number("select count(*) from data.accounts");

        assertThat(codes(batch(updates, true, false)))
                .containsExactly("rolled back", "PERMISSION_DENIED", "RECORD_NOT_FOUND", "rolled back");
        assertThat(codes(batch(creations, true, false)))
                .containsExactly("rolled back", "PERMISSION_DENIED", "rolled back");
        assertThat(writes.number("select count(*) from data.accounts")).isEqualTo(records);
        assertThat(writes.row("accounts", mine)).containsEntry("name", "Mine");
        assertThat(codes(batch(updates, false, true)))
                .containsExactly("done", "PERMISSION_DENIED", "RECORD_NOT_FOUND", "done");
        assertThat(codes(batch(updates, false, false)))
                .containsExactly("done", "PERMISSION_DENIED", "skipped", "skipped");
        assertThat(codes(batch(creations, false, true))).containsExactly("done", "PERMISSION_DENIED", "done");
        List<Mutation> deletions = List.of(deletion(mine), deletion(others), deletion(hidden), deletion(second));
        assertThat(codes(batch(deletions, true, false)))
                .containsExactly("rolled back", "PERMISSION_DENIED", "RECORD_NOT_FOUND", "rolled back");
        assertThat(codes(batch(deletions, false, true)))
                .containsExactly("done", "PERMISSION_DENIED", "RECORD_NOT_FOUND", "done");
    }

    @Test
    void asksAboutSeveralRecordsAtOnce() {
        var mutations = new ArrayList<Mutation>();
        for (int i = 0; i < 20; i++) {
            mutations.add(rename(accounts.account("Mine", ada)));
        }
        long before = writes.statements();
        assertThat(codes(batch(mutations, true, false))).containsOnly("done");
        assertThat(writes.statements() - before).as("lock, judge, write").isEqualTo(3);
    }

    @Test
    void judgesAnUpsertByWhatItTurnsOutToBe() {
        writes.create("accounts", values("name", "Mine", "code", "up-1", "owner", ada.toString()),
                RestrictedAccounts.SYSTEM);
        writes.create("accounts", values("name", "Others", "code", "up-2", "owner", bob.toString()),
                RestrictedAccounts.SYSTEM);
        UUID hidden = writes
                .create("accounts", values("name", "Hidden", "code", "up-3", "owner", ada.toString()),
                        RestrictedAccounts.SYSTEM)
                .id();

        assertThat(codes(batch(List.of(upsert("up-1", ada), upsert("up-4", ada)), true, false))).containsOnly("done");
        assertThat(codes(batch(List.of(upsert("up-2", ada)), true, false))).containsExactly("PERMISSION_DENIED");
        assertThat(codes(batch(List.of(upsert("up-5", bob)), true, false))).containsExactly("PERMISSION_DENIED");
        PlatformException taken = reason(batch(List.of(upsert("up-3", ada)), true, false));
        assertThat(taken.code()).as("a value is taken, and nothing else is told")
                .isEqualTo(RuntimeError.UNIQUE_VIOLATION);
        assertThat(taken.toString()).doesNotContain(hidden.toString());
        assertThat(codes(batch(List.of(new Mutation.Upsert("accounts", new Mutation.Match.Fields(List.of("name")),
                values("name", "Hidden", "owner", ada.toString()))), true, false)))
                .as("what is not seen matches nothing").containsExactly("done");
        assertThat(writes.row("accounts", hidden)).containsEntry("version", 1);
    }

    @Test
    void judgesWhatItsOwnTransactionHasDone() {
        UUID made = UUID.randomUUID();
        List<Mutation> passedOn = List.of(new Mutation.Create("accounts",
                values("name", "Made", "owner", ada.toString()), made),
                new Mutation.Update("accounts", made, values("name", "Mine still", "owner", bob.toString()), null),
                rename(made));
        assertThat(codes(batch(passedOn, true, false)))
                .containsExactly("rolled back", "rolled back", "PERMISSION_DENIED");
        List<Mutation> hiding = List.of(passedOn.getFirst(),
                new Mutation.Update("accounts", made, values("name", "Hidden"), null), deletion(made));
        assertThat(codes(batch(hiding, true, false)))
                .containsExactly("rolled back", "rolled back", "RECORD_NOT_FOUND");
        assertThat(codes(batch(List.of(passedOn.getFirst(), rename(made),
                new Mutation.Create("accounts", values("name", "Child", "owner", ada.toString(), "parent",
                        new Mutation.OperationRef(0)))),
                true, false))).containsOnly("done");
    }

    private static Mutation rename(UUID id) {
        return new Mutation.Update("accounts", id, values("name", "Renamed"), null);
    }

    private static Mutation deletion(UUID id) {
        return new Mutation.Delete("accounts", id, null);
    }

    private static Mutation creation(UUID owner) {
        return new Mutation.Create("accounts", values("name", "Created", "owner", owner.toString()));
    }

    private static Mutation upsert(String code, UUID owner) {
        return new Mutation.Upsert("accounts", new Mutation.Match.ExternalId(code),
                values("name", "Upserted", "owner", owner.toString()));
    }

    private static BatchResult batch(List<Mutation> mutations, boolean atomic, boolean continueOnError) {
        return writes.pipeline().batch(new Batch(mutations, atomic, continueOnError, false),
                RestrictedAccounts.session(ada));
    }

    private static List<String> codes(BatchResult result) {
        return result.outcomes().stream().map(outcome -> switch (outcome) {
            case Outcome.Done _ -> "done";
            case Outcome.Refused refused -> refused.reason().code().name();
            case Outcome.RolledBack _ -> "rolled back";
            case Outcome.Skipped _ -> "skipped";
        }).toList();
    }
}
