package dev.objectos.auth.signin;

import dev.objectos.auth.TestingServer;
import dev.objectos.runtime.database.TestingDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Measures whether the time of a refused sign-in tells if an account exists: medians of samples taken by turns, of a short and of a
 * long password. The way there is warmed up on a server whose passwords cost next to nothing. It ends within three minutes, if need be
 * with fewer samples, and says how many they were.
 */
final class EnumerationBenchmark {

    private static final int WARM_UP = 1_000;
    private static final int FIRST = 20;

    /** Seconds since the beginning, by which each part has ended. */
    private static final int WARM_BY = 40;
    private static final int SHORT_BY = 105;
    private static final int LONG_BY = 170;

    private static final int SAMPLES = 500;
    private static final int REPORTED_EACH = 100;

    private EnumerationBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        long began = System.nanoTime();
        try (var cheap = server("auth_enumeration_cheap", 64, 1)) {
            for (int i = 0; i < WARM_UP && seconds(began) < WARM_BY; i++) {
                millis(cheap, i % 2 == 0 ? TestingServer.EMAIL : "nobody@example.com", "x".repeat(12));
            }
        }
        said(began, "warm");
        // The server's own defaults.
        try (var server = server("auth_enumeration", 19_456, 2)) {
            measure(server, "x".repeat(12), began, SHORT_BY);
            measure(server, "x".repeat(2_000), began, LONG_BY);
        }
        said(began, "done");
    }

    private static TestingServer server(String database, int memory, int passes) throws IOException {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("objectos.auth.throttle.failures", "1000000");
        settings.put("objectos.auth.throttle.address-failures", "1000000");
        settings.put("objectos.auth.password.memory-kib", Integer.toString(memory));
        settings.put("objectos.auth.password.passes", Integer.toString(passes));
        return TestingServer.start(Files.createTempDirectory("enumeration"), TestingDatabase.empty(database),
                TestingServer.PASSWORD, Map.copyOf(settings));
    }

    private static void measure(TestingServer server, String password, long began, int endsBy) {
        int taken = 0;
        var known = new double[SAMPLES];
        var unknown = new double[SAMPLES];
        for (int i = -FIRST; i < SAMPLES && seconds(began) < endsBy; i++) {
            double there = millis(server, TestingServer.EMAIL, password);
            double nowhere = millis(server, "nobody@example.com", password);
            if (i >= 0) {
                known[i] = there;
                unknown[i] = nowhere;
                taken = i + 1;
            }
            if (i > 0 && i % REPORTED_EACH == 0) {
                said(began, i + " of " + SAMPLES);
            }
        }
        System.out.printf("A password of %d characters: %.2f ms where the account exists, %.2f ms where it does not; "
                + "medians of %d samples%n", password.length(), median(known, taken), median(unknown, taken), taken);
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

    private static double median(double[] samples, int taken) {
        double[] sorted = Arrays.copyOf(samples, taken);
        Arrays.sort(sorted);
        return taken == 0 ? Double.NaN : sorted[taken / 2];
    }
}
