package dev.objectos.audit;

import static dev.objectos.runtime.pipeline.TestingWrites.values;

import com.sun.management.OperatingSystemMXBean;
import dev.objectos.runtime.query.Mutation;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.DoubleStream;

/**
 * What an entry costs: updates of single records of an audited object and of one that is not, in turn, on one connection; by the clock, and
 * in processor time of this JVM and of the database's backends (on Linux), which other work on the machine does not change.
 */
public final class AuditBenchmark {

    private static final int WARM_UP = 6_000;
    private static final int ROUNDS = 20;
    private static final int UPDATES = 1_000;
    /** Of one tick of the kernel's clock. */
    private static final int MICROS = 10_000;
    private static final int USER_TICKS = 11;

    private AuditBenchmark() {}

    /** Microseconds that an update took. */
    private record Cost(double time, double processor) {}

    public static void main(String[] arguments) throws IOException {
        try (var own = new TestingAudit("audit_cost")) {
            own.keeper.keep();
            UUID plain = own.create("drafts", "name", "0");
            UUID audited = own.create("visits", "name", "0");
            cost(own, "drafts", plain, WARM_UP);
            cost(own, "visits", audited, WARM_UP);
            var without = new Cost[ROUNDS];
            var with = new Cost[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                without[round] = cost(own, "drafts", plain, UPDATES);
                with[round] = cost(own, "visits", audited, UPDATES);
            }
            print("time", Arrays.stream(without).mapToDouble(Cost::time), Arrays.stream(with).mapToDouble(Cost::time));
            print("processor time", Arrays.stream(without).mapToDouble(Cost::processor),
                    Arrays.stream(with).mapToDouble(Cost::processor));
        }
    }

    private static void print(String what, DoubleStream without, DoubleStream with) {
        double plain = median(without.toArray());
        double audited = median(with.toArray());
        System.out.printf("an update, %s: %.0f µs, audited %.0f µs (%+.0f %%), medians of %d rounds%n", what, plain,
                audited, 100 * (audited / plain - 1), ROUNDS);
    }

    private static Cost cost(TestingAudit own, String object, UUID id, int updates) throws IOException {
        double processor = processorMicros(own);
        long before = System.nanoTime();
        for (int i = 0; i < updates; i++) {
            own.writes.pipeline().update(new Mutation.Update(object, id, values("name", "Round " + before + i), null),
                    own.administrator);
        }
        double time = (System.nanoTime() - before) / 1e3;
        return new Cost(time / updates, (processorMicros(own) - processor) / updates);
    }

    private static double processorMicros(TestingAudit own) throws IOException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double micros = system.getProcessCpuTime() / 1e3;
        for (String backend : own.writes
                .platform("select pid from pg_stat_activity where datname = current_database()")) {
            Path stat = Path.of("/proc", backend, "stat");
            if (Files.exists(stat)) {
                String numbers = Files.readString(stat);
                String[] parts = numbers.substring(numbers.lastIndexOf(')') + 2).split(" ");
                micros += MICROS * (Double.parseDouble(parts[USER_TICKS]) + Double.parseDouble(parts[USER_TICKS + 1]));
            }
        }
        return micros;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
