package dev.objectos.workflow;

import static dev.objectos.runtime.pipeline.TestingWrites.refusal;
import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.pipeline.TestingWrites;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.Expected;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Records on their way, over a real database. */
class RecordWorkflowsTest {

    private static TestingWorkflows own;

    @BeforeAll
    static void start() {
        own = new TestingWorkflows("workflow_records", TestingFiles.with(TestingFiles.SEED));
    }

    @AfterAll
    static void stop() {
        own.close();
    }

    @Test
    void aNewRecordBeginsInTheInitialStateWhetherOrNotItSaysSo() {
        assertThat(own.state(own.request()).state()).isEqualTo("draft");
        assertThat(own.state(own.request("status", "draft")).state()).isEqualTo("draft");
        assertThat(own.state(own.request("status", null)).state()).isEqualTo("draft");
    }

    @Test
    void showsWhereARecordStandsAndWhoMayTakeItOn() {
        UUID id = own.request();
        own.take(id, "submit", own.employee);

        RecordState forTheEmployee = own.state(id);
        assertThat(forTheEmployee.workflow()).isEqualTo("leave_request_flow");
        assertThat(forTheEmployee.version()).isEqualTo(1);
        assertThat(forTheEmployee.state()).isEqualTo("pending_approval");
        assertThat(forTheEmployee.transitions()).containsExactly(
                new RecordState.Way("approve", "Approve", "approved",
                        new RecordState.Refusal(true, "The guard can_approve does not let you through")),
                new RecordState.Way("reject", "Reject", "rejected", null));
        assertThat(own.workflows.state("leave_requests", id, own.boss).transitions())
                .allMatch(RecordState.Way::allowed);
        assertThat(forTheEmployee.history()).singleElement().satisfies(past -> {
            assertThat(past.transition()).isEqualTo("submit");
            assertThat(past.from()).isEqualTo("draft");
            assertThat(past.to()).isEqualTo("pending_approval");
            assertThat(past.user()).isEqualTo(own.employee.userId());
            assertThat(past.version()).isEqualTo(1);
        });
    }

    @Test
    void aTransitionChangesTheRecordWithEverythingThatBelongsToIt() {
        UUID id = own.request();
        own.take(id, "submit", own.employee);

        RecordState approved = own.workflows.take("leave_requests", id, "approve", "Enjoy", null, own.boss);

        assertThat(approved.state()).isEqualTo("approved");
        assertThat(approved.transitions()).isEmpty();
        assertThat(approved.history()).hasSize(2);
        assertThat(approved.history().getLast().comment()).isEqualTo("Enjoy");
        Map<String, Object> row = own.writes.row("leave_requests", id);
        assertThat(row).containsEntry("status", "approved");
        assertThat(row.get("approved_at")).isNotNull();
        assertThat(own.writes.platform("select payload -> 'status' ->> 'to' from platform.outbox where record_id = '"
                + id + "' order by id")).containsExactly("draft", "pending_approval", "approved");
    }

    @Test
    void aGuardThatSaysNoRefusesAndLeavesEverything() {
        UUID id = own.request();
        own.take(id, "submit", own.employee);

        PlatformException refused = refusal(() -> own.take(id, "approve", own.employee));

        assertThat(refused.code()).isEqualTo(RuntimeError.PERMISSION_DENIED);
        assertThat(refused.message()).contains("can_approve");
        assertThat(own.state(id).history()).hasSize(1);
        assertThat(own.state(id).state()).isEqualTo("pending_approval");
    }

    @Test
    void whatTheStateDoesNotAllowIsAConflict() {
        UUID id = own.request();

        PlatformException refused = refusal(() -> own.take(id, "approve", own.boss));
        assertThat(refused.code()).isEqualTo(WorkflowError.INVALID_TRANSITION);
        assertThat(refused.message()).isEqualTo(
                "\"approve\" is not possible while the record is \"draft\"; from there: submit");
        assertThat(refused.members()).containsEntry("state", "draft");
        assertThat(refusal(() -> own.take(id, "fly", own.boss)).code()).isEqualTo(WorkflowError.INVALID_TRANSITION);
    }

    @Test
    void theRulesOfTheObjectHoldInATransitionToo() {
        UUID id = own.request("days", null);
        own.take(id, "submit", own.employee);

        PlatformException refused = refusal(() -> own.take(id, "approve", own.boss));

        assertThat(refused.code()).isEqualTo(RuntimeError.VALIDATION_FAILED);
        assertThat(refused.fields()).extracting(FieldError::field).containsExactly("days");
        assertThat(own.state(id).history()).hasSize(1);
    }

