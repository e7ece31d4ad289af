package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.pipeline.TestingWrites.parse;
import static dev.objectos.runtime.pipeline.TestingWrites.reason;
import static dev.objectos.runtime.pipeline.TestingWrites.refusal;
import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.session.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No change goes round the rights to it: of one record or many, asked for as whatever it is. */
class WriteRightsTest {

    private static RestrictedAccounts accounts;
    private static TestingWrites writes;
    private static UUID ada;
    private static UUID bob;

    @BeforeAll
    static void publish() {
        accounts = new RestrictedAccounts("write_rights");
        writes = accounts.writes();
        ada = accounts.ada();
        bob = accounts.bob();
    }

    @AfterAll
    static void close() {
        accounts.close();
    }

    @Test
    void changesOnlyWhatIsSeenAndPermitted() {
        UUID mine = accounts.account("Mine", ada);
        UUID others = accounts.account("Others", bob);
        UUID hidden = accounts.account("Hidden", ada);
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
        try (var own = TestingWrites.of("write_admitted", RestrictedAccounts.OBJECTS).with(new LimitingRights()
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
    void writesWithOneStatementWhereNothingIsRestricted() {
        Session admin = RestrictedAccounts.session(ada, "admin");
        var plain = new ArrayList<UUID>();
        assertThat(statements(
                () -> plain.add(writes.create("plain", values("text", "a"), RestrictedAccounts.session(ada)).id())))
                .isEqualTo(1);
        assertThat(statements(() -> writes.pipeline().update(
                new Mutation.Update("plain", plain.getFirst(), values("text", "b"), null),
                RestrictedAccounts.session(ada)))).isEqualTo(1);
        assertThat(statements(() -> writes.pipeline()
                .delete(new Mutation.Delete("plain", plain.getFirst(), null), RestrictedAccounts.session(ada))))
                .isEqualTo(1);
        assertThat(statements(() -> writes.create("accounts", values("name", "A"), admin)))
                .as("whoever may create anything").isEqualTo(1);
        UUID restricted = accounts.account("Mine", ada);
        assertThat(statements(() -> update(restricted, values("name", "B")))).as("lock, judge, write").isEqualTo(3);
    }

    @Test
    void refersOnlyToWhatTheSessionSees() {
        UUID hidden = accounts.account("Hidden", ada);
        UUID seen = accounts.account("Seen", bob);

        PlatformException refused = refusal(
                () -> create(values("name", "A", "owner", ada.toString(), "parent", hidden.toString())));
        assertThat(refused.fields()).extracting(FieldError::field).containsExactly("parent");
        assertThat(refused.fields()).extracting(FieldError::code).containsExactly("invalid_reference");
        create(values("name", "A", "owner", ada.toString(), "parent", seen.toString()));
    }

    @Test
    void takesNoSecondConnectionWhileItHoldsOne() throws SQLException {
        UUID parent = accounts.account("Parent", ada);
        UUID mine = accounts.account("Mine", ada);
        var taken = new ArrayList<Connection>();
        try {
            for (int i = 1; i < writes.databases().app().getMaximumPoolSize(); i++) {
                taken.add(writes.databases().app().getConnection());
            }
            create(values("name", "A", "owner", ada.toString(), "parent", parent.toString()));
            writes.pipeline().create(new Mutation.Create("accounts", values("name", "A", "parent", parent.toString())),
                    RestrictedAccounts.session(ada, "admin"));
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
        UUID mine = accounts.account("Mine", ada);

        PlatformException refused = refusal(() -> update(mine, values("name", "A", "tier", "gold", "code", "x")));
        assertThat(refused.code()).isEqualTo(RuntimeError.PERMISSION_DENIED);
        assertThat(refused.fields()).extracting(FieldError::field).containsExactly("code", "tier");
        assertThat(refused.fields()).extracting(FieldError::code).containsOnly("forbidden");
        assertThat(refusal(() -> create(values("tier", null, "owner", ada.toString()))).fields())
                .extracting(FieldError::field).containsExactly("tier");
        assertThat(refusal(() -> update(mine, values("tier", "gold", "nothing_such", 1))).code())
                .isEqualTo(RuntimeError.INVALID_FIELD);
        writes.pipeline().update(new Mutation.Update("accounts", mine, values("tier", "gold"), null),
                RestrictedAccounts.session(ada, "admin"));
        assertThat(writes.row("accounts", mine)).containsEntry("tier", "gold").containsEntry("name", "Mine");
    }

    @Test
    void leavesLockedFieldsOutOfACopyAndJudgesIt() {
        UUID golden = writes
                .create("accounts", values("name", "G", "tier", "gold", "owner", bob.toString()),
                        RestrictedAccounts.SYSTEM)
                .id();

        assertThat(refusal(() -> writes.pipeline().copy("accounts", golden, Map.of(), RestrictedAccounts.session(ada)))
                .code())
                .isEqualTo(RuntimeError.PERMISSION_DENIED);
        var copy = writes.pipeline().copy("accounts", golden, values("owner", ada.toString()),
                RestrictedAccounts.session(ada));
        assertThat(writes.row("accounts", copy.id())).containsEntry("name", "G").containsEntry("tier", null);
        var whole = writes.pipeline().copy("accounts", golden, Map.of(), RestrictedAccounts.session(ada, "admin"));
        assertThat(writes.row("accounts", whole.id())).containsEntry("tier", "gold");
    }

    @Test
    void keepsStatementsApartByWhatTheRightsLookAt() {
        UUID others = accounts.account("Others", bob);

        for (int i = 0; i < 2; i++) {
            int round = i;
            assertThat(refusal(() -> update(others, values("name", "X" + round))).code())
                    .isEqualTo(RuntimeError.PERMISSION_DENIED);
            writes.pipeline().update(new Mutation.Update("accounts", others, values("name", "Y" + round), null),
                    RestrictedAccounts.session(ada, "admin"));
            writes.pipeline().update(new Mutation.Update("accounts", others, values("name", "Z" + round), null),
                    RestrictedAccounts.session(bob));
            writes.pipeline().update(new Mutation.Update("accounts", others, values("name", "S" + round), null),
                    RestrictedAccounts.SYSTEM);
        }
    }

    @Test
    void doesNotChangeARecordThatHasBeenTakenAwayMeanwhile() throws Exception {
        UUID given = accounts.account("Given away", ada);
        UUID doomed = accounts.account("Given away", ada);
        UUID gone = accounts.account("Gone hidden", ada);
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

    private static RecordDocument create(Map<String, @Nullable Object> values) {
        return writes.create("accounts", values, RestrictedAccounts.session(ada));
    }

    private static RecordDocument update(UUID id, Map<String, @Nullable Object> values) {
        return writes.pipeline().update(new Mutation.Update("accounts", id, values, null),
                RestrictedAccounts.session(ada));
    }

    private static void delete(UUID id) {
        writes.pipeline().delete(new Mutation.Delete("accounts", id, null), RestrictedAccounts.session(ada));
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
}
