package dev.objectos.audit;

import static dev.objectos.runtime.pipeline.TestingWrites.values;

import dev.objectos.runtime.query.Mutation;
import java.util.Arrays;
import java.util.UUID;

/** What an entry costs: updates of single records of an audited object and of one that is not, in turn, on one connection. */
public final class AuditBenchmark {

    private static final int WARM_UP = 4_000;
    private static final int ROUNDS = 15;
    private static final int UPDATES = 1_000;

    private AuditBenchmark() {}

    public static void main(String[] arguments) {
        try (var own = new TestingAudit("audit_cost")) {
            own.keeper.keep();
            UUID plain = own.create("drafts", "name", "0");
            UUID audited = own.create("visits", "name", "0");
            micros(own, "drafts", plain, WARM_UP);
            micros(own, "visits", audited, WARM_UP);
            var without = new double[ROUNDS];
            var with = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                without[round] = micros(own, "drafts", plain, UPDATES);
                with[round] = micros(own, "visits", audited, UPDATES);
            }
            System.out.printf("an update: %.0f µs, audited %.0f µs (%+.0f %%), medians of %d rounds%n", median(without),
                    median(with), 100 * (median(with) / median(without) - 1), ROUNDS);
        }
    }

    private static double micros(TestingAudit own, String object, UUID id, int updates) {
        long before = System.nanoTime();
        for (int i = 0; i < updates; i++) {
            own.writes.pipeline().update(new Mutation.Update(object, id, values("name", "Round " + before + i), null),
                    own.administrator);
        }
        return (System.nanoTime() - before) / 1e3 / updates;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
