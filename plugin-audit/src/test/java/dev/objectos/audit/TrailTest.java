package dev.objectos.audit;

import static dev.objectos.runtime.pipeline.TestingWrites.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.audit.entry.SecurityRecorder;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.pipeline.TestingWrites;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.RequestOrigin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.SecurityEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TrailTest {

    private static TestingAudit own;

    private final TestingHttp http = new TestingHttp(own.administrator, new AuditController(own.trail));

    @BeforeAll
    static void start() {
        own = new TestingAudit("audit_trail");
    }

    @AfterAll
    static void stop() {
        own.close();
    }

    @Test
    void tellsWhoChangedWhatFromWhere() throws Exception {
        Instant began = own.clock.instant();
        UUID id = ScopedValue.where(RequestOrigin.CURRENT, new RequestOrigin("192.0.2.7", "curl/8", "r-1"))
                .call(() -> own.create("employees", "name", "Mia", "salary", 1000.5));
        own.clock.advance(Duration.ofSeconds(1));
        own.update("employees", id, "name", "Mia", "salary", 1200);
        own.clock.advance(Duration.ofSeconds(1));
        own.delete("employees", id);

        JsonNode trail = http.get("/api/audit/trail/employees/" + id);
        assertThat(trail.path("events").valueStream().map(event -> event.path("action").asString()))
                .containsExactly("delete", "update", "create");
        JsonNode update = trail.path("events").path(1);
        assertThat(update.path("changes").toString()).isEqualTo("{\"salary\":{\"from\":1000.5,\"to\":1200}}");
        JsonNode create = trail.path("events").path(2);
        assertThat(create.propertyNames()).containsExactly("id", "at", "action", "object", "record", "version", "user",
                "impersonator", "tenant", "ip", "userAgent", "requestId", "origin", "changes");
        assertThat(create.path("at").asString()).isEqualTo(began.toString());
        assertThat(create.path("object").asString()).isEqualTo("employees");
        assertThat(create.path("record").asString()).isEqualTo(id.toString());
        assertThat(create.path("user").asString()).isEqualTo(String.valueOf(own.administrator.userId()));
        assertThat(create.path("impersonator").isNull()).isTrue();
        assertThat(create.path("tenant").asString()).isEqualTo(Session.DEFAULT_TENANT.toString());
        assertThat(create.path("ip").asString()).isEqualTo("192.0.2.7");
        assertThat(create.path("userAgent").asString()).isEqualTo("curl/8");
        assertThat(create.path("requestId").asString()).isEqualTo("r-1");
        assertThat(create.path("origin").asString()).isEqualTo("rest");
        assertThat(update.path("ip").isNull()).isTrue();
    }

    @Test
    void tellsThatARecordCameBack() throws Exception {
        UUID id = own.create("employees", "name", "Eve", "salary", 5);
        own.clock.advance(Duration.ofSeconds(1));
        own.delete("employees", id);
        own.clock.advance(Duration.ofSeconds(1));
        own.writes.bin().restore("employees", id, own.administrator);

        JsonNode events = http.get("/api/audit/trail/employees/" + id).path("events");
        assertThat(events.valueStream().map(event -> event.path("action").asString())).containsExactly("restore",
                "delete", "create");
        JsonNode restored = events.path(0);
        assertThat(restored.path("user").asString()).isEqualTo(String.valueOf(own.administrator.userId()));
        assertThat(restored.path("version").asInt()).isEqualTo(2);
        assertThat(restored.at("/changes/name").toString()).isEqualTo("{\"from\":null,\"to\":\"Eve\"}");
        assertThat(restored.at("/changes/salary").toString()).isEqualTo("{\"from\":null,\"to\":5}");
    }

    @Test
    void keepsNoSecrets() throws Exception {
        UUID id = own.create("employees", "name", "Pia", "pin", "hush-1234");
        own.update("employees", id, "pin", "hush-9876");
        assertThat(own.writes.platform("select changes::text || coalesce(details::text, '') from audit_entry"))
                .noneMatch(text -> text.contains("hush"));
        assertThat(http.get("/api/audit/trail/employees/" + id).path("events").path(0).path("changes").toString())
                .isEqualTo("{\"pin\":{\"from\":\"****\",\"to\":\"****\"}}");
    }

    @Test
    void leavesOutWhatIsNotAudited() {
        long before = count();
        own.create("drafts", "name", "Nothing to see");
        assertThat(count()).isEqualTo(before);
    }

    @Test
    void writesNothingForAChangeThatDoesNotHappen() {
        long before = count();
        assertThatThrownBy(() -> own.create("employees", "salary", 1)).isInstanceOf(PlatformException.class);
        assertThat(count()).isEqualTo(before);
    }

    @Test
    void tellsTheHistoryOfAField() throws Exception {
        UUID id = own.create("employees", "name", "Tom", "salary", 1);
        own.update("employees", id, "name", "Thomas");
        own.update("employees", id, "salary", 2, "name", "Tommy");
        JsonNode history = http.get("/api/audit/field-history/employees/" + id + "/salary");
        assertThat(history.path("field").asString()).isEqualTo("salary");
        assertThat(history.path("events").valueStream().map(event -> event.path("changes").toString()))
                .containsExactly("{\"salary\":{\"from\":1,\"to\":2}}", "{\"salary\":{\"from\":null,\"to\":1}}");
        assertThat(http.code("/api/audit/field-history/employees/" + id + "/wage"))
                .isEqualTo(RuntimeError.INVALID_FIELD);
    }

    @Test
    void showsOthersTheHistoryOfWhatTheyCanRead() throws Exception {
        UUID id = own.create("employees", "name", "Zoe", "salary", 7, "notes", "Late");
        UUID gone = own.create("employees", "name", "Gone");
        own.delete("employees", gone);
        http.as(own.clerk);
        JsonNode trail = http.get("/api/audit/trail/employees/" + id);
        assertThat(trail.path("events").path(0).path("changes").propertyNames()).contains("name")
                .doesNotContain("salary", "notes");
        assertThat(trail.path("events").path(0).path("ip").isNull()).isTrue();
        assertThat(http.code("/api/audit/field-history/employees/" + id + "/salary"))
                .isEqualTo(RuntimeError.INVALID_FIELD);
        assertThat(http.code("/api/audit/field-history/employees/" + id + "/notes"))
                .isEqualTo(RuntimeError.INVALID_FIELD);
        assertThat(http.code("/api/audit/trail/employees/" + gone)).isEqualTo(RuntimeError.RECORD_NOT_FOUND);
        assertThat(http.code("/api/audit/events")).isEqualTo(RuntimeError.PERMISSION_DENIED);
    }

    @Test
    void showsNothingOfOtherTenants() throws Exception {
        UUID id = own.create("employees", "name", "Ours");
        http.as(new Session(TestingWrites.OTHER_TENANT, null, Set.of("owner"), false, Locale.ENGLISH, ZoneOffset.UTC,
                Origin.REST));
        assertThat(http.get("/api/audit/events").path("events").size()).isZero();
        assertThat(http.code("/api/audit/trail/employees/" + id)).isEqualTo(RuntimeError.RECORD_NOT_FOUND);
    }

    @Test
    void findsEventsPageByPage() throws Exception {
        UUID id = own.create("visits", "name", "0");
        for (int i = 1; i < 6; i++) {
            own.update("visits", id, "name", String.valueOf(i));
        }
        String path = "/api/audit/events?object=visits&record=" + id + "&limit=4";
        var seen = new ArrayList<String>();
        JsonNode page = http.get(path);
        page.path("events").forEach(event -> seen.add(event.path("changes").path("name").path("to").asString()));
        page = http.get(path + "&cursor=" + page.path("nextCursor").asString());
        page.path("events").forEach(event -> seen.add(event.path("changes").path("name").path("to").asString()));
        assertThat(seen).hasSize(6).doesNotHaveDuplicates();
        assertThat(page.path("nextCursor").isNull()).isTrue();
        assertThat(http.get("/api/audit/events?record=" + id + "&action=create").path("events").size()).isEqualTo(1);
        assertThat(http.get("/api/audit/events?record=" + id + "&user=" + own.clerk.userId()).path("events").size())
                .isZero();
        assertThat(http.get("/api/audit/events?record=" + id + "&from=2026-03-10&to=2026-03-10").path("events").size())
                .isEqualTo(6);
        assertThat(http.get("/api/audit/events?record=" + id + "&from=2026-03-11").path("events").size()).isZero();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(List.of("?from=soon", "?to=2026-02-30", "?record=7", "?cursor=x", "?limit=0",
                "?limit=5000", "?action="))
                .allSatisfy(given -> assertThat(http.code("/api/audit/events" + given))
                        .isEqualTo(RuntimeError.INVALID_REQUEST));
        assertThat(http.code("/api/audit/trail/employees/7")).isEqualTo(RuntimeError.RECORD_NOT_FOUND);
        assertThat(http.code("/api/audit/trail/employees/" + UUID.randomUUID()))
                .isEqualTo(RuntimeError.RECORD_NOT_FOUND);
        assertThat(http.code("/api/audit/trail/nothing/" + UUID.randomUUID())).isEqualTo(RuntimeError.OBJECT_NOT_FOUND);
    }

    @Test
    void nobodyChangesWhatIsWritten() {
        own.create("employees", "name", "Fixed");
        assertThat(List.of("update audit_entry set action = 'x'", "delete from audit_entry",
                "truncate audit_entry", "insert into audit_entry (id) values (uuidv7())",
                "delete from audit_entry_rest", "select * from audit_entry_rest"))
                .allSatisfy(sql -> assertThatThrownBy(() -> own.writes.platform(sql))
                        .hasStackTraceContaining("permission denied"));
        assertThatThrownBy(() -> own.writes.all("select 1 from platform.audit_entry"))
                .hasStackTraceContaining("permission denied");
    }

    @Test
    void tellsOfSignIns() throws Exception {
        var recorder = new SecurityRecorder(own.entries, own.retention);
        UUID account = UUID.randomUUID();
        recorder.happened(new SecurityEvent("sign-in.failed", own.clock.instant(), account, null, null, null,
                "192.0.2.9", "curl/8", Map.of("method", "password")));
        recorder.happened(new SecurityEvent("sign-in.succeeded", own.clock.instant(), account, Session.DEFAULT_TENANT,
                own.clerk.userId(), null, "192.0.2.9", "curl/8", Map.of("method", "password")));
        JsonNode logins = http.get("/api/audit/events?record=" + account);
        assertThat(logins.path("events").valueStream().map(event -> event.path("action").asString()))
                .containsExactly("login");
        assertThat(logins.path("events").path(0).path("user").asString())
                .isEqualTo(String.valueOf(own.clerk.userId()));
        assertThat(logins.path("events").path(0).path("details").path("method").asString()).isEqualTo("password");
        http.as(new Session(Session.DEFAULT_TENANT, own.administrator.user(), Set.of(), true, Locale.ENGLISH,
                ZoneOffset.UTC, Origin.REST));
        assertThat(http.get("/api/audit/events?action=login_failed&record=" + account).path("events").path(0).path("ip")
                .asString()).isEqualTo("192.0.2.9");
    }

    @Test
    void isReadAsRecordsToo() {
        UUID id = own.create("visits", "name", "As records");
        var query = Query.of("_audit_log");
        assertThat(own.records.query(query, own.administrator).toString()).contains(id.toString())
                .doesNotContain("before_value", "As records");
        Session platform = new Session(Session.DEFAULT_TENANT, own.administrator.user(), Set.of(), true,
                Locale.ENGLISH, ZoneOffset.UTC, Origin.REST);
        assertThat(own.records.query(query, platform).toString()).contains("\"before_value\"", "As records");
        assertThat(refusal(() -> own.records.query(query, own.clerk)).code()).isEqualTo(RuntimeError.OBJECT_NOT_FOUND);
        UUID user = Objects.requireNonNull(own.administrator.userId());
        assertThat(refusal(() -> own.records.delete(new Mutation.Delete("_audit_log", user, null), platform)).code())
                .isEqualTo(RuntimeError.PERMISSION_DENIED);
    }

    @Test
    void keepsEntriesByClassAndMonth() {
        UUID id = own.create("visits", "name", "Early");
        own.keeper.keep();
        own.create("visits", "name", "Late");
        assertThat(own.partitions.waiting()).isEmpty();
        assertThat(own.partitions.known()).extracting(part -> part.days() + " " + part.month()).contains("0 2026-03",
                "0 2026-05", "30 2026-03", "30 2026-05");
        assertThat(own.writes.platform("select tableoid::regclass from audit_entry where record_id = '" + id + "'"))
                .containsExactly("audit_entry_30_2026_03");
        assertThatThrownBy(() -> own.writes.platform("select * from audit_entry_30_2026_03"))
                .hasStackTraceContaining("permission denied");
    }

    private static long count() {
        return own.writes.platform("select id from audit_entry").size();
    }
}
