package dev.objectos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.audit.entry.SecurityRecorder;
import dev.objectos.audit.entry.TrailExports;
import dev.objectos.audit.report.Reports;
import dev.objectos.audit.seal.HeadFile;
import dev.objectos.audit.seal.Sealer;
import dev.objectos.audit.seal.SigningKey;
import dev.objectos.audit.seal.Verifier;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.session.RequestOrigin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.SecurityEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {

    @TempDir
    private Path home;

    @Test
    void tellsWhatManyEntriesComeTo() throws Exception {
        try (var own = new TestingAudit("audit_reports")) {
            var http = new TestingHttp(own.administrator, controller(own));
            // A month of one change a day from the office, and then a night of thirty from elsewhere.
            UUID id = own.create("visits", "name", "0");
            for (int day = 0; day < 20; day++) {
                own.clock.advance(Duration.ofDays(1));
                change(own, id, "day " + day, "192.0.2.1");
            }
            own.clock.advance(Duration.ofHours(18));
            for (int i = 0; i < 30; i++) {
                change(own, id, "night " + i, "203.0.113.9");
            }
            var recorder = new SecurityRecorder(own.entries, own.retention);
            recorder.happened(new SecurityEvent("sign-in.succeeded", own.clock.instant(), UUID.randomUUID(),
                    Session.DEFAULT_TENANT, own.clerk.userId(), null, "192.0.2.5", "curl/8", Map.of()));

            JsonNode changes = http.get("/api/audit/reports/changes?object=visits").path("rows");
            assertThat(changes.path(0).path("count").asInt()).isEqualTo(30);
            assertThat(changes.path(0).path("user").asString()).isEqualTo(String.valueOf(own.administrator.userId()));
            assertThat(changes.size()).isEqualTo(8);
            JsonNode logins = http.get("/api/audit/reports/logins").path("rows");
            assertThat(logins.size()).isEqualTo(1);
            assertThat(logins.path(0).path("logins").asInt()).isEqualTo(1);
            assertThat(logins.path(0).path("addresses").toString()).isEqualTo("[\"192.0.2.5\"]");
            JsonNode behaviour = http.get("/api/audit/reports/behaviour?from=2026-03-31&user="
                    + own.administrator.userId()).path("rows").path(0);
            assertThat(behaviour.path("volume").asInt()).isEqualTo(30);
            assertThat(behaviour.path("usual").asInt()).isEqualTo(1);
            assertThat(behaviour.path("unusualVolume").asBoolean()).isTrue();
            assertThat(behaviour.path("unusualHours").toString()).isEqualTo("[3]");
            assertThat(behaviour.path("newAddresses").toString()).isEqualTo("[\"203.0.113.9\"]");

            assertThat(http.code("/api/audit/reports/gossip")).isEqualTo(RuntimeError.RESOURCE_NOT_FOUND);
            assertThat(http.code("/api/audit/reports/changes?from=2026-03-31&to=2026-03-01"))
                    .isEqualTo(RuntimeError.INVALID_REQUEST);
            assertThat(http.as(own.clerk).code("/api/audit/reports/changes"))
                    .isEqualTo(RuntimeError.PERMISSION_DENIED);
        }
    }

    @Test
    void handsOutACopyThatSpreadsheetsDoNotCalculateWith() throws Exception {
        try (var own = new TestingAudit("audit_export")) {
            var http = new TestingHttp(own.administrator, controller(own));
            ScopedValue.where(RequestOrigin.CURRENT, new RequestOrigin("192.0.2.1", "=cmd()|'\"x\"", "r")).call(
                    () -> own.create("visits", "name", "A, \"quoted\" name"));
            String csv = http.text("/api/audit/export?object=visits");
            assertThat(csv.lines()).hasSize(2);
            assertThat(csv).startsWith("id,at,action,object,record,").contains(",\"'=cmd()|'\"\"x\"\"\",")
                    .contains("\"{\"\"name\"\":{\"\"from\"\":null,\"\"to\"\":\"\"A, \\\"\"quoted");
            assertThat(http.text("/api/audit/export?format=ndjson").lines()).as("and the copy before it").hasSize(4)
                    .allSatisfy(
                            line -> assertThat(new JsonMapper().readTree(line).path("at").asString()).endsWith("Z"));
            assertThat(http.get("/api/audit/export?format=json").size()).isEqualTo(5);
            JsonNode copy = http.get("/api/audit/export?format=json&action=audit.export").path(2);
            assertThat(copy.path("user").asString()).isEqualTo(String.valueOf(own.administrator.userId()));
            assertThat(copy.path("details").toString()).contains("\"rows\":1", "\"filter\":[\"object\"]");
            assertThat(http.get("/api/audit/export?format=json&object=nothing").size()).isZero();
            assertThat(sheet(http.bytes("/api/audit/export?format=xlsx&object=visits"))).contains("<t>action</t>",
                    "<t>create</t>", "=cmd()|");
            assertThat(http.code("/api/audit/export?format=pdf")).isEqualTo(RuntimeError.INVALID_REQUEST);
            assertThat(http.as(own.clerk).code("/api/audit/export")).isEqualTo(RuntimeError.PERMISSION_DENIED);
        }
    }

    /** The XML of the first sheet. */
    private String sheet(byte[] workbook) throws IOException {
        Path file = Files.write(home.resolve("trail.xlsx"), workbook);
        try (var zip = new ZipFile(file.toFile());
                var sheet = zip.getInputStream(zip.getEntry("xl/worksheets/sheet1.xml"))) {
            return new String(sheet.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void answersWhetherAllIsAsItWas() throws Exception {
        try (var own = new TestingAudit("audit_verify")) {
            SigningKey key = SigningKey.in(home);
            var worker = own.writes.databases().worker();
            var http = new TestingHttp(own.administrator, new VerifyController(
                    new Sealer(worker, key, new HeadFile(home), own.clock),
                    new Verifier(worker, key, new HeadFile(home), null)));
            own.create("visits", "name", "Sealed by the question");
            JsonNode sound = http.post("/api/audit/verify");
            assertThat(sound.path("valid").asBoolean()).isTrue();
            assertThat(sound.path("checked").asInt()).isEqualTo(3);
            own.tamper("update platform.audit_entry set changes = '{}' where object = 'visits'");
            JsonNode altered = http.post("/api/audit/verify");
            assertThat(altered.path("valid").asBoolean()).isFalse();
            assertThat(altered.path("problems").path(0).path("kind").asString()).isEqualTo("altered");
        }
    }

    @Test
    void recordsReadsWhereAnObjectAsksForIt() throws Exception {
        try (var own = new TestingAudit("audit_reads")) {
            Records reads = own.audited();
            UUID watched = own.create("visits", "name", "Watched");
            UUID other = own.create("employees", "name", "Other");
            reads.get(new RecordQuery("employees", other, List.of(), List.of()), own.clerk);
            reads.get(new RecordQuery("visits", watched, List.of(), List.of()), own.clerk);
            reads.query(new Query("visits", List.of(FieldPath.of("name")),
                    new Predicate.Comparison(FieldPath.of("name"), Operator.EQ, new Operand.Literal("Confidential")),
                    List.of(), Page.first(10), List.of(), List.of(), List.of(), Predicate.ALWAYS, null, false),
                    own.clerk);
            own.delete("visits", watched);
            own.auditedBin().query(Query.of("visits"), own.clerk);
            var http = new TestingHttp(own.administrator, controller(own), new AuditController(own.trail));
            JsonNode events = http.get("/api/audit/events?user=" + own.clerk.userId()).path("events");
            assertThat(events.valueStream().map(event -> event.path("action").asString()))
                    .containsExactlyInAnyOrder("read", "query", "query");
            assertThat(events.toString()).contains("name eq").doesNotContain("Confidential");
            assertThat(http.get("/api/audit/reports/queries").path("rows").size()).isEqualTo(2);
        }
    }

    private static ReportController controller(TestingAudit own) {
        return new ReportController(new Reports(own.writes.databases().worker()), own.trail,
                new TrailExports(own.entries, own.retention, own.clock), own.clock);
    }

    private static void change(TestingAudit own, UUID id, String name, String address) {
        ScopedValue.where(RequestOrigin.CURRENT, new RequestOrigin(address, null, null))
                .run(() -> own.update("visits", id, "name", name));
    }
}
