package dev.objectos.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.audit.TestingAudit;
import dev.objectos.audit.partition.Partitions.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetiringTest {

    @TempDir
    private Path home;

    @Test
    void endsWhatIsOverAndKeepsTheProof() throws IOException {
        try (var own = new TestingAudit("audit_retiring")) {
            var worker = own.writes.databases().worker();
            own.keeper.keep();
            SigningKey key = SigningKey.in(home);
            var archives = new Archives(home.resolve("archive"));
            var sealer = new Sealer(worker, key, new HeadFile(home), own.clock);
            var verifier = new Verifier(worker, key, new HeadFile(home), archives);
            var retiring = new Retiring(worker, own.partitions, key, archives, own.clock);
            own.create("visits", "name", "Kept for 30 days");
            own.create("employees", "name", "Kept for ever");
            assertThat(retiring.pass()).isEmpty();
            own.clock.advance(Duration.ofDays(60));
            assertThat(retiring.pass()).as("nothing goes unsealed").isEmpty();
            sealer.everything();
            long before = verifier.verify(null).checked();

            assertThat(retiring.pass()).containsExactly(new Part(30, YearMonth.of(2026, 3)));
            assertThat(retiring.pass()).isEmpty();
            assertThat(own.writes.platform("select object from audit_entry where keep_days = 30")).isEmpty();
            Verification after = verifier.verify(null);
            assertThat(after.problems()).isEmpty();
            assertThat(after.checked()).isEqualTo(before - 1);
            Path file = home.resolve("archive/audit-30-2026-03.ndjson.gz");
            assertThat(lines(file)).singleElement().asString().contains("Kept for 30 days", "\"object\":\"visits\"");

            Files.write(file, new byte[]{0}, StandardOpenOption.APPEND);
            assertThat(verifier.verify(null).problems()).extracting(Verification.Problem::message)
                    .containsExactly("the archive audit-30-2026-03.ndjson.gz has been changed");
            Files.delete(file);
            assertThat(verifier.verify(null).valid()).isTrue();
            own.tamper("update platform.audit_retirement set entries = 7");
            assertThat(verifier.verify(null).valid()).isFalse();
        }
    }

    @Test
    void goesOnWhereTheDatabaseWasRestoredOnAServerThatIsYounger() {
        try (var own = new TestingAudit("audit_restored")) {
            var worker = own.writes.databases().worker();
            SigningKey key = SigningKey.in(home);
            var sealer = new Sealer(worker, key, new HeadFile(home), own.clock);
            own.create("visits", "name", "Before");
            sealer.everything();
            own.tamper("insert into platform.audit_entry (tenant_id, xid, keep_days, at, action, origin) select "
                    + "tenant_id, '4000000000', 0, at, 'create', 'rest' from platform.audit_entry limit 1");
            own.partitions.catchUp();
            own.create("visits", "name", "After");
            sealer.everything();
            Verification result = new Verifier(worker, key, new HeadFile(home), null).verify(null);
            assertThat(result.unsealed()).isZero();
            assertThat(result.checked()).isEqualTo(own.writes.platform("select id from audit_entry").size());
        }
    }

    @Test
    void nobodyEndsWhatIsNotOver() {
        try (var own = new TestingAudit("audit_young")) {
            own.keeper.keep();
            assertThat(List.of("select platform.audit_retire(30, '2099-01-01')",
                    "select platform.audit_retire(0, '2026-03-01')")).allSatisfy(
                            sql -> assertThatThrownBy(() -> own.writes.platform(sql))
                                    .hasStackTraceContaining("are not over yet"));
            assertThatThrownBy(() -> own.writes.platform("select platform.audit_retire(30, '2026-03-01')"))
                    .hasStackTraceContaining("nobody has signed");
        }
    }

    private static List<String> lines(Path file) throws IOException {
        try (var reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }
}