    @Test
    void onlyTransitionsChangeTheState() {
        UUID id = own.request();
        Session platform = Session.system(Session.DEFAULT_TENANT, Origin.TRIGGER);
        var change = new Mutation.Update("leave_requests", id, values("status", "approved"), null);
        var upsert = new Mutation.Upsert("leave_requests", new Mutation.Match.Id(id), values("status", "approved"));
        var born = new Mutation.Create("leave_requests", values("status", "approved", "days", 1));

        for (Session session : List.of(own.employee, own.boss, platform)) {
            PlatformException refused = refusal(() -> own.records.update(change, session));
            assertThat(refused.code()).isEqualTo(RuntimeError.VALIDATION_FAILED);
            assertThat(refused.fields()).extracting(FieldError::field, FieldError::code)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("status", "readonly"));
            assertThat(refusal(() -> own.records.create(born, session)).fields()).extracting(FieldError::field)
                    .containsExactly("status");
            BatchResult result = own.records.batch(new Batch(List.of(upsert, change, born), false, true, false),
                    session);
            assertThat(result.outcomes()).hasSize(3).allSatisfy(
                    outcome -> assertThat(outcome).isInstanceOf(BatchResult.Outcome.Refused.class));
        }
        var sneaky = new Mutation.Update("leave_requests", id, values("status", null), null);
        assertThat(refusal(() -> own.records.update(sneaky, own.employee)).fields()).extracting(FieldError::field)
                .containsExactly("status");
        assertThat(own.state(id).state()).isEqualTo("draft");
        assertThat(own.state(id).history()).isEmpty();
    }

    @Test
    void aChangeOfOtherFieldsMayRepeatTheState() {
        UUID id = own.request();

        own.records.update(new Mutation.Update("leave_requests", id, values("status", "draft", "reason", "Mountains"),
                null), own.employee);

        assertThat(own.writes.row("leave_requests", id)).containsEntry("reason", "Mountains");
    }

    @Test
    void aSeedMayBeginAnywhereAndACopyBeginsAnew() {
        Session seed = Session.system(Session.DEFAULT_TENANT, Origin.SEED);
        UUID id = own.records.create(new Mutation.Create("leave_requests",
                values("status", "approved", "days", 2, "reason", "Seed")), seed).id();
        assertThat(own.state(id).state()).isEqualTo("approved");

        UUID copy = own.records.copy("leave_requests", id, Map.of(), own.employee).id();

        assertThat(own.state(copy).state()).isEqualTo("draft");
        assertThat(own.writes.row("leave_requests", copy)).containsEntry("reason", "Seed");
    }

    @Test
    void ofTwentyAtTheSameTimeOneSucceeds() throws InterruptedException {
        UUID id = own.request();
        own.take(id, "submit", own.employee);

        List<Object> results = TestingWrites.together(IntStream.range(0, 20)
                .<Callable<?>>mapToObj(_ -> () -> own.take(id, "approve", own.boss)).toList());

        assertThat(results).filteredOn(RecordState.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(PlatformException.class::isInstance).hasSize(19)
                .allSatisfy(refused -> assertThat(((PlatformException) refused).code())
                        .isEqualTo(WorkflowError.INVALID_TRANSITION));
        assertThat(own.state(id).history()).hasSize(2);
        assertThat(own.writes.platform("select count(*) from platform.outbox where record_id = '" + id
                + "' and payload -> 'status' ->> 'to' = 'approved'")).containsExactly("1");
    }

    @Test
    void honoursWhatTheCallerBelievesToBeStored() {
        UUID id = own.request();

        PlatformException stale = refusal(() -> own.workflows.take("leave_requests", id, "submit", null,
                new Expected.Version(7), own.employee));
        assertThat(stale.code()).isEqualTo(RuntimeError.CONCURRENT_UPDATE);
        assertThat(own.workflows.take("leave_requests", id, "submit", null, new Expected.Version(1), own.employee)
                .recordVersion()).isEqualTo(2);
    }

    @Test
    void recordsOfAnotherTenantAreNotThere() {
        UUID id = own.request();
        Session elsewhere = own.writes.session(TestingWrites.OTHER_TENANT);

        assertThat(refusal(() -> own.workflows.state("leave_requests", id, elsewhere)).code())
                .isEqualTo(RuntimeError.RECORD_NOT_FOUND);
        assertThat(refusal(() -> own.take(id, "submit", elsewhere)).code()).isEqualTo(RuntimeError.RECORD_NOT_FOUND);
        assertThat(own.state(id).state()).isEqualTo("draft");
    }

    @Test
    void objectsWithoutAWorkflowAndUnknownOnesAreNotThere() {
        assertThat(refusal(() -> own.workflows.state("employees", UUID.randomUUID(), own.boss)).code())
                .isEqualTo(RuntimeError.RESOURCE_NOT_FOUND);
        assertThat(refusal(() -> own.workflows.state("nothing", UUID.randomUUID(), own.boss)).code())
                .isEqualTo(RuntimeError.OBJECT_NOT_FOUND);
        assertThat(refusal(() -> own.workflows.definition("nothing")).code())
                .isEqualTo(RuntimeError.RESOURCE_NOT_FOUND);
        assertThat(own.workflows.definition("leave_requests"))
                .isEqualTo(own.workflows.definition("leave_request_flow"));
    }

    @Test
    void requestsSeeNothingOfWhatIsKeptAndAddOnlyToTheirOwnTenant() throws Exception {
        own.request();
        try (var app = own.writes.databases().app().getConnection(); var statement = app.createStatement()) {
            for (String table : List.of("workflow_definition", "workflow_instance", "workflow_history")) {
                assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> statement.executeQuery("select * from platform." + table)))
                        .hasMessageContaining("permission denied");
            }
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> statement.execute(
                    "select set_config('app.tenant', '" + Session.DEFAULT_TENANT + "', true); "
                            + "insert into platform.workflow_history (tenant_id, object, record_id, record_version, at, entry)"
                            + " values (gen_random_uuid(), 'x', gen_random_uuid(), 1, now(), '{}')")))
                    .hasMessageContaining("row-level security");
        }
    }
}
