package dev.objectos.auth.signin;

import dev.objectos.auth.TestingServer;
import dev.objectos.runtime.database.TestingDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;

/** Measures whether the time of a refused sign-in tells if an account exists; medians of samples taken by turns. */
final class EnumerationBenchmark {

    private static final int WARM_UP = 100;
    private static final int SAMPLES = 500;

    private EnumerationBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        var open = Map.of("objectos.auth.throttle.failures", "1000000", "objectos.auth.throttle.address-failures",
                "1000000", "objectos.auth.password.memory-kib", "19456", "objectos.auth.password.passes", "2");
        try (var server = TestingServer.start(Files.createTempDirectory("enumeration"),
                TestingDatabase.empty("auth_enumeration"), TestingServer.PASSWORD, open)) {
            for (int length : new int[]{12, 1_000, 2_000}) {
                measure(server, "x".repeat(length));
            }
        }
    }

    private static void measure(TestingServer server, String password) {
        var known = new double[SAMPLES];
        var unknown = new double[SAMPLES];
        for (int i = -WARM_UP; i < SAMPLES; i++) {
            double there = millis(server, TestingServer.EMAIL, password);
            double nowhere = millis(server, "nobody@example.com", password);
            if (i >= 0) {
                known[i] = there;
                unknown[i] = nowhere;
            }
        }
        System.out.printf("A password of %d characters: %.2f ms where the account exists, %.2f ms where it does not%n",
                password.length(), median(known), median(unknown));
    }

    private static double millis(TestingServer server, String email, String password) {
        long before = System.nanoTime();
        server.signIn(email, password);
        return (System.nanoTime() - before) / 1e6;
    }

    private static double median(double[] samples) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
