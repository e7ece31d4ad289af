package dev.objectos.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.audit.alert.AlertRules;
import dev.objectos.audit.alert.Alerts;
import dev.objectos.audit.entry.AlertRecorder;
import dev.objectos.audit.entry.AuditEntry;
import dev.objectos.audit.entry.EntryQuery;
import dev.objectos.audit.entry.PlatformRecorder;
import dev.objectos.audit.entry.SecurityRecorder;
import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.event.MetadataPublished;
import dev.objectos.runtime.event.PluginStateChanged;
import dev.objectos.runtime.mail.Mail;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.notification.NotificationPreferences;
import dev.objectos.runtime.notification.Notifications;
import dev.objectos.runtime.notification.StoredNotification;
import dev.objectos.runtime.notification.store.PostgresNotifications;
import dev.objectos.runtime.query.Aggregation;
import dev.objectos.runtime.query.Expansion;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.Range;
import dev.objectos.runtime.query.RecordColumn;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.query.Selection;
import dev.objectos.runtime.query.SelectionQuery;
import dev.objectos.runtime.session.RequestOrigin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.RecordSink;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.SecurityEvent;
import dev.objectos.runtime.spi.UserSessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is written down of refusals, exports and shares, and who is told of it. */
class AlertsTest {

    /** The administrator alone belongs to the organization. */
    private record Office(Session administrator) implements UserSessions {

        @Override
        public Optional<Session> of(UUID tenant, String user) {
            return user.equals(String.valueOf(administrator.userId())) ? Optional.of(administrator) : Optional.empty();
        }

        @Override
        public List<Member> members(UUID tenant) {
            return List.of(new Member(Objects.requireNonNull(administrator.userId()), "Ada", Set.of("owner"), false));
        }
    }

    private static Alerts alerts(TestingAudit own, Consumer<Mail> mails) {
        var databases = own.writes.databases();
        return new Alerts(own.writes.catalogs(), databases.worker(), new AlertRecorder(own.entries, own.retention),
                () -> Optional.of(new Office(own.administrator)), notifications(own), mails, own.clock);
    }

    private static Notifications notifications(TestingAudit own) {
        var databases = own.writes.databases();
        return new PostgresNotifications(databases.app(), databases.worker());
    }

    private static List<StoredNotification> told(TestingAudit own) {
        return notifications(own).page(null, "audit_alert", null, 50, own.administrator).items();
    }

