package dev.objectos.workflow.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.workflow.TestingFiles;
import dev.objectos.workflow.definition.CompiledWorkflow.CompiledState;
import dev.objectos.workflow.definition.CompiledWorkflow.CompiledTransition;
import dev.objectos.workflow.definition.Workflows;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MachineTest {

    private final Machine machine = new Machine(
            Workflows.of(TestingCatalogs.ofFiles(TestingFiles.with(TestingFiles.SEED))).named("leave_request_flow")
                    .orElseThrow());

    @Test
    void goesThroughTheDoorsInTheirOrder() {
        var diary = new Diary(true);

        assertThat(machine.fire("pending_approval", "approve", diary)).isEqualTo("approved");

        assertThat(diary.entries).containsExactly("asks approve", "takes approve", "leaves pending_approval",
                "enters approved");
    }

    @Test
    void staysWhereItIsIfAGuardSaysNo() {
        var diary = new Diary(false);

        assertThat(machine.fire("pending_approval", "approve", diary)).isNull();

        assertThat(diary.entries).containsExactly("asks approve");
    }

    @Test
    void staysWhereItIsIfThereIsNoSuchTransition() {
        var diary = new Diary(true);

        assertThat(machine.fire("draft", "approve", diary)).isNull();
        assertThat(machine.fire("approved", "approve", diary)).isNull();
        assertThat(machine.fire("draft", "fly", diary)).isNull();

        assertThat(diary.entries).isEmpty();
    }

    @Test
    void carriesNothingFromOneRecordToTheNext() {
        assertThat(machine.fire("draft", "submit", new Diary(true))).isEqualTo("pending_approval");
        assertThat(machine.fire("draft", "submit", new Diary(true))).isEqualTo("pending_approval");
        assertThat(machine.fire("pending_approval", "reject", new Diary(true))).isEqualTo("rejected");
        assertThat(machine.fire("draft", "reject", new Diary(true))).isNull();
    }

    @Test
    void handsOnWhatAJourneyThrowsAndWorksOn() {
        for (String where : List.of("passes", "takes", "leaves", "enters")) {
            assertThatThrownBy(() -> machine.fire("draft", "submit", new Diary(true) {

                @Override
                void note(String door, String entry) {
                    if (door.equals(where)) {
                        throw new IllegalArgumentException(where);
                    }
                }
            })).isInstanceOf(IllegalArgumentException.class).hasMessage(where);
            assertThat(machine.fire("draft", "submit", new Diary(true))).isEqualTo("pending_approval");
        }
    }

    @Test
    void servesManyRecordsAtOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> journeys = IntStream.range(0, 400)
                    .mapToObj(number -> (Callable<String>) () -> number % 2 == 0
                            ? machine.fire("draft", "submit", new Diary(true))
                            : machine.fire("pending_approval", "reject", new Diary(true)))
                    .toList();
            var reached = new ArrayList<String>();
            for (var future : threads.invokeAll(journeys)) {
                reached.add(future.get());
            }
            assertThat(reached).hasSize(400);
            for (int number = 0; number < 400; number++) {
                assertThat(reached.get(number)).isEqualTo(number % 2 == 0 ? "pending_approval" : "rejected");
            }
        }
    }

    /** Writes down what the machine asks and tells. */
    private static class Diary implements Journey {

        private final boolean answer;
        private final List<String> entries = new ArrayList<>();

        Diary(boolean answer) {
            this.answer = answer;
        }

        void note(String door, String entry) {
            entries.add(entry);
        }

        @Override
        public boolean passes(CompiledTransition transition) {
            note("passes", "asks " + transition.transition().name());
            return answer;
        }

        @Override
        public void takes(CompiledTransition transition) {
            note("takes", "takes " + transition.transition().name());
        }

        @Override
        public void leaves(CompiledState state) {
            note("leaves", "leaves " + state.state().name());
        }

        @Override
        public void enters(CompiledState state) {
            note("enters", "enters " + state.state().name());
        }
    }
}
