package dev.objectos.auth.signin;

import dev.objectos.auth.TestingServer;
import dev.objectos.runtime.database.TestingDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;

/**
 * Measures whether the time of a refused sign-in tells if an account exists: medians of samples taken by turns, of a short and of a
 * long password. The way there is warmed up by passwords that are refused for their length, before they cost anything. It takes as
 * many samples as it says, however long that takes, and ends with the last one.
 */
final class EnumerationBenchmark {

    private static final int WARM_UP = 1_000;
    private static final int FIRST = 20;
    private static final int SAMPLES = 500;
    private static final int REPORTED_EACH = 100;
    private static final String NOBODY = "nobody@example.com";
    private static final String TOO_LONG = "x".repeat(2_000);

    private EnumerationBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        var open = Map.of("objectos.auth.throttle.failures", "1000000", "objectos.auth.throttle.address-failures",
                "1000000", "objectos.auth.password.memory-kib", "19456", "objectos.auth.password.passes", "2");
        try (var server = TestingServer.start(Files.createTempDirectory("enumeration"),
                TestingDatabase.empty("auth_enumeration"), TestingServer.PASSWORD, open)) {
            long began = System.nanoTime();
            for (int i = 0; i < WARM_UP; i++) {
                millis(server, i % 2 == 0 ? TestingServer.EMAIL : NOBODY, TOO_LONG);
            }
            said(began, "warm");
            for (int length : new int[]{12, 1_000}) {
                measure(server, "x".repeat(length));
            }
        }
    }

    private static void measure(TestingServer server, String password) {
        long began = System.nanoTime();
        var known = new double[SAMPLES];
        var unknown = new double[SAMPLES];
        for (int i = -FIRST; i < SAMPLES; i++) {
            // By turns also in which comes first: a machine that gets slower makes the second one of a pair the slower one.
            boolean thereFirst = i % 2 == 0;
            double first = millis(server, thereFirst ? TestingServer.EMAIL : NOBODY, password);
            double second = millis(server, thereFirst ? NOBODY : TestingServer.EMAIL, password);
            if (i >= 0) {
                known[i] = thereFirst ? first : second;
                unknown[i] = thereFirst ? second : first;
            }
            if (i > 0 && i % REPORTED_EACH == 0) {
                said(began, i + " of " + SAMPLES);
            }
        }
        System.out.printf("A password of %d characters: %.2f ms where the account exists, %.2f ms where it does not; "
                + "medians of %d samples%n", password.length(), median(known), median(unknown), SAMPLES);
    }

    private static void said(long began, String what) {
        System.out.printf("%6.1f s: %s%n", seconds(began), what);
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
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
