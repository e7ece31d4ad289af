package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.pipeline.TestingWrites.parse;
import static dev.objectos.runtime.pipeline.TestingWrites.refusal;
import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static dev.objectos.runtime.query.TestingQuery.compare;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.BatchResult.Outcome;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.spi.SessionValue;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No change goes round the rights to it: of one record or many, asked for as whatever it is. */
class WriteRightsTest {

    private static final Session SYSTEM = Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM);
    private static final RowFilter MINE = new RowFilter.Where(
            compare("owner", Operator.EQ, (SessionValue) Session::userId));

    private static final String[] OBJECTS = {"""
            name: accounts
            label: Account
            fields:
              name: {type: text, max_length: 20}
              code: {type: text, external_id: true, unique: true}
              tier: {type: text}
              owner: {type: lookup, reference_to: user}
              number: {type: autonumber, format: "A-{0000}"}
              parent: {type: lookup, reference_to: accounts}
            """, """
            name: plain
            fields: {text: {type: text}}
            """};

    private static TestingWrites writes;
    private static UUID ada;
    private static UUID bob;

    @BeforeAll
    static void publish() {
        writes = TestingWrites.of("write_rights", OBJECTS)
                .with(new HidingRewriter().sparingTheSystem().rows("accounts",
                        new RowFilter.Not(new RowFilter.Where(compare("name", Operator.EQ, "Hidden")))))
                .with(new LimitingRights().rows("accounts", ChangeAction.CREATE, MINE)
                        .rows("accounts", ChangeAction.UPDATE, MINE).rows("accounts", ChangeAction.DELETE, MINE)
                        .lock("accounts", ChangeAction.UPDATE, "code", "tier")
                        .lock("accounts", ChangeAction.CREATE, "tier"));
        ada = Objects.requireNonNull(writes.session().userId());
        bob = writes.create("user", values("name", "Bob", "email", "bob@example.com"), SYSTEM).id();
    }

    @AfterAll
    static void close() {
        writes.close();
    }

    @Test
    void changesOnlyWhatIsSeenAndPermitted() {
        UUID mine = account("Mine", ada);
        UUID others = account("Others", bob);
        UUID hidden = account("Hidden", ada);
        UUID unknown = UUID.randomUUID();

        assertThat(parse(update(mine, values("name", "New")))).containsEntry("name", "New");
        for (Function<UUID, PlatformException> change : List.<Function<UUID, PlatformException>>of(
                id -> refusal(() -> update(id, values("name", "X"))), id -> refusal(() -> delete(id)))) {
            assertThat(change.apply(others).code()).isEqualTo(RuntimeError.PERMISSION_DENIED);
            assertThat(change.apply(others).message()).endsWith("this Account").startsWith("You may not ");
            assertThat(change.apply(others).object()).isEqualTo("accounts");
            assertThat(change.apply(hidden).code()).isEqualTo(RuntimeError.RECORD_NOT_FOUND);
            assertThat(change.apply(hidden).message().replace(hidden.toString(), unknown.toString()))
                    .isEqualTo(change.apply(unknown).message());
        }
        assertThat(writes.row("accounts", others)).containsEntry("name", "Others").containsEntry("version", 1);
        assertThat(writes.row("accounts", hidden)).containsEntry("name", "Hidden");
        delete(mine);
        assertThat(writes.number("select count(*) from data.accounts where id = '" + mine + "'")).isZero();
    }

    @Test
    void refusesBeforeAnythingIsLookedAt() {
        try (var own = TestingWrites.of("write_admitted", OBJECTS).with(new LimitingRights()
                .refuse("accounts", ChangeAction.CREATE).refuse("accounts", ChangeAction.UPDATE)
                .refuse("accounts", ChangeAction.DELETE))) {
            long before = own.statements();
            for (PlatformException refused : List.of(
                    refusal(() -> own.create("accounts", values("nothing_such", 1))),
                    refusal(() -> own.update("accounts", UUID.randomUUID(), values("name", 5))),
                    refusal(() -> own.delete("accounts", UUID.randomUUID())),
                    reason(own.atomic(List.of(new Mutation.Upsert("accounts", new Mutation.Match.ExternalId("c"),
                            values("name", "A"))))))) {
                assertThat(refused.code()).isEqualTo(RuntimeError.PERMISSION_DENIED);
            }
            assertThat(own.statements() - before).as("statements beside the user's creation").isLessThanOrEqualTo(1);
        }
    }

    @Test
    void judgesACreationByTheRecordThatItMakesAndUsesNoNumberUp() {
        String first = number(create(values("name", "Made", "owner", ada.toString())));
        long records = writes.number("select count(*) from data.accounts");
        long events = events();

        assertThat(refusal(() -> create(values("name", "Not made", "owner", bob.toString()))).message())
                .isEqualTo("You may not create this Account");
        assertThat(refusal(() -> create(values("name", "Not made"))).code()).isEqualTo(RuntimeError.PERMISSION_DENIED);
        assertThat(writes.number("select count(*) from data.accounts")).isEqualTo(records);
        assertThat(events()).isEqualTo(events);
        assertThat(number(create(values("name", "Made", "owner", ada.toString())))).isEqualTo(next(first));
    }

    @Test
    void judgesEachRecordOfABatch() {
        UUID mine = account("Mine", ada);
        UUID others = account("Others", bob);
        UUID hidden = account("Hidden", ada);
        UUID second = account("Second", ada);
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
            mutations.add(rename(account("Mine", ada)));
        }
        long before = writes.statements();
        assertThat(codes(batch(mutations, true, false))).containsOnly("done");
        assertThat(writes.statements() - before).as("lock, judge, write").isEqualTo(3);
    }

    @Test
    void writesWithOneStatementWhereNothingIsRestricted() {
        Session admin = session(ada, "admin");
        var plain = new ArrayList<UUID>();
        assertThat(statements(() -> plain.add(writes.create("plain", values("text", "a"), session(ada)).id())))
                .isEqualTo(1);
        assertThat(statements(() -> writes.pipeline().update(
                new Mutation.Update("plain", plain.getFirst(), values("text", "b"), null), session(ada)))).isEqualTo(1);
        assertThat(statements(() -> writes.pipeline()
                .delete(new Mutation.Delete("plain", plain.getFirst(), null), session(ada)))).isEqualTo(1);
        assertThat(statements(() -> writes.create("accounts", values("name", "A"), admin)))
                .as("whoever may create anything").isEqualTo(1);
        UUID restricted = account("Mine", ada);
        assertThat(statements(() -> update(restricted, values("name", "B")))).as("lock, judge, write").isEqualTo(3);
    }

    @Test
    void judgesAnUpsertByWhatItTurnsOutToBe() {
        writes.create("accounts", values("name", "Mine", "code", "up-1", "owner", ada.toString()), SYSTEM);
        writes.create("accounts", values("name", "Others", "code", "up-2", "owner", bob.toString()), SYSTEM);
        UUID hidden = writes
                .create("accounts", values("name", "Hidden", "code", "up-3", "owner", ada.toString()), SYSTEM).id();

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

    @Test
    void refersOnlyToWhatTheSessionSees() {
        UUID hidden = account("Hidden", ada);
        UUID seen = account("Seen", bob);

        PlatformException refused = refusal(
                () -> create(values("name", "A", "owner", ada.toString(), "parent", hidden.toString())));
        assertThat(refused.fields()).extracting(FieldError::field).containsExactly("parent");
        assertThat(refused.fields()).extracting(FieldError::code).containsExactly("invalid_reference");
        create(values("name", "A", "owner", ada.toString(), "parent", seen.toString()));
    }

    @Test
    void takesNoSecondConnectionWhileItHoldsOne() throws SQLException {
        UUID parent = account("Parent", ada);
        UUID mine = account("Mine", ada);
        var taken = new ArrayList<Connection>();
        try {
            for (int i = 1; i < writes.databases().app().getMaximumPoolSize(); i++) {
                taken.add(writes.databases().app().getConnection());
            }
            create(values("name", "A", "owner", ada.toString(), "parent", parent.toString()));
            writes.pipeline().create(new Mutation.Create("accounts", values("name", "A", "parent", parent.toString())),
                    session(ada, "admin"));
            update(mine, values("parent", parent.toString()));
            delete(mine);
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
    }

    @Test
    void namesAllLockedFieldsAtOnce() {
        UUID mine = account("Mine", ada);

        PlatformException refused = refusal(() -> update(mine, values("name", "A", "tier", "gold", "code", "x")));
        assertThat(refused.code()).isEqualTo(RuntimeError.PERMISSION_DENIED);
        assertThat(refused.fields()).extracting(FieldError::field).containsExactly("code", "tier");
        assertThat(refused.fields()).extracting(FieldError::code).containsOnly("forbidden");
        assertThat(refusal(() -> create(values("tier", null, "owner", ada.toString()))).fields())
                .extracting(FieldError::field).containsExactly("tier");
        assertThat(refusal(() -> update(mine, values("tier", "gold", "nothing_such", 1))).code())
                .isEqualTo(RuntimeError.INVALID_FIELD);
        writes.pipeline().update(new Mutation.Update("accounts", mine, values("tier", "gold"), null),
                session(ada, "admin"));
        assertThat(writes.row("accounts", mine)).containsEntry("tier", "gold").containsEntry("name", "Mine");
    }

    @Test
    void leavesLockedFieldsOutOfACopyAndJudgesIt() {
        UUID golden = writes.create("accounts", values("name", "G", "tier", "gold", "owner", bob.toString()), SYSTEM)
                .id();

        assertThat(refusal(() -> writes.pipeline().copy("accounts", golden, Map.of(), session(ada))).code())
                .isEqualTo(RuntimeError.PERMISSION_DENIED);
        var copy = writes.pipeline().copy("accounts", golden, values("owner", ada.toString()), session(ada));
        assertThat(writes.row("accounts", copy.id())).containsEntry("name", "G").containsEntry("tier", null);
        var whole = writes.pipeline().copy("accounts", golden, Map.of(), session(ada, "admin"));
        assertThat(writes.row("accounts", whole.id())).containsEntry("tier", "gold");
    }

    @Test
    void keepsStatementsApartByWhatTheRightsLookAt() {
        UUID others = account("Others", bob);

        for (int i = 0; i < 2; i++) {
            int round = i;
            assertThat(refusal(() -> update(others, values("name", "X" + round))).code())
                    .isEqualTo(RuntimeError.PERMISSION_DENIED);
            writes.pipeline().update(new Mutation.Update("accounts", others, values("name", "Y" + round), null),
                    session(ada, "admin"));
            writes.pipeline().update(new Mutation.Update("accounts", others, values("name", "Z" + round), null),
                    session(bob));
            writes.pipeline().update(new Mutation.Update("accounts", others, values("name", "S" + round), null),
                    SYSTEM);
        }
    }

    @Test
    void doesNotChangeARecordThatHasBeenTakenAwayMeanwhile() throws Exception {
        UUID given = account("Given away", ada);
        UUID doomed = account("Given away", ada);
        UUID gone = account("Gone hidden", ada);
        try (Connection other = writes.databases().app().getConnection();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            other.setAutoCommit(false);
            int blocker = alone(other, passing(given), passing(doomed),
                    "update data.accounts set name = 'Hidden' where id = '" + gone + "'");
            var changing = threads.submit(() -> refusal(() -> update(given, values("name", "Mine"))).code());
            var deleting = threads.submit(() -> refusal(() -> delete(doomed)).code());
            var unseen = threads.submit(() -> refusal(() -> update(gone, values("name", "Mine"))).code());
            Eventually.await(() -> writes.platform("select count(distinct pid) from pg_locks where not granted and "
                    + blocker + " = any(pg_blocking_pids(pid))").equals(List.of("3"))
                    || changing.isDone() && deleting.isDone() && unseen.isDone());
            other.commit();
            other.setAutoCommit(true);
            assertThat(changing.get()).isEqualTo(RuntimeError.PERMISSION_DENIED);
            assertThat(deleting.get()).isEqualTo(RuntimeError.PERMISSION_DENIED);
            assertThat(unseen.get()).isEqualTo(RuntimeError.RECORD_NOT_FOUND);
        }
        assertThat(writes.row("accounts", given)).containsEntry("name", "Given away");
    }

    private static String passing(UUID id) {
        return "update data.accounts set owner = '" + bob + "' where id = '" + id + "'";
    }

    private static int alone(Connection connection, String... changes) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select set_config('app.tenant', '" + Session.DEFAULT_TENANT + "', true)");
            for (String change : changes) {
                assertThat(statement.executeUpdate(change)).isEqualTo(1);
            }
            try (var row = statement.executeQuery("select pg_backend_pid()")) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static UUID account(String name, UUID owner) {
        return writes.create("accounts", values("name", name, "owner", owner.toString()), SYSTEM).id();
    }

    private static RecordDocument create(Map<String, @Nullable Object> values) {
        return writes.create("accounts", values, session(ada));
    }

    private static RecordDocument update(UUID id, Map<String, @Nullable Object> values) {
        return writes.pipeline().update(new Mutation.Update("accounts", id, values, null), session(ada));
    }

    private static void delete(UUID id) {
        writes.pipeline().delete(new Mutation.Delete("accounts", id, null), session(ada));
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
        return writes.pipeline().batch(new Batch(mutations, atomic, continueOnError, false), session(ada));
    }

    private static PlatformException reason(BatchResult result) {
        return result.outcomes().stream().filter(Outcome.Refused.class::isInstance).map(Outcome.Refused.class::cast)
                .findFirst().orElseThrow().reason();
    }

    private static List<String> codes(BatchResult result) {
        return result.outcomes().stream().map(outcome -> switch (outcome) {
            case Outcome.Done _ -> "done";
            case Outcome.Refused refused -> refused.reason().code().name();
            case Outcome.RolledBack _ -> "rolled back";
            case Outcome.Skipped _ -> "skipped";
        }).toList();
    }

    private static long statements(Runnable work) {
        long before = writes.statements();
        work.run();
        return writes.statements() - before;
    }

    private static long events() {
        return Long.parseLong(writes.platform("select count(*) from platform.outbox").getFirst());
    }

    private static String number(RecordDocument account) {
        return String.valueOf(parse(account).get("number"));
    }

    private static String next(String number) {
        return String.format("A-%04d", Integer.parseInt(number.substring(2)) + 1);
    }

    private static Session session(UUID user, String... roles) {
        return new Session(Session.DEFAULT_TENANT, new UserIdentity(user, "x@example.com", "X", null),
                Set.copyOf(Arrays.asList(roles)), false, Locale.ENGLISH, ZoneOffset.UTC, Origin.REST);
    }
}
