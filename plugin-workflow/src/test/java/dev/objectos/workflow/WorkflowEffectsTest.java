package dev.objectos.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.event.EventFilter;
import dev.objectos.runtime.event.RecordChange;
import dev.objectos.runtime.event.RecordEvent;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.notification.StoredNotification;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.EventSubscriber;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What follows from transitions once they are committed. */
class WorkflowEffectsTest {

    @Test
    void tellsThoseWhoWereMeantOnceHoweverOftenTheEventComes() throws Exception {
        try (var own = new TestingWorkflows("workflow_effects", TestingFiles.with(TestingFiles.SEED))) {
            EventSubscriber subscriber = own.subscribers().getFirst();
            assertThat(subscriber.filter()).isEqualTo(
                    new EventFilter(Set.of("leave_requests"), Set.of(ChangeAction.CREATE, ChangeAction.UPDATE)));
            UUID id = own.request();
            own.take(id, "submit", own.employee);

            for (int attempt = 1; attempt <= 3; attempt++) {
                for (RecordEvent event : events(own, id)) {
                    subscriber.handle(event, Session.system(Session.DEFAULT_TENANT, Origin.TRIGGER));
                }
            }

            assertThat(own.notifications.page(null, null, null, 10, own.boss).items()).singleElement()
                    .satisfies(told -> {
                        assertThat(told.type()).isEqualTo("approval_request");
                        assertThat(told.title()).isEqualTo("Approval request: Leave request Sea");
                        assertThat(told.link()).isEqualTo("/api/data/leave_requests/" + id);
                    });
            assertThat(own.notifications.page(null, null, null, 10, own.employee).items()).isEmpty();
        }
    }

    @Test
    void findsPeopleByNameAndAddressAndTellsOfThoseWhoAreNot() {
        try (var own = new TestingWorkflows("workflow_people", TestingFiles.with("""
                object: leave_requests
                states:
                  draft:
                    initial: true
                    on_enter: {action: notify, to: employee@example.com, title: "New: ${record.reason}", message: "${record.days} days"}
                    transitions:
                      submit:
                        target: approved
                        actions: {action: notify, to: [boss, nobody, "${record.manager}", "${currentUser.email}"]}
                  approved: {final: true, label: It is done}
                """))) {
            UUID id = own.request();
            own.take(id, "submit", own.employee);
            EventSubscriber subscriber = own.subscribers().getFirst();
            Session platform = Session.system(Session.DEFAULT_TENANT, Origin.TRIGGER);
            List<RecordEvent> events = events(own, id);

            assertThatThrownBy(() -> subscriber.handle(events.getLast(), platform))
                    .hasMessage("There is no user nobody to notify");
            assertThatThrownBy(() -> subscriber.handle(events.getLast(), platform)).hasMessageContaining("nobody");

            assertThat(own.notifications.page(null, null, null, 10, own.boss).items())
                    .extracting(StoredNotification::title).containsExactly("It is done: Leave request Sea");
            assertThat(own.notifications.page(null, null, null, 10, own.employee).items())
                    .extracting(StoredNotification::title).containsExactly("It is done: Leave request Sea");

            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                    () -> subscriber.handle(events.getFirst(), platform))).isNull();
            assertThat(own.notifications.page(null, null, null, 1, own.employee).items()).singleElement()
                    .returns("New: Sea", StoredNotification::title).returns("3 days", StoredNotification::body);
        }
    }

    @Test
    void textsOfTemplatesAreUsed() {
        Map<String, String> files = TestingFiles.with(TestingFiles.SEED);
        files.put("templates/approval_request.template.yml", """
                subject: "Decide on ${record.reason}, ${currentUser.name} asks"
                text: "It is ${record.days} days."
                """);
        try (var own = new TestingWorkflows("workflow_templates", files)) {
            UUID id = own.request();
            own.take(id, "submit", own.employee);

            assertThat(own.store.effectsOfTransition(Session.DEFAULT_TENANT, "leave_requests", id, 2))
                    .containsExactly(new Effect("approval_request", List.of(String.valueOf(own.boss.userId())),
                            "Decide on Sea, employee asks", "It is 3.0 days."));
        }
    }

    @Test
    void hearsOfTheObjectsThatHaveAWorkflow() {
        try (var own = new TestingWorkflows("workflow_subscription", TestingFiles.with(TestingFiles.SEED))) {
            assertThat(own.subscribers()).hasSize(1);
            own.publish(TestingFiles.with("active: false\n" + TestingFiles.SEED));
            assertThat(own.subscribers()).isEmpty();
            own.publish(TestingFiles.with(TestingFiles.SEED));
            assertThat(own.subscribers()).hasSize(1);
            own.publish(TestingFiles.with("version: 2\n" + TestingFiles.SEED));
            assertThat(own.subscribers()).hasSize(1);
        }
        assertThat(TestingCatalogs.ofFiles(TestingFiles.with(TestingFiles.SEED)).violations()).isEmpty();
    }

    /** The events that a record's changes have left, as they would be delivered. */
    private static List<RecordEvent> events(TestingWorkflows own, UUID id) {
        return own.writes.platform("select id || ' ' || action || ' ' || version from platform.outbox where record_id = '"
                + id + "' order by id").stream().map(row -> row.split(" ", -1))
                .map(row -> new RecordEvent(Long.parseLong(row[0]),
                        new RecordChange(Session.DEFAULT_TENANT, "leave_requests", id,
                                ChangeAction.valueOf(row[1].toUpperCase(java.util.Locale.ROOT)), JsonDocument.of("{}"),
                                Long.parseLong(row[2]), own.employee.userId(), Origin.REST, Instant.EPOCH),
                        1))
                .toList();
    }
}
