package dev.objectos.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.audit.TestingAudit;
import dev.objectos.audit.command.AuditCommand;
import dev.objectos.audit.seal.Verification.Kind;
import dev.objectos.runtime.pipeline.TestingWrites;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealTest {

    private static TestingAudit own;
    private static Sealer sealer;
    private static Verifier verifier;

    @TempDir
    private static Path home;

    @BeforeAll
    static void start() {
        own = new TestingAudit("audit_seal");
        own.keeper.keep();
        SigningKey key = SigningKey.in(home);
        var head = new HeadFile(home);
        sealer = new Sealer(own.writes.databases().worker(), key, head, own.clock);
        verifier = new Verifier(own.writes.databases().worker(), key, head, null);
        own.writes.create("employees", Map.of("name", "Elsewhere"),
                Session.system(TestingWrites.OTHER_TENANT, Origin.SYSTEM));
        for (int i = 0; i < 5; i++) {
            own.create("employees", "name", "Sealed " + i);
            own.create("visits", "name", "Sealed " + i);
            sealer.everything();
        }
    }

    @AfterAll
    static void stop() {
        own.close();
    }

    @Test
    void findsNothingWhereNothingWasTouched() {
        Verification result = verifier.verify(null);
        assertThat(result.problems()).isEmpty();
        assertThat(result.checked()).isEqualTo(own.writes.platform("select id from audit_entry").size());
        assertThat(result.unsealed()).isZero();
        assertThat(verifier.verify(TestingWrites.OTHER_TENANT).checked()).isEqualTo(1);
    }

    @Test
    void findsAnEntryThatWasAltered() {
        String id = any();
        during("update platform.audit_entry set changes = '{}'::jsonb || changes || '{\"x\":{}}' where id = '" + id
                + "'", () -> assertThat(told()).containsExactly("ALTERED " + id),
                "update platform.audit_entry set changes = changes - 'x' where id = '" + id + "'");
    }

    @Test
    void findsAnEntryThatWasMovedToAnotherMoment() {
        String id = any();
        during("update platform.audit_entry set at = at + interval '1 month' where id = '" + id + "'",
                () -> assertThat(told()).containsExactlyInAnyOrder("REMOVED " + id, "INSERTED " + id),
                "update platform.audit_entry set at = at - interval '1 month' where id = '" + id + "'");
    }

    @Test
    void findsAnEntryThatWasRemoved() {
        String id = any();
        own.tamper("create table platform.kept as select * from platform.audit_entry where id = '" + id + "'");
        during("delete from platform.audit_entry where id = '" + id + "'",
                () -> assertThat(told()).containsExactly("REMOVED " + id),
                "insert into platform.audit_entry select * from platform.kept");
        own.tamper("drop table platform.kept");
    }

    @Test
    void findsAnEntryThatWasPutInBetween() {
        UUID id = UUID.randomUUID();
        own.tamper("create table platform.more as select * from platform.audit_entry where id = '" + any() + "'");
        own.tamper("update platform.more set id = '" + id + "'");
        during("insert into platform.audit_entry select * from platform.more",
                () -> assertThat(told()).containsExactly("INSERTED " + id),
                "delete from platform.audit_entry where id = '" + id + "'");
        own.tamper("drop table platform.more");
    }

    @Test
    void findsAnEntryThatNobodyHasWrittenThroughThePlatform() throws IOException {
        try (var other = new TestingAudit("audit_stranger")) {
            Path folder = Files.createTempDirectory(home, "stranger");
            SigningKey key = SigningKey.in(folder);
            var otherSealer = new Sealer(other.writes.databases().worker(), key, new HeadFile(folder), other.clock);
            other.create("employees", "name", "Real");
            other.tamper("insert into platform.audit_entry (tenant_id, keep_days, at, action, origin) values ('"
                    + Session.DEFAULT_TENANT + "', 0, now(), 'create', 'rest')");
            otherSealer.everything();
            Verification result = new Verifier(other.writes.databases().worker(), key, new HeadFile(folder), null)
                    .verify(null);
            assertThat(result.problems()).singleElement().extracting(Verification.Problem::kind)
                    .isEqualTo(Kind.INSERTED);
        }
    }

    @Test
    void findsChangedSeals() {
        during("update platform.audit_checkpoint set entries = entries + 1 where number = 2",
                () -> assertThat(messages()).containsExactly(
                        "checkpoint 2 or the batches that it covers have been changed"),
                "update platform.audit_checkpoint set entries = entries - 1 where number = 2");
        during("update platform.audit_batch_part set digest = sha256(digest) where number = 2", () -> assertThat(
                messages()).contains("batch 2 has been changed", "the listing of batch 2 has been changed"),
                "update platform.audit_batch_part set digest = sha256(listing) where number = 2");
        String whole = "tenant_id = '" + TestingWrites.OTHER_TENANT + "'";
        own.tamper("create table platform.batches as select * from platform.audit_batch where " + whole);
        during("delete from platform.audit_batch where " + whole,
                () -> assertThat(told()).contains("SEAL null").anyMatch(problem -> problem.startsWith("INSERTED")),
                "insert into platform.audit_batch select * from platform.batches");
        own.tamper("drop table platform.batches");
    }

    @Test
    void isToldOnTheCommandLine() {
        assertThat(command()).isEqualTo("0 VALID  " + verifier.verify(null).checked()
                + " entries checked, 0 too new to be sealed, sealed until 2026-03-10T09:00:00Z\n");
        String id = any();
        during("update platform.audit_entry set action = 'update' where id = '" + id + "'",
                () -> assertThat(command()).startsWith("1 altered   tenant " + Session.DEFAULT_TENANT + "  entry " + id)
                        .contains("INVALID"),
                "update platform.audit_entry set action = 'create' where id = '" + id + "'");
        assertThat(new AuditCommand().understands(List.of("mend"))).isFalse();
    }

    private static String command() {
        var printed = new ByteArrayOutputStream();
        int status = new AuditCommand().run(List.of("verify"), own.writes.databases().worker(), home,
                new PrintStream(printed, true, StandardCharsets.UTF_8));
        return status + " " + printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void findsASignatureOfSomebodyElse() {
        Path folder = home.resolve("else");
        SigningKey other = SigningKey.in(folder);
        assertThat(new Verifier(own.writes.databases().worker(), other, new HeadFile(folder), null).verify(null)
                .problems())
                .extracting(Verification.Problem::message)
                .contains("checkpoint 1 is signed with the unknown key " + SigningKey.in(home).id());
        own.create("employees", "name", "Waits");
        assertThatThrownBy(() -> new Sealer(own.writes.databases().worker(), other, new HeadFile(folder), own.clock)
                .pass()).isInstanceOf(UnknownKeyException.class);
        sealer.everything();
    }

    @Test
    void findsThatTheEndWasCutOff() {
        own.create("employees", "name", "Inconvenient");
        sealer.everything();
        String last = own.writes.platform("select max(number) from audit_checkpoint").getFirst();
        for (String table : List.of("audit_checkpoint", "audit_batch")) {
            String column = table.equals("audit_batch") ? "checkpoint" : "number";
            own.tamper("create table platform.cut_" + table + " as select * from platform." + table + " where "
                    + column + " = " + last);
            own.tamper("delete from platform." + table + " where " + column + " = " + last);
        }
        assertThat(messages()).contains("checkpoint " + last + ", which this node has made, is missing");
        for (String table : List.of("audit_checkpoint", "audit_batch")) {
            own.tamper("insert into platform." + table + " select * from platform.cut_" + table);
            own.tamper("drop table platform.cut_" + table);
        }
        assertThat(messages()).isEmpty();
    }

    /** What is sealed while somebody looks is no trace of a change. */
    @Test
    void findsNothingWhileSealingGoesOn() throws Exception {
        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<?> sealing = threads.submit(() -> {
                for (int i = 0; i < 50; i++) {
                    own.create("employees", "name", "Sealed meanwhile");
                    sealer.everything();
                }
            });
            do {
                assertThat(messages()).isEmpty();
            } while (!sealing.isDone());
            sealing.get();
        }
    }

    @Test
    void countsTransactionsAsNumbers() throws IOException {
        try (var other = new TestingAudit("audit_digits")) {
            var worker = other.writes.databases().worker();
            Path folder = Files.createTempDirectory(home, "digits");
            SigningKey key = SigningKey.in(folder);
            other.keeper.keep();
            long next = Long.parseLong(other.writes.platform("select pg_current_xact_id()::text").getFirst());
            long added = 1_000_000_000 - next - 10;
            other.tamper("alter table platform.audit_entry alter column xid set default "
                    + "(pg_current_xact_id()::text::bigint + " + added + ")::text::xid8");
            other.tamper("update platform.audit_offset set transactions = " + added);
            var otherSealer = new Sealer(worker, key, new HeadFile(folder), other.clock);
            for (int i = 0; i < 12; i++) {
                other.create("visits", "name", "Visit " + i);
                other.create("employees", "name", "Employee " + i);
                if (i % 3 == 0) {
                    otherSealer.everything();
                }
            }
            otherSealer.everything();
            assertThat(
                    other.writes.platform("select distinct length(xid::text) from audit_entry where xid > '900000000'"))
                    .containsExactlyInAnyOrder("9", "10");
            Verification result = new Verifier(worker, key, new HeadFile(folder), null).verify(null);
            assertThat(result.problems()).isEmpty();
            assertThat(result.unsealed()).isZero();
        }
    }

    @Test
    void waitsForTransactionsThatStillRun() throws SQLException {
        try (var connection = own.writes.databases().app().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select pg_current_xact_id()");
            own.create("employees", "name", "Later");
            sealer.everything();
            assertThat(verifier.verify(null).unsealed()).isEqualTo(1);
            connection.rollback();
            connection.setAutoCommit(true);
        }
        sealer.everything();
        assertThat(verifier.verify(null).unsealed()).isZero();
        assertThat(messages()).isEmpty();
    }

    @Test
    void keepsTheKeyToItself() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("audit.key"))))
                .isEqualTo("rw-------");
    }

    /** Does something, looks, and undoes it. */
    private static void during(String change, Runnable look, String undo) {
        own.tamper(change);
        try {
            look.run();
        } finally {
            own.tamper(undo);
        }
        assertThat(messages()).isEmpty();
    }

    private static String any() {
        return own.writes.platform("select id from audit_entry where object = 'visits' order by xid").get(2);
    }

    private static List<String> told() {
        return verifier.verify(null).problems().stream().map(problem -> problem.kind() + " " + problem.entry())
                .toList();
    }

    private static List<String> messages() {
        return verifier.verify(null).problems().stream().map(Verification.Problem::message).toList();
    }
}