    private static void refuse(TestingAudit own, int times) {
        Session stranger = own.holding("stranger");
        UUID visit = own.create("visits", "name", "Private");
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(
                    () -> own.audited().get(new RecordQuery("visits", visit, List.of(), List.of()), stranger))
                    .isInstanceOf(PlatformException.class);
        }
    }

    @Test
    void peopleAreToldOnceInEachWindow() {
        try (var own = new TestingAudit("audit_alerts")) {
            var mails = new ArrayList<Mail>();
            Alerts alerts = alerts(own, mails::add);
            refuse(own, 2);
            alerts.pass();
            assertThat(told(own)).isEmpty();
            refuse(own, 1);
            alerts.pass();
            alerts.pass();
            refuse(own, 5);
            alerts.pass();
            assertThat(told(own)).extracting(StoredNotification::title)
                    .containsExactly("3 × access_denied of visits within 10 minutes");
            assertThat(mails).singleElement().satisfies(mail -> {
                assertThat(mail.to()).containsExactly("Ada@example.com");
                assertThat(mail.subject()).contains("access_denied");
            });

            own.clock.advance(Duration.ofMinutes(11));
            alerts.pass();
            assertThat(told(own)).hasSize(1);
            refuse(own, 3);
            alerts.pass();
            assertThat(told(own)).hasSize(2);
            assertThat(actions(own)).contains("audit.alert", "access_denied");
        }
    }

    @Test
    void peopleChooseHowTheyAreTold() {
        try (var own = new TestingAudit("audit_alert_choices")) {
            var mails = new ArrayList<Mail>();
            notifications(own).prefer(new NotificationPreferences(true, false, Map.of()), own.administrator);
            refuse(own, 3);
            alerts(own, mails::add).pass();

            assertThat(told(own)).hasSize(1);
            assertThat(mails).isEmpty();
        }
    }

    @Test
    void nodesRaiseAnAlertTogetherOnce() {
        try (var own = new TestingAudit("audit_alert_nodes")) {
            refuse(own, 4);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 6; i++) {
                    var _ = threads.submit(() -> alerts(own, _ -> {}).pass());
                }
            }
            alerts(own, _ -> {}).pass();
            assertThat(own.writes.platform("select id from audit_alert")).hasSize(1);
            assertThat(told(own)).hasSize(1);
        }
    }

    @Test
    void eventsThatNobodyCountsAreReported() {
        var catalog = TestingCatalogs.loadFiles(Map.of("permissions/visits.permission.yml", """
                object: visits
                audit: {alerts: [{event: field_access, threshold: 5}, {event: export}]}
                """, "objects/visits.object.yml", "{name: visits, fields: {name: {type: text}}}"));

        assertThat(AlertRules.violations(catalog)).extracting(Violation::message)
                .containsExactly("there is no alert for 'field_access', so nobody is told");
    }

    @Test
    void exportsTellWhoTookHowMuchOfWhat() throws Exception {
        try (var own = new TestingAudit("audit_exports")) {
            own.create("employees", "name", "One");
            own.create("employees", "name", "Two");
            var query = new Query("employees", List.of(FieldPath.of("name")), Predicate.ALWAYS, List.of(),
                    Page.first(1000), List.of(), List.of(), List.of(), Predicate.ALWAYS, null, false);
            own.audited().stream(query, new Sink(), own.clerk);

            var events = new TestingHttp(own.administrator, new AuditController(own.trail))
                    .get("/api/audit/events?user=" + own.clerk.userId()).path("events");
            assertThat(events.valueStream().map(event -> event.path("action").asString()))
                    .containsExactlyInAnyOrder("export.started", "export");
            JsonNode ended = events.valueStream().filter(event -> event.path("action").asString().equals("export"))
                    .findFirst().orElseThrow();
            assertThat(ended.path("object").asString()).isEqualTo("employees");
            assertThat(ended.at("/details/rows").asInt()).isEqualTo(2);
            assertThat(ended.at("/details/whole").asBoolean()).isTrue();
        }
    }

    @Test
    void whoIsShownSensitiveFieldsIsToldOf() throws Exception {
        try (var own = new TestingAudit("audit_sensitive")) {
            UUID mia = own.create("employees", "name", "Mia", "salary", 1000, "notes", "Late");
            own.create("visits", "name", "Hers", "host", mia.toString());
            Records reads = own.audited();
            reads.get(new RecordQuery("employees", mia, List.of(), List.of()), own.clerk);
            reads.get(new RecordQuery("employees", mia, List.of(FieldPath.of("name")), List.of()), own.administrator);
            reads.query(query("employees", List.of("salary"), equal("name", "Nobody")), own.administrator);
            reads.query(query("visits", List.of("name"), Predicate.ALWAYS), own.administrator);
            assertThat(shown(own)).as("what shows nothing sensitive").isEmpty();

            reads.get(new RecordQuery("employees", mia, List.of(), List.of()), own.administrator);
            reads.query(query("visits", List.of("host.salary"), Predicate.ALWAYS), own.administrator);
            reads.query(new Query("visits", List.of(FieldPath.of("name")), Predicate.ALWAYS, List.of(),
                    Page.first(10), List.of(Expansion.of("host")), List.of(), List.of(), Predicate.ALWAYS, null, false),
                    own.administrator);
            reads.query(new Query("employees", List.of(), Predicate.ALWAYS, List.of(), Page.first(10), List.of(),
                    List.of(),
                    List.of(new Aggregation(Aggregation.Function.MAX, FieldPath.of("salary"), "highest")),
                    Predicate.ALWAYS, null, false), own.administrator);
            reads.select(new SelectionQuery(List.of(new SelectionQuery.Root.Several("all", "employees",
                    Range.first(10, Predicate.ALWAYS),
                    new Selection(List.of(new Selection.Part.Value("pay", "salary")))))), own.administrator);
            reads.stream(query("employees", List.of("notes"), Predicate.ALWAYS), new Sink(), own.administrator);
            assertThat(shown(own)).containsExactlyInAnyOrder("read of " + mia + " [notes, salary]",
                    "query of null [salary]", "query of null [notes, salary]", "query of null [salary]",
                    "query of null [salary]", "export of null [notes]");

            alerts(own, _ -> {}).pass();
            assertThat(told(own)).extracting(StoredNotification::title)
                    .containsExactly("6 × sensitive_field_access of employees within 10 minutes");
        }
    }

    private static Query query(String object, List<String> fields, Predicate where) {
        return new Query(object, fields.stream().map(FieldPath::parse).toList(), where, List.of(), Page.first(10),
                List.of(), List.of(), List.of(), Predicate.ALWAYS, null, false);
    }

    private static Predicate equal(String field, String value) {
        return new Predicate.Comparison(FieldPath.of(field), Operator.EQ, new Operand.Literal(value));
    }

    /** Through which operation which fields of which record were shown. */
    private static List<String> shown(TestingAudit own) {
        return own.entries.page(new EntryQuery(List.of(Session.DEFAULT_TENANT), "employees", null, null,
                "sensitive_field_access", null, null, null, null), 100).stream()
                .map(entry -> entry.details().path("operation").asString() + " of " + entry.record() + " "
                        + entry.details().path("fields").valueStream().map(JsonNode::asString).toList())
                .toList();
    }

    /** Takes everything. */
    private static final class Sink implements RecordSink {

        @Override
        public void begin(List<RecordColumn> columns) {}

        @Override
        public void record(Row row) {}
    }

    @Test
    void sharesStandInTheTrailOfTheirRecord() throws Exception {
        try (var own = new TestingAudit("audit_shares")) {
            UUID visit = own.create("visits", "name", "Shared");
            new SecurityRecorder(own.entries, own.retention).happened(new SecurityEvent("record.shared",
                    own.clock.instant(), null, Session.DEFAULT_TENANT, own.administrator.userId(), null, null, null,
                    Map.of("object", "visits", "record", visit.toString(), "grantee", "role:clerk", "access", "read")));

            var full = new TestingHttp(own.administrator, new AuditController(own.trail))
                    .get("/api/audit/trail/visits/" + visit).path("events").path(0);
            assertThat(full.path("action").asString()).isEqualTo("record.shared");
            assertThat(full.at("/details/grantee").asString()).isEqualTo("role:clerk");
            var outline = new TestingHttp(own.clerk, new AuditController(own.trail))
                    .get("/api/audit/trail/visits/" + visit).path("events").path(0);
            assertThat(outline.path("action").asString()).isEqualTo("record.shared");
            assertThat(outline.has("details")).isFalse();
        }
    }

    @Test
    void whatHappensToPluginsNamesWhoDecidedIt() {
        try (var own = new TestingAudit("audit_plugins");
                var bus = new EventBus();
                var _ = new PlatformRecorder(own.entries, own.retention, bus, own.clock)) {
            ScopedValue.where(Session.CURRENT, own.administrator)
                    .where(RequestOrigin.CURRENT, new RequestOrigin("192.0.2.7", "curl", "r1"))
                    .run(() -> bus.publish(new PluginStateChanged("acme", "1.0.0", "LOADED", "ENABLED")));

            Eventually.await(() -> own.writes
                    .platform(
                            "select user_id || ' ' || ip || ' ' || origin from audit_entry where action = 'plugin.enabled'")
                    .equals(List.of(own.administrator.userId() + " 192.0.2.7 rest")));
        }
    }

    @Test
    void aSnapshotThatAnEditBroughtHasNoEntryBesideTheEdits() {
        try (var own = new TestingAudit("audit_snapshots");
                var bus = new EventBus();
                var _ = new PlatformRecorder(own.entries, own.retention, bus, own.clock)) {
            bus.publish(new MetadataPublished(7, true));
            bus.publish(new MetadataPublished(8, false));

            Eventually.await(() -> !published(own).isEmpty());
            assertThat(published(own)).containsExactly("8");
        }
    }

    private static List<String> published(TestingAudit own) {
        return own.writes
                .platform("select details ->> 'catalog' from audit_entry where action = 'metadata.published'");
    }

    private static List<String> actions(TestingAudit own) {
        return own.entries.page(new EntryQuery(List.of(Session.DEFAULT_TENANT), null, null, null, null, null, null,
                null, null), 100).stream().map(AuditEntry::action).toList();
    }
}
