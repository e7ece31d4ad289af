package dev.objectos.workflow;

import static dev.objectos.runtime.pipeline.TestingWrites.values;

import dev.objectos.runtime.query.Mutation;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** What a transition costs the server's processor beside a plain update, the database's own work left aside. */
public final class TransitionBenchmark {

    private static final int RECORDS = 100;
    private static final int WARM_UP = 6_000;
    private static final int MEASURED = 4_000;

    private static final String CIRCLE = """
            object: leave_requests
            states:
              draft:
                initial: true
                transitions: {send: pending_approval}
                on_enter: [{action: update_field, field: approved_at, value: "${now}"}]
              pending_approval:
                transitions: {back: draft}
                on_enter: [{action: notify, to: "${record.manager}", template: approval_request}]
            guards:
              can_send: {condition: "${record.days > 0 && currentUser.id != null && record.manager.email != ''}"}
              can_back: {condition: "${record.days > 0}"}
            """;

    private TransitionBenchmark() {}

    public static void main(String[] arguments) {
        try (var own = new TestingWorkflows("workflow_cost", TestingFiles.with(CIRCLE))) {
            List<UUID> ids = IntStream.range(0, RECORDS).mapToObj(_ -> own.request()).toList();
            IntConsumer update = round -> own.records.update(new Mutation.Update("leave_requests",
                    ids.get(round % RECORDS), values("reason", "Round " + round), null), own.employee);
            IntConsumer transition = round -> own.workflows.take("leave_requests", ids.get(round % RECORDS),
                    round / RECORDS % 2 == 0 ? "send" : "back", null, own.employee);
            millis(WARM_UP, update);
            millis(WARM_UP, transition);

            double plain = millis(MEASURED, update);
            double moved = millis(MEASURED, transition);

            System.out.printf("CPU of the server: update %.3f ms, transition %.3f ms%n", plain, moved);
        }
    }

    private static double millis(int rounds, IntConsumer work) {
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        for (int round = 0; round < rounds; round++) {
            work.accept(round);
        }
        return (threads.getCurrentThreadCpuTime() - before) / 1e6 / rounds;
    }
}
