package dev.objectos.workflow;

import static dev.objectos.runtime.pipeline.TestingWrites.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a change of a workflow means for records under way. */
class WorkflowVersionsTest {

    private static final String SECOND = """
            name: leave_request_flow
            object: leave_requests
            version: 2
            states:
              draft: {initial: true, transitions: {send: approved}}
              approved: {final: true}
            """;

    @Test
    void recordsFinishByTheVersionThatTheyBeganWith() {
        try (var own = new TestingWorkflows("workflow_versions", TestingFiles.with(TestingFiles.SEED))) {
            UUID old = own.request();
            own.publish(TestingFiles.with(SECOND));
            UUID young = own.request();

            assertThat(own.state(old).version()).isEqualTo(1);
            assertThat(own.state(old).transitions()).extracting(RecordState.Way::name).containsExactly("submit");
            assertThat(own.state(young).version()).isEqualTo(2);
            assertThat(own.state(young).transitions()).extracting(RecordState.Way::name).containsExactly("send");
            assertThat(own.take(old, "submit", own.employee).state()).isEqualTo("pending_approval");
            assertThat(own.take(old, "approve", own.boss).state()).isEqualTo("approved");
            assertThat(own.take(young, "send", own.boss).history().getFirst().version()).isEqualTo(2);
            assertThat(refusal(() -> own.take(young, "submit", own.employee)).code())
                    .isEqualTo(WorkflowError.INVALID_TRANSITION);
        }
    }

    @Test
    void aChangeWithoutANewVersionCountsForAllAndALostStateIsNamed() {
        try (var own = new TestingWorkflows("workflow_changed", TestingFiles.with(TestingFiles.SEED))) {
            UUID pending = own.request();
            own.take(pending, "submit", own.employee);
            UUID draft = own.request();
            own.publish(TestingFiles.with(SECOND.replace("version: 2", "version: 1")));

            assertThat(own.state(draft).transitions()).extracting(RecordState.Way::name).containsExactly("send");
            assertThat(own.state(pending).state()).isEqualTo("pending_approval");
            assertThat(own.state(pending).transitions()).isEmpty();
            assertThat(refusal(() -> own.take(pending, "approve", own.boss)).message()).isEqualTo(
                    "The record is \"pending_approval\", which is no state of leave_request_flow version 1; an "
                            + "administrator must add the state to the workflow, or correct the record");
        }
    }

    @Test
    void anEarlierVersionThatDoesNotFitAnyMoreIsNamed() {
        try (var own = new TestingWorkflows("workflow_unfit", TestingFiles.with(TestingFiles.SEED))) {
            UUID old = own.request();
            var files = TestingFiles.with(SECOND);
            files.computeIfPresent("objects/leave_requests.object.yml",
                    (_, yaml) -> yaml.replace("  approved_at: {type: datetime}\n", ""));
            own.publish(files);

            assertThat(refusal(() -> own.take(old, "submit", own.employee)).message()).isEqualTo(
                    "The record runs by version 1 of leave_request_flow, which can no longer be used: leave_requests has "
                            + "no field 'approved_at'");
        }
    }
}
